// Values that ought to be unguessable, and are made from what an attacker can work out.
import type { CallRecord, ResultValue, Value } from '../../link/value.js'
import { inSameFunction, locationKey, type Location } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { callsThat, ofEachBinding } from '../perPart.js'
import { type NumberRange, rangeOf } from './numberRanges.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { isCodeName, speaksOfCodes } from './codePlaces.js'
import { isUnguessableName, wordsOf } from './secretNames.js'
import { secretUsesOf } from './secretSinks.js'
import { possibleValues } from '../values.js'

export interface GuessableSecret {
  /** The call that makes it guessable: `Math.random()`. */
  readonly at: Location
  /** `Math.random`, `Date.now`, `uuid v1`. */
  readonly source: string
  /** What it becomes: `resetToken`. */
  readonly name: string
  /** Where it becomes that. */
  readonly namedAt: Location
  readonly confidence: Confidence
  /** The expression that makes it, where it stands together in one place and a fix can replace it. */
  readonly whole: Location | null
  /** Numbers from `least` to below `end`, where it is one of them. */
  readonly range: NumberRange | null
}

interface Source {
  readonly name: string
  readonly call: CallRecord
}

/** Guessable values under names, or in places, of what must not be guessed; once for each call that makes them. */
export function guessableSecretsOf(model: ProjectModel): readonly GuessableSecret[] {
  const found = new Map<string, GuessableSecret>()
  const add = (source: Source | null, value: Value | null, name: string, namedAt: Location, confidence: Confidence): void => {
    if (source === null || !model.productionFiles.has(source.call.at.file) || source.call.isOff) return
    const key = locationKey(source.call.at)
    if (found.has(key)) return
    const range = rangeOf(value)
    found.set(key, {
      at: source.call.at,
      source: source.name,
      name,
      namedAt,
      confidence: source.name === 'Date.now' ? 'medium' : confidence,
      whole: range === null && /code|otp|pin/i.test(name) ? null : wholeOf(value, source, namedAt),
      range,
    })
  }
  for (const { source, value, name, at } of guessableBindings(model)) {
    if (isUnguessableName(name)) add(source, value, name, at, 'high')
    if (isCodeName(name) && speaksOfCodes(model, at)) add(source, value, name, at, 'medium')
  }
  for (const { sink, at, parts } of secretUsesOf(model))
    for (const part of parts) add(guessableSource(part), part, `the ${sink.what}`, at, 'high')
  for (const call of guessableCalls(model)) {
    const maker = sourceOf(call)
    const name = maker === null || maker === 'Date.now' ? null : makerName(model, call)
    if (maker !== null && name !== null) add({ name: maker, call }, null, name, call.at, 'medium')
  }
  return [...found.values()]
}

/** What `collect` looks into. */
const FORMS = ['template', 'operation', 'choice', 'array', 'promise', 'member', 'result'] as const
const guessableBindings = ofEachBinding(({ name, value, at, isOff }) => {
  const source = isOff || !(isUnguessableName(name) || isCodeName(name)) ? null : guessableSource(value)
  return source === null ? [] : [{ source, value, name, at }]
}, FORMS)
const guessableCalls = callsThat((call) => sourceOf(call) !== null, {
  globals: isSource,
  packages: (name) => name.startsWith('uuid') || name === 'nanoid/non-secure',
})

/** The expression as written, when it stands where the name is and holds the source. */
function wholeOf(value: Value | null, source: Source, namedAt: Location): Location | null {
  if (value === null || value.kind === 'choice') return null
  const isTogether = [value.at, source.call.at].every((at) => inSameFunction(at, namedAt))
  // Nodes are numbered in the order of the text: what the expression holds comes after it.
  return isTogether && value.at.node >= namedAt.node && source.call.at.node >= value.at.node ? value.at : null
}

/** `Math.random()` in the body of `generateOtp`, or of `sessionToken`. */
function makerName(model: ProjectModel, call: CallRecord): string | null {
  const facts = model.files.get(call.at.file)
  if (facts?.kind !== 'source') return null
  for (let id = call.at.fn; id !== ''; id = id.includes('.') ? id.slice(0, id.lastIndexOf('.')) : '') {
    const name = facts.functions[id]?.name ?? ''
    const [verb = '', ...rest] = wordsOf(name)
    if (
      /^(generate|gen|create|make|new|get|random|build)$/.test(verb) &&
      isUnguessableName(rest.filter((word) => word !== 'random' && word !== 'unique').join('_'))
    )
      return name
    if (/^(token|otp|nonce|salt|secret|code)$/.test(rest.at(-1) ?? '') && qualities.has(verb) && isUnguessableName(name)) return name
  }
  return null
}

/** What stands before a token in the name of a function that makes one: `apiToken()`. Before verbs, as in `refreshToken()`, it may be somebody else's. */
const qualities: ReadonlySet<string> = new Set(
  'api access auth session csrf invite invitation reset recovery confirmation verification activation unsubscribe magic login signup one random'.split(
    ' ',
  ),
)

function isSource(name: string): boolean {
  return name === 'Math.random' || name === 'Date.now'
}

function sourceOf(call: CallRecord): string | null {
  if (call.isWrite) return null
  const name = globalOf(call.callee)
  if (name !== null && isSource(name)) return name
  const origin = originOf(call.callee)
  // Its module of that name draws from Math.random.
  if (origin?.package === 'nanoid/non-secure') return origin.path.length > 0 ? 'nanoid/non-secure' : null
  const isTimed = origin?.package === 'uuid' ? origin.path.join('.') === 'v1' : origin?.package === 'uuid/v1'
  return isTimed ? 'uuid v1' : null
}

const receiverMethods =
  'toString slice substring substr toFixed padStart padEnd replace replaceAll toUpperCase toLowerCase split join charAt at digest trim reverse concat'
const ofReceiver = new Set(receiverMethods.split(' '))
const argumentFunctions =
  'floor round ceil trunc abs String Number parseInt from update btoa encode toBase64 MD5 SHA256 md5 sha1 sha256 charAt hash stringify join'
const ofArguments = new Set(argumentFunctions.split(' '))

/** The guessable call that a value is made from, by steps that add nothing; null where a part of it comes from a real source. */
export function guessableSource(value: Value): Source | null {
  const parts: Value[] = []
  collect(value, parts, 0, new Set())
  if (parts.some(isUnguessable)) return null
  const found = parts.flatMap((part): readonly Source[] => {
    const name = part.kind === 'result' ? sourceOf(part.call) : null
    return name === null || part.kind !== 'result' ? [] : [{ name, call: part.call }]
  })
  // The time beside it says less.
  return found.find(({ name }) => name !== 'Date.now') ?? found[0] ?? null
}

/** What a value is made of, down to calls that are no mere change of form. */
function collect(value: Value, parts: Value[], depth: number, seen: Set<Value>): void {
  if (depth > 20 || seen.has(value) || parts.length > 200) return
  seen.add(value)
  const into = (values: readonly Value[]): void => values.forEach((one) => collect(one, parts, depth + 1, seen))
  switch (value.kind) {
    case 'template':
      return into(value.parts)
    case 'operation':
      return into(/^[-+*/%|&^~]|^(<<|>>|>>>)$/.test(value.operator) ? value.operands : [])
    case 'choice':
      return into(possibleValues(value).filter((one) => one.kind !== 'choice'))
    case 'array':
      return into(value.elements)
    case 'promise':
      return into(value.result === null ? [] : [value.result])
    case 'member':
      // A letter of a text is as guessable as what chose it; one of several keys is what it is, whoever chose it.
      return into(value.object.kind === 'result' ? [value.object] : value.key === undefined ? [] : [value.key])
    case 'result': {
      const { callee, args } = value.call
      const name = methodName(callee) ?? ''
      const key = hmacKey(value)
      if (key !== null) into([key])
      else if (sourceOf(value.call) === null) {
        if (callee.kind === 'member' && ofReceiver.has(name)) into([callee.object, ...args])
        else if (ofArguments.has(name)) into(args)
      }
      parts.push(value)
      return
    }
    default:
      parts.push(value)
  }
}

/** The key of what `createHmac` gives, and what is asked of that: without the key it is not worked out, whatever was put in. */
function hmacKey(value: ResultValue): Value | null {
  const origin = originOf(value)
  if (origin?.package !== 'crypto' || origin.path[0] !== 'createHmac') return null
  return origin.calls.find(({ callee }) => methodName(callee) === 'createHmac')?.args[1] ?? null
}

const strong =
  /^(randomBytes|randomUUID|randomInt|getRandomValues|nanoid|customAlphabet|v4|v7|uuidv4|generateKeySync|sign|genSaltSync|hashSync|createId|ulid)$/

/** True for what a cryptographic generator made. */
export function isUnguessable(value: Value): boolean {
  return (
    value.kind === 'result' &&
    sourceOf(value.call) === null &&
    (strong.test(methodName(value.call.callee) ?? '') ||
      /^(nanoid|uuid\/v4|crypto-random-string|uid-safe|rand-token|@paralleldrive\/cuid2)$/.test(originOf(value.call.callee)?.package ?? ''))
  )
}

// Passwords that a store is given as they were typed.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, sameLocation, type Location } from '../../text/location.js'
import { givenPart } from '../input/givenInput.js'
import { storeCallOf } from '../input/inputUses.js'
import type { Confidence, ProjectModel } from '../model.js'
import { rememberedByName } from '../names.js'
import { methodName, originOf } from '../origins.js'
import { callsThat, ofEachCall } from '../perPart.js'
import { isRequest, requestPart } from '../requests.js'
import { valuesWithin } from '../search.js'
import { oneOf } from '../sorted.js'
import { handedFrom, isHandedPassword } from './handedPasswords.js'
import { possibleValues, startOf, stringOf } from '../values.js'
import { hashesInSchema, hooksModels } from './hashingLayers.js'
import { isPasswordName, wordsOf } from './secretNames.js'

export interface KeptPassword {
  readonly at: Location
  readonly confidence: Confidence
}

/** In production, once per place, where nothing in the project may hash it on the way: no hook of a model, no setter, no middleware that replaces it. */
export function keptPasswords(model: ProjectModel): readonly KeptPassword[] {
  const isReplaced = bodiesReplaced(model).length > 0
  if (bodiesChanged(model).length > 0 || hashesInSchema(model)) return []
  const assigned = new Set(assignments(model).map(({ at }) => at.file))
  const found = new Map<string, KeptPassword>()
  for (const { at: storedAt, call, isStatement, handed } of kept(model)) {
    const from = handed.length === 0 ? storedAt : handedFrom(model, handed)
    if (from === null) continue
    // A wrapper of statements stores what its callers say.
    const at = isStatement && !sameLocation(call.args[0]?.at ?? storedAt, call.argsAt[0] ?? storedAt) ? from : storedAt
    const isByDriver = isStatement || originOf(call.callee)?.package === 'mongodb'
    if (!model.productionFiles.has(at.file) || assigned.has(at.file) || (!isByDriver && hooksModels(model))) continue
    found.set(locationKey(at), { at, confidence: isByDriver && !isReplaced ? 'high' : 'medium' })
  }
  return [...found.values()]
}

interface Kept {
  readonly call: CallRecord
  readonly at: Location
  readonly isStatement: boolean
  /** What the function was given for it; whether that is what somebody typed, its callers say. */
  readonly handed: readonly Value[]
}

const kept = ofEachCall(
  (call): readonly Kept[] => {
    if (call.isOff) return []
    if (call.isWrite) return inRow(call)
    if (statements.has(methodName(call.callee) ?? '')) return inStatement(call)
    if (storeCallOf(call) !== 'write' || !speaksOfPeople(call.callee)) return []
    return call.args.flatMap((arg) => passwordIn(arg, call)).slice(0, 1)
  },
  { names: (name) => statements.has(name) || writing.test(name), writes: isPasswordName },
)

const statements = new Set(['query', 'execute', 'run', 'raw', '$executeRawUnsafe'])
const writing = /^(create|insert|update|upsert|save|replace|findOneAnd|findByIdAnd|findOrCreate|bulk|patch|build|values)/

/** Keys below which stores take what is to be written. */
const DATA_KEYS = ['data', '$set', '$setOnInsert', 'create', 'update', 'values', 'doc', 'defaults']

function passwordIn(row: Value, call: CallRecord): readonly Kept[] {
  if (row.kind !== 'object' || [...row.properties.keys()].some((name) => isOfService(name))) return []
  for (const [name, value] of row.properties) {
    if (!isPasswordName(name) && !/^(hash|password_?hash|(hashed|encrypted)_?password)$/i.test(name)) continue
    const at = row.writtenAt.get(name) ?? call.at
    if (isTyped(value)) return [{ call, at, isStatement: false, handed: [] }]
    if (isHandedPassword(value)) return [{ call, at, isStatement: false, handed: [value] }]
  }
  return DATA_KEYS.flatMap((key) => {
    const inner = row.properties.get(key)
    return inner === undefined ? [] : passwordIn(inner, call)
  }).slice(0, 1)
}

/** `user.password = password`, of a row that a store gave, or that a service was given. */
function inRow(call: CallRecord): readonly Kept[] {
  const { callee, args, at } = call
  const [value] = args
  if (value === undefined || callee.kind !== 'member' || !isPasswordName(callee.name) || !isOfSomebody(callee.object)) return []
  if (isTyped(value)) return [{ call, at, isStatement: false, handed: [] }]
  return isHandedPassword(value) ? [{ call, at, isStatement: false, handed: [value] }] : []
}

function isOfSomebody(row: Value): boolean {
  if (row.kind === 'parameter') return row.role === 'unknown' && isOfPeople(row.name)
  return row.kind === 'result' && storeCallOf(row.call) !== null && speaksOfPeople(row.call.callee)
}

/** Those of mailboxes and other servers are handed on, so that no hash would do: beside them stands where to. An `avatarUrl` leads to no such thing. */
const isOfService = rememberedByName((name) => {
  const words = wordsOf(name)
  return words.some((word) => service.test(word)) || /^((base|server|api|login|site|service|remote) )?ur[li]$/.test(words.join(' '))
})

const service = /^(host|hostname|port|server|smtp|imap|pop3|tls|ssl|secure|endpoint|dsn|protocol)$/

const isOfPeople = rememberedByName((name) =>
  wordsOf(name).some((word) =>
    /^(users?|accounts?|members?|customers?|admins?|employees?|staff|patients?|doctors?|students?|teachers?|players?|persons?|people|logins?|owners?|authors?|drivers?|vendors?|sellers?|buyers?)$/.test(
      word,
    ),
  ),
)

/** Whose rows they are: `prisma.user`, `collection('users')`, `Repository<User>`, a model of that name. */
function speaksOfPeople(callee: Value): boolean {
  return valuesWithin(callee, (one) => one.kind !== 'object' && one.kind !== 'array').some((one) => {
    if (one.kind === 'literal') return typeof one.value === 'string' && isOfPeople(one.value)
    if (one.kind === 'typed') return [one.type.name, ...one.type.args.map(({ name }) => name)].some((name) => isOfPeople(name))
    if (one.kind === 'class') return isOfPeople(one.facts.name)
    return one.kind === 'member' && isOfPeople(one.name)
  })
}

/** What came with the body under the name of a password, as it is. */
function isTyped(value: Value): boolean {
  const set = possibleValues(value).filter((one) => one.kind !== 'literal')
  return set.length > 0 && set.every((one) => one.kind === 'member' && isPasswordName(one.name) && givenPart(one) === 'body')
}

/** `update users set password = $1`, of which the database makes no digest itself. */
function inStatement(call: CallRecord): readonly Kept[] {
  const [statement, ...rest] = call.args
  const text = stringOf(statement ?? null) ?? startOf(statement ?? null)
  const table = /^\s*(?:insert\s+into|replace\s+into|update)\s+([\w."`]+)/i.exec(text)?.[1] ?? ''
  if (!isOfPeople(table) || !(assigning.test(text) || inserting.test(text)) || digesting.test(text) || storeCallOf(call) !== 'write')
    return []
  const given = rest.flatMap((arg) => (arg.kind === 'array' ? arg.elements : arg.kind === 'object' ? [...arg.properties.values()] : [arg]))
  if (given.some(isTyped)) return [{ call, at: call.at, isStatement: true, handed: [] }]
  const handed = given.filter((one) => isHandedPassword(one) || (one.kind === 'parameter' && one.role === 'unknown'))
  return handed.length === 0 ? [] : [{ call, at: call.at, isStatement: true, handed }]
}

const assigning = /\bupdate\b.*\bset\b.*\b(\w*password\w*|passwd|pwd|pass|hash)["`]?\s*=\s*(\$\d|\?|[:@]\w)/is
const inserting = /^\s*(insert|replace)\b[^(]*\([^)]*\b(\w*password\w*|passwd|pwd|pass|hash)\b[^)]*\)/is
const digesting = /\b(\w*crypt|gen_salt|digest|sha\d*|md5|password|hmac|encode|\w*hash\w*)\s*\((?!\s*["`]?email)/i

const names = oneOf(['password', 'passwd', 'pwd', 'passwordHash', 'password_hash', 'hashedPassword'])

/** `user.password = await hash(…)`: a row that was made with the password is changed before it is kept. */
const assignments = callsThat(({ isWrite, args }) => isWrite && !args.some((arg) => isTyped(arg) || isHandedPassword(arg)), {
  writes: names,
})

/** `req.body.password = await hash(req.body.password)`. */
const bodiesChanged = callsThat(({ isWrite, callee }) => isWrite && requestPart(callee) === 'body', { writes: names })

/** `req.body = schema.parse(req.body)`: what the schema makes of it is stored. */
const bodiesReplaced = callsThat(
  ({ isWrite, callee }) => isWrite && callee.kind === 'member' && callee.name === 'body' && isRequest(callee.object),
  { writes: oneOf(['body']) },
)

// Calls of loggers that the project wrote. The boot runs their bodies once for all callers, so the callers are read from facts.
import type { Expression, SourceFacts } from '../extract/facts.js'
import type { CallRecord, ObjectValue, Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import { isLevel, type LogCall } from './logCalls.js'
import type { ProjectModel } from './model.js'
import { loggersIn } from './projectLoggers.js'

/** In the order of files. What is handed over is known as far as the expression says it. Loggers that speak of redaction are trusted. */
export function ownLogCalls(model: ProjectModel): readonly LogCall[] {
  return [...model.productionFiles].flatMap((file) => {
    const facts = model.files.get(file)
    const own = loggersIn(model, file).filter(({ kind, module }) => kind === 'own' && module !== null && !redacts(model, module.file))
    if (facts?.kind !== 'source' || own.length === 0) return []
    const names = new Set(own.map(({ name }) => name))
    return Object.entries(facts.functions).flatMap(([fn, { body }]) =>
      callsIn(body).flatMap((call) => logCallOf(facts, fn, names, call) ?? []),
    )
  })
}

type CallExpression = Extract<Expression, readonly ['call', ...unknown[]]>

function logCallOf(facts: SourceFacts, fn: string, names: ReadonlySet<string>, call: CallExpression): LogCall | null {
  const [, node, callee, args] = call
  const level = callee[0] === 'member' && callee[2][0] === 'name' && names.has(callee[2][2]) ? callee[3] : ''
  const at = (place: number): Location => ({ file: facts.file, fn, node: place })
  return isLevel(level)
    ? {
        record: recordOf(
          at(node),
          args.map((arg) => valueOf(arg, at)),
          args.map((arg) => at(arg[1])),
        ),
        how: 'named',
        package: '',
        level,
        makers: [],
      }
    : null
}

function recordOf(at: Location, args: readonly Value[], argsAt: readonly Location[]): CallRecord {
  const callee: Value = { kind: 'unknown', at, why: 'a logger of the project' }
  const place = { guards: [], stack: [], phase: 'unreached', isOff: false, isCaught: false, isAwaited: false, order: 0 } as const
  return { at, callee, receiver: null, args, argsAt, isNew: false, isWrite: false, ...place }
}

/** What the expression alone says. A name is a parameter of which nothing is known. */
function valueOf(expression: Expression, at: (node: number) => Location): Value {
  const place = at(expression[1])
  const all = (some: readonly Expression[]): readonly Value[] => some.map((one) => valueOf(one, at))
  switch (expression[0]) {
    case 'name':
      return { kind: 'parameter', at: place, name: expression[2], index: 0, role: 'unknown', type: null, fn: place }
    case 'member':
      return memberOf(expression[2], expression[3], place, at)
    case 'index':
      return expression[3][0] === 'literal' ? memberOf(expression[2], String(expression[3][2]), place, at) : nothing(place)
    case 'template':
      return { kind: 'template', at: place, parts: all(expression[3]) }
    case 'binary':
      return expression[2] === '+'
        ? { kind: 'operation', at: place, operator: '+', operands: all([expression[3], expression[4]]) }
        : nothing(place)
    case 'logical':
      return { kind: 'choice', at: place, operator: '??', options: all([expression[3], expression[4]]), test: null }
    case 'conditional':
      return { kind: 'choice', at: place, operator: '?:', options: all([expression[3], expression[4]]), test: null }
    case 'array':
      return { kind: 'array', at: place, elements: [...all(expression[2].filter((one) => one !== null))], isOpen: false }
    case 'object':
      return objectOf(expression, place, at)
    case 'call':
      return isStringify(expression[2]) && expression[3].length === 1
        ? { kind: 'template', at: place, parts: all(expression[3]) }
        : nothing(place)
    default:
      return nothing(place)
  }
}

function memberOf(owner: Expression, name: string, place: Location, at: (node: number) => Location): Value {
  const isProcess = (one: Expression): boolean => one[0] === 'name' && one[2] === 'process'
  if (name === 'env' && isProcess(owner)) return { kind: 'environment', at: place, name: '*' }
  if (owner[0] === 'member' && owner[3] === 'env' && isProcess(owner[2])) return { kind: 'environment', at: place, name }
  return { kind: 'member', at: place, object: valueOf(owner, at), name }
}

function objectOf(
  expression: Extract<Expression, readonly ['object', ...unknown[]]>,
  place: Location,
  at: (node: number) => Location,
): ObjectValue {
  const made: ObjectValue = {
    kind: 'object',
    at: place,
    properties: new Map(),
    writtenAt: new Map(),
    isOpen: false,
    instanceOf: null,
    external: null,
    role: 'plain',
  }
  for (const property of expression[2]) {
    const key = property.kind === 'spread' ? '...' : typeof property.key === 'string' ? property.key : '*'
    made.properties.set(key, valueOf(property.value, at))
    if (property.kind !== 'spread') made.writtenAt.set(key, at(property.node))
  }
  return made
}

function nothing(at: Location): Value {
  return { kind: 'literal', at, value: undefined }
}

function isStringify(callee: Expression): boolean {
  return callee[0] === 'member' ? callee[3] === 'stringify' : callee[0] === 'name' && callee[2] === 'String'
}

/** Walks statements without knowing their kinds. */
function callsIn(node: unknown): readonly CallExpression[] {
  if (Array.isArray(node)) {
    const inner = node.flatMap((part) => (typeof part === 'object' ? callsIn(part) : []))
    return node[0] === 'call' && typeof node[1] === 'number' ? [node as unknown as CallExpression, ...inner] : inner
  }
  return typeof node === 'object' && node !== null
    ? Object.values(node).flatMap((part) => (typeof part === 'object' ? callsIn(part) : []))
    : []
}

function redacts(model: ProjectModel, file: string): boolean {
  const facts = model.files.get(file)
  return (
    facts?.kind === 'source' &&
    /redact|saniti[sz]e|mask|scrub|passw/i.test(JSON.stringify(Object.values(facts.functions).map(({ name, body }) => [name, body])))
  )
}

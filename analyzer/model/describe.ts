// Short texts for values and conditions, for messages and for printing the model.
import { pathText } from '../frameworks/knownPackages.js'
import type { FunctionValue, Guard, Value } from '../link/value.js'

const LONGEST = 60

/** What a function is called that nothing names. */
export const NAMELESS = 'a function'

/** A value in a few words, as it would be written. Strings are shown, so do not use it for secrets. */
export function describe(value: Value | null): string {
  const text = value === null ? 'nothing' : textOf(value, 0)
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text
}

function textOf(value: Value, depth: number): string {
  if (depth > 6) return '…'
  const inner = (one: Value): string => textOf(one, depth + 1)
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string'
        ? quoted(value.value)
        : typeof value.value === 'bigint'
          ? `${value.value}n`
          : String(value.value)
    case 'regex':
      return `/${value.pattern}/${value.flags}`
    case 'template':
      return `\`${value.parts.map((part) => (part.kind === 'literal' ? String(part.value) : `\${${inner(part)}}`)).join('')}\``
    case 'object':
      return value.instanceOf === null ? objectText(value.properties) : `a ${value.instanceOf.facts.name || 'class instance'}`
    case 'array':
      return `[${value.elements.map(inner).join(', ')}${value.isOpen ? ', …' : ''}]`
    case 'function':
      return functionName(value)
    case 'class':
      return value.facts.name || 'a class'
    case 'package':
      return pathText([value.package, ...value.path.filter((part) => part !== 'default' && part !== '*')])
    case 'global':
    case 'parameter':
      return value.name
    case 'environment':
      return value.name === '*' ? 'process.env' : `process.env.${value.name}`
    case 'member':
      return `${inner(value.object)}.${value.name}`
    case 'result':
      // A plugin that is registered is not called by whoever reads the line.
      if (value.call.argumentsFrom !== undefined) return inner(value.call.callee)
      return `${value.call.isNew ? 'new ' : ''}${inner(value.call.callee)}(${value.call.args.length === 0 ? '' : '…'})`
    case 'operation':
      return operationText(value.operator, value.operands.map(inner))
    case 'choice':
      return value.operator === '?:' || value.operator === 'join'
        ? value.options.map(inner).join(' or ')
        : value.options.map(inner).join(` ${value.operator} `)
    case 'scope':
      return value.scope.name
    case 'promise':
      return value.result === null ? 'a promise' : inner(value.result)
    case 'typed':
      return `a ${value.type.name}`
    case 'unknown':
      return `something unknown (${value.why})`
  }
}

/** A function without a name is known by the function that made it, what a module exports as a whole by its file: `validate(…)`. */
function functionName({ source, facts, owner, self }: FunctionValue): string {
  // Guards, interceptors, pipes, filters and middleware of Nest are known by their class, which may inherit the method.
  if (owner !== null && /^(?:canActivate|intercept|transform|catch|use)$/.test(facts.name)) {
    const name = (self?.kind === 'object' ? self.instanceOf?.facts.name : '') || owner.facts.name
    if (name !== '') return name
  }
  if (facts.name !== '' && !isDefault(facts.name)) return facts.name
  const stem = source.file.split('/').at(-1)?.split('.')[0] ?? ''
  if (isDefault(facts.name)) return stem
  for (let id = facts.id; id.includes('.');) {
    id = id.slice(0, id.lastIndexOf('.'))
    const name = source.functions[id]?.name ?? ''
    if (name !== '') return `${isDefault(name) ? stem : name}(…)`
  }
  return NAMELESS
}

function isDefault(name: string): boolean {
  return name === 'default' || name === '*default*' || name === 'exports'
}

function quoted(text: string): string {
  return `'${text.replaceAll('\n', '\\n')}'`
}

function objectText(properties: ReadonlyMap<string, Value>): string {
  const names = [...properties.keys()]
  return names.length === 0 ? '{}' : `{ ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''} }`
}

function operationText(operator: string, operands: readonly string[]): string {
  const [left = '', right] = operands
  if (right === undefined) return /^[a-z]/.test(operator) ? `${operator} ${left}` : `${operator}${left}`
  return `${left} ${operator} ${right}`
}

/** A condition as a reader would say it: `process.env.ENABLE_LIMITS`, `not (req.secure)`. */
export function describeGuard(guard: Guard): string {
  return guard.holds ? describe(guard.value) : `not (${describe(guard.value)})`
}

// Reading the values that Nest is configured with: lists, properties, references that are made later.
import type { Expression, FunctionFacts } from '../extract/facts.js'
import type { CallSite, Frame, Machine } from '../link/machine.js'
import { awaitValue } from '../link/promises.js'
import { record } from '../link/records.js'
import type { ClassValue, PackageValue, Value } from '../link/value.js'
import { packageValue, resultValue } from '../link/values.js'
import type { Location } from '../text/location.js'
import { keyOf } from './classContainer.js'

/** What a reference stands for: awaited promises, `forwardRef(() => X)` called. */
export function settled(machine: Machine, site: CallSite, value: Value): Value {
  const awaited = awaitValue(machine, value)
  const [first] = awaited.kind === 'result' && isCallOf(awaited.call.callee, 'forwardRef') ? awaited.call.args : []
  return first?.kind === 'function' ? settled(machine, site, machine.run.call(machine, site, first, null, [])) : awaited
}

function isCallOf(callee: Value, name: string): boolean {
  return callee.kind === 'package' && callee.package.startsWith('@nestjs/') && callee.path.at(-1) === name
}

/** Elements of a list, nested lists and alternatives opened; nothing for what is not there. */
export function listOf(machine: Machine, site: CallSite, value: Value | undefined): readonly Value[] {
  if (value === undefined) return []
  const one = settled(machine, site, value)
  if (one.kind === 'array') return one.elements.flatMap((element) => listOf(machine, site, element))
  if (one.kind === 'choice') return one.options.flatMap((option) => listOf(machine, site, option))
  // `...(isOn ? [AuditModule] : [])`
  if (one.kind === 'member' && one.name === '*' && one.object.kind === 'choice') return listOf(machine, site, one.object)
  return one.kind === 'literal' && (one.value === undefined || one.value === null || typeof one.value === 'boolean') ? [] : [one]
}

/** A property of an object, or of what was spread into it. */
export function propertyOf(value: Value | null | undefined, name: string): Value | undefined {
  if (value?.kind === 'choice') return value.options.map((option) => propertyOf(option, name)).find((one) => one !== undefined)
  if (value?.kind === 'promise') return propertyOf(value.result, name)
  if (value?.kind !== 'object') return undefined
  const own = value.properties.get(name) ?? propertyOf(value.properties.get('...'), name)
  return own?.kind === 'literal' && own.value === undefined ? undefined : own
}

/** Where a property was written, else where the object was made. */
export function placeOfProperty(value: Value, name: string): Location {
  return value.kind === 'object' ? (value.writtenAt.get(name) ?? value.at) : value.at
}

/** The texts that a value may be; null stands for one that is not known. */
export function textsOf(value: Value | undefined): readonly (string | null)[] {
  if (value === undefined) return ['']
  switch (value.kind) {
    case 'literal':
      return typeof value.value === 'string' ? [value.value] : value.value === undefined ? [''] : [String(value.value)]
    case 'array':
      return value.elements.flatMap(textsOf)
    case 'template':
      return [value.parts.map((part) => (part.kind === 'literal' ? String(part.value) : '*')).join('')]
    case 'choice': {
      const known = [
        ...new Set(value.options.flatMap((option) => (option.kind === 'literal' && option.value === undefined ? [] : textsOf(option)))),
      ]
      const texts = known.filter((text) => text !== null)
      return texts.length === 0 ? [null] : texts.slice(0, 1)
    }
    default:
      return [null]
  }
}

/** How a token of the container is written down; null where two of them cannot be told apart. */
export function tokenKey(token: Value): string | null {
  if (token.kind === 'package') return `package ${token.package} ${token.path.filter((part) => part !== 'default').join('.')}`
  if (token.kind === 'function') return `container function ${token.source.file}#${token.facts.id}`
  if (token.kind === 'member') {
    const object = tokenKey(token.object)
    return object === null ? null : `${object}.${token.name}`
  }
  if (token.kind === 'result' && token.call.callee.kind === 'package' && token.call.args.length > 0) {
    const args = token.call.args.map(tokenKey)
    return args.includes(null) ? null : `${tokenKey(token.call.callee) ?? ''}(${args.join(',')})`
  }
  if (token.kind === 'object' && token.role === 'plain') return `container object ${token.at.file}#${token.at.fn}#${token.at.node}`
  return keyOf(token)
}

/** What a package's class or factory would give: a call that nobody wrote, at the place that asks for it. */
export function madeByPackage(
  machine: Machine,
  site: CallSite,
  at: Location,
  name: string,
  path: readonly string[],
  args: readonly Value[],
  receiver: Value | null = null,
): Value {
  const callee = packageValue(at, name, path)
  const call = record(machine, site.frame, {
    at,
    callee,
    receiver,
    args,
    argsAt: args.map((arg) => arg.at),
    isNew: false,
    isWrite: false,
    isAwaited: false,
  })
  return resultValue(at, call)
}

/** The package behind a class that extends one, behind an instance, or behind a result. */
export function packageBehind(value: Value | null): PackageValue | null {
  if (value === null) return null
  if (value.kind === 'package') return value
  if (value.kind === 'class') return packageBehind(value.superClass)
  if (value.kind === 'object') return packageBehind(value.external ?? value.instanceOf)
  if (value.kind === 'result') return packageBehind(value.call.callee)
  return value.kind === 'member' ? packageBehind(value.object) : null
}

/** A frame for expressions that stand in the head of a function, or in the text around a class where no function is given. */
export function frameOf(owner: ClassValue, fn: FunctionFacts | null = null): Frame {
  const facts = fn ?? owner.source.functions[owner.facts.owner]
  if (facts === undefined) throw new Error(`class ${owner.facts.name} stands in no function`)
  return { source: owner.source, facts, self: owner, fn: null, owner, args: [], returns: [], guardBase: 0 }
}

export function evaluateIn(machine: Machine, owner: ClassValue, fn: FunctionFacts | null, expression: Expression): Value {
  return machine.run.evaluate(machine, frameOf(owner, fn), owner.environment, expression)
}

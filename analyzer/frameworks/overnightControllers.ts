// Controllers of @overnightjs/core: what their decorators say, and their methods as routes of their router.
import { findMethod } from '../link/classMembers.js'
import type { CallSite, Machine } from '../link/machine.js'
import type { CallRecord, ObjectValue, ScopeValue, Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import { register } from './expressRegistration.js'
import { decoratorsOf, memberDecorators, type NestDecorator } from './nestDecorators.js'
import { textsOf } from './nestValues.js'

export const OVERNIGHT = '@overnightjs/core'

const VERBS: ReadonlySet<string> = new Set(
  `All Checkout Copy Delete Get Head Lock Merge Mkactivity Mkcol Move Notify Options Patch Post Purge Put Report Search Subscribe Trace
  Unlock Unsubscribe`.split(/\s+/),
)

interface Link {
  readonly value: Value
  readonly at: Location
}

/** `@Controller('users')`: the path with a slash in front. null for what is no controller. */
export function baseOf({ instanceOf: target }: ObjectValue): string | null {
  if (target === null) return null
  const decorator = ours(decoratorsOf(target)).find(({ name }) => name === 'Controller')
  const path = decorator === undefined ? null : (textsOf(decorator.args[0])[0] ?? null)
  return path === null ? null : `/${path}`
}

function ours(decorators: readonly NestDecorator[]): readonly NestDecorator[] {
  return decorators.filter((one) => one.package === OVERNIGHT)
}

/** Middleware that all methods of a controller have in front, or behind; the decorator that stands first comes first. */
export function classLinks(controller: ObjectValue, name: string): { readonly links: readonly Link[]; readonly call: CallRecord | null } {
  const found = controller.instanceOf === null ? [] : ours(decoratorsOf(controller.instanceOf)).filter((one) => one.name === name)
  return { links: found.flatMap(linksOf), call: found[0]?.call ?? null }
}

/** One function or a list of them. */
function linksOf({ args, call, at }: NestDecorator): readonly Link[] {
  const [given] = args
  const place = call?.argsAt[0] ?? at
  if (given === undefined) return []
  return given.kind === 'array' ? given.elements.map((value) => ({ value, at: place })) : [{ value: given, at: place }]
}

/** Instances that `@ChildControllers` names. */
export function childrenOf(controller: ObjectValue): readonly ObjectValue[] {
  if (controller.instanceOf === null) return []
  const named = ours(decoratorsOf(controller.instanceOf)).filter(({ name }) => /^(?:Child)?(?:Controllers|Children)$/.test(name))
  const values = named.flatMap(({ args: [given] }) => (given?.kind === 'array' ? given.elements : given === undefined ? [] : [given]))
  return values.filter((one): one is ObjectValue => one.kind === 'object' && one.instanceOf !== null)
}

/** Fields come before methods; of an ancestor nothing counts. */
export function addMembers(machine: Machine, site: CallSite, router: ScopeValue, controller: ObjectValue): void {
  const target = controller.instanceOf
  if (target === null) return
  const members = target.facts.members.filter(({ key, isStatic }) => typeof key === 'string' && !isStatic)
  for (const kind of ['field', 'method'] as const) {
    for (const { key } of members.filter((member) => member.kind === kind)) {
      const name = String(key)
      const own = kind === 'method' ? findMethod(machine, target, controller, name) : (controller.properties.get(name) ?? null)
      const decorators = ours(memberDecorators(target, name))
      if (own === null || decorators.length === 0) continue
      const handler = wrapped(machine, site, own, [...ours(decoratorsOf(target)), ...decorators])
      for (const route of decorators.filter((one) => VERBS.has(one.name))) {
        if (route.call === null) continue
        const links = [...decorators.filter((one) => one.name === 'Middleware').flatMap(linksOf), { value: handler, at: own.at }]
        const values = links.map(({ value }) => value)
        const places = links.map(({ at }) => at)
        const methods = route.name === 'All' ? [] : [route.name.toUpperCase()]
        register(machine, { ...site, at: route.at }, router.scope, 'route', [pathOf(route.args[0])], methods, values, places, route.call)
      }
    }
  }
}

/** `@ClassWrapper(f)` first, then `@Wrapper(g)`: what each makes of the method. */
function wrapped(machine: Machine, site: CallSite, method: Value, decorators: readonly NestDecorator[]): Value {
  let value = method
  for (const name of ['ClassWrapper', 'Wrapper']) {
    const wrapper = decorators.find((one) => one.name === name)
    const [fn] = wrapper?.args ?? []
    if (wrapper === undefined || fn === undefined) continue
    value = machine.run.call(machine, { ...site, at: wrapper.at, argsAt: [method.at] }, fn, null, [value])
  }
  return value
}

function pathOf(given: Value | undefined): string | null {
  if (given === undefined) return ''
  if (given.kind === 'regex') return given.pattern.startsWith('^') ? `/\\/${given.pattern.slice(1)}/` : `/\\/.*${given.pattern}/`
  const text = textsOf(given)[0] ?? null
  return text === null ? null : `/${text}`
}

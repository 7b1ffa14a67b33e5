// Controllers of inversify-express-utils: each decorated method as a route of one router, with its middleware from the container.
import { findMethod } from '../link/classMembers.js'
import type { CallSite, Machine } from '../link/machine.js'
import type { ClassValue, FunctionValue, ScopeValue, Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import { isBound, resolve } from './classContainer.js'
import { register } from './expressRegistration.js'
import { servedAction } from './inversifyServing.js'
import { decoratorsOf, lineage, memberDecorators, type NestDecorator } from './nestDecorators.js'
import { textsOf } from './nestValues.js'

export const INVERSIFY_UTILS = 'inversify-express-utils'

const VERB = /^(?:http(Get|Post|Put|Patch|Head|Delete|Options|Method)|all)$/

interface Link {
  readonly value: Value
  readonly at: Location
}

interface Action {
  readonly method: FunctionValue
  readonly decorator: NestDecorator
  /** Lower case, as the router's method is called. */
  readonly verb: string
  readonly path: Value | undefined
  readonly links: readonly Link[]
}

/** Registers the methods of one controller: its own, then those that it inherits; HEAD first, because Express answers it with GET as well. */
export function addControllerRoutes(
  machine: Machine,
  site: CallSite,
  router: ScopeValue,
  target: ClassValue,
  controller: NestDecorator,
): void {
  const instance = resolve(machine, site, target)
  const [base, ...given] = controller.args
  const common = [
    ...given.map((value, index): Link => ({ value, at: controller.call?.argsAt[index + 1] ?? controller.at })),
    ...added(decoratorsOf(target)),
  ]
  const all = lineage(target).flatMap((holder) => actionsOf(machine, target, holder, instance))
  for (const action of [...all.filter(({ verb }) => verb === 'head'), ...all.filter(({ verb }) => verb !== 'head')]) {
    const { decorator, method, verb, path, links } = action
    if (decorator.call === null) continue
    const chain = [...common, ...links].map(({ value, at }) => ({ value: middlewareOf(machine, site, value), at }))
    const whole = [...chain, { value: servedAction(machine, method), at: method.at }]
    const methods = verb === 'all' ? [] : [verb.toUpperCase()]
    const values = whole.map(({ value }) => value)
    const places = whole.map(({ at }) => at)
    register(machine, { ...site, at: decorator.at }, router.scope, 'route', [merged(base, path)], methods, values, places, decorator.call)
  }
}

function actionsOf(machine: Machine, target: ClassValue, holder: ClassValue, instance: Value): readonly Action[] {
  const names = holder.facts.members.flatMap((member) =>
    member.kind === 'method' && !member.isStatic && typeof member.key === 'string' ? [member.key] : [],
  )
  return [...new Set(names)].flatMap((name) => {
    const decorators = memberDecorators(holder, name).filter((one) => one.package === INVERSIFY_UTILS)
    const method = findMethod(machine, target, instance.kind === 'object' ? instance : null, name)
    if (method === null) return []
    return decorators.toReversed().flatMap((decorator): readonly Action[] => {
      const match = VERB.exec(decorator.name)
      if (match === null) return []
      const first = match[1] === 'Method' ? 1 : 0
      const verb = match[1] === 'Method' ? (textsOf(decorator.args[0])[0] ?? '') : (match[1] ?? 'all').toLowerCase()
      const own = decorator.args
        .slice(first + 1)
        .map((value, index): Link => ({ value, at: decorator.call?.argsAt[index + first + 1] ?? decorator.at }))
      // What `withMiddleware` brings is there only where that ran before, which is what stands below.
      const below = decorators.slice(decorators.indexOf(decorator) + 1)
      return [{ method, decorator, verb, path: decorator.args[first], links: [...own, ...added(below)] }]
    })
  })
}

/** `@withMiddleware(a, b)`: of several the last one first. */
function added(decorators: readonly NestDecorator[]): readonly Link[] {
  return decorators
    .filter((one) => one.package === INVERSIFY_UTILS && one.name === 'withMiddleware')
    .toReversed()
    .flatMap(({ args, call, at }) => args.map((value, index): Link => ({ value, at: call?.argsAt[index] ?? at })))
}

/** A function, or what the container has under the key: an instance with a method `handler`, or a function. */
function middlewareOf(machine: Machine, site: CallSite, value: Value): Value {
  if (value.kind === 'function' || !isBound(machine, value)) return value
  const bound = resolve(machine, site, value)
  if (bound.kind !== 'object' || bound.instanceOf === null) return bound
  return findMethod(machine, bound.instanceOf, bound, 'handler') ?? bound
}

/** Both paths begin with a slash and end without one. */
function merged(base: Value | undefined, path: Value | undefined): string | null {
  const parts = [base, path].map((one) => (one?.kind === 'literal' ? String(one.value) : (textsOf(one)[0] ?? null)))
  if (parts.includes(null)) return null
  return parts.map((part) => (/^[/.]/.test(part ?? '') ? (part ?? '') : `/${part ?? ''}`).replace(/\/$/, '')).join('')
}

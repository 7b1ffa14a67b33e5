// Guards, interceptors, pipes and filters as links of a chain.
import { write } from '../link/heapLog.js'
import type { Machine } from '../link/machine.js'
import { findMethod } from '../link/classMembers.js'
import type { ClassValue, FunctionValue, Value } from '../link/value.js'
import { arrayValue, choice } from '../link/values.js'
import type { Target } from './nestContext.js'
import { decoratorsOf, lineage, type NestDecorator } from './nestDecorators.js'
import { findProvider, resolveToken } from './nestProviders.js'
import { METHOD_OF, servedEnhancer } from './nestServing.js'
import {
  classOfInstance,
  type Enhancer,
  type EnhancerKind,
  ENHANCER_KINDS,
  type NestApplication,
  type NestModule,
  type Provider,
  typed,
} from './nestState.js'
import { THROTTLER, throttles } from './nestThrottling.js'
import { madeByPackage, packageBehind, settled, tokenKey } from './nestValues.js'

/** What an enhancer stands in front of. */
export interface Place {
  readonly target: Target
  readonly handler: readonly NestDecorator[]
  readonly owner: readonly NestDecorator[]
  readonly names?: Target['names']
}

const DECORATOR_OF: Readonly<Record<EnhancerKind, string>> = {
  guard: 'UseGuards',
  interceptor: 'UseInterceptors',
  pipe: 'UsePipes',
  filter: 'UseFilters',
}

/** Enhancers that decorators bring; of several decorators on one place the last one counts first, as it runs first. */
export function enhancersIn(decorators: readonly NestDecorator[], kind: EnhancerKind, module: NestModule | null): readonly Enhancer[] {
  return decorators
    .filter((one) => one.name === DECORATOR_OF[kind])
    .toReversed()
    .flatMap(({ args, call, at }) => args.map((value, index): Enhancer => ({ value, at: call?.argsAt[index] ?? at, module })))
}

/** Enhancers of a class: those of its ancestors first. */
export function enhancersOfClass(target: ClassValue, kind: EnhancerKind, module: NestModule): readonly Enhancer[] {
  return lineage(target)
    .toReversed()
    .flatMap((one) => enhancersIn(decoratorsOf(one), kind, module))
}

/** Providers under APP_GUARD and its kind work for the whole application, wherever they are provided (domain fact K30). */
export function applicationEnhancers(machine: Machine, app: NestApplication): void {
  for (const module of app.modules) {
    for (const provider of module.providers) {
      const kind = ENHANCER_KINDS.find((one) => provider.key.endsWith(` APP_${one.toUpperCase()}`))
      if (kind === undefined) continue
      app.globals[kind].push({ ...enhancerBehind(machine, app, provider, new Set()), at: provider.at })
    }
  }
}

/** What a provider gives: one that stands for another gives what that one does, also by a token that is no class. */
function enhancerBehind(
  machine: Machine,
  app: NestApplication,
  provider: Provider,
  seen: Set<Provider>,
): Pick<Enhancer, 'value' | 'module'> {
  const { how, target, module } = provider
  if (how === 'factory') return { value: resolveFactory(machine, app, provider), module }
  const key = how === 'existing' && !seen.has(provider) ? tokenKey(target) : null
  const behind = key === null ? null : findProvider(app, module, key)
  return behind === null ? { value: target, module } : enhancerBehind(machine, app, behind, seen.add(provider))
}

function resolveFactory(machine: Machine, app: NestApplication, provider: Provider): Value {
  const args = provider.inject.map((token) => resolveToken(machine, app.site, app, provider.module, token))
  return settled(machine, app.site, machine.run.call(machine, { ...app.site, isAwaited: true }, provider.target, null, args))
}

/** The link of a chain that an enhancer is for a place; null for what does nothing there. */
export function linkOf(machine: Machine, app: NestApplication, enhancer: Enhancer, kind: EnhancerKind, place: Place): Value | null {
  return link(machine, app, settled(machine, app.site, enhancer.value), enhancer, kind, place)
}

function link(machine: Machine, app: NestApplication, value: Value, enhancer: Enhancer, kind: EnhancerKind, place: Place): Value | null {
  const { site } = app
  if (value.kind === 'choice') {
    const options = value.options.map((option) => link(machine, app, option, enhancer, kind, place)).filter((one) => one !== null)
    return options.length === 0 ? null : choice(value.at, value.operator, options, value.test)
  }
  const method = methodOf(machine, app, value, enhancer, kind)
  const origin = packageBehind(value) ?? classOfInstance(value)
  if (origin?.package === THROTTLER && (method === null || holds(method.facts.body, 'super'))) {
    const limits = throttles(machine, { site, app, at: enhancer.at, ...ownMethodsOf(machine, app, value, enhancer) }, place)
    // A guard that only leaves requests out before it counts them refuses nobody by itself.
    if (method === null || !holds(method.facts.body, 'throw')) return limits
    const own = servedEnhancer(machine, method, kind, place.target)
    return limits === null ? own : arrayValue(enhancer.at, [...(limits.kind === 'array' ? limits.elements : [limits]), own])
  }
  if (method !== null) return servedEnhancer(machine, method, kind, place.target)
  const own = value.kind === 'object' ? value.instanceOf : value
  if (kind === 'guard' && own?.kind === 'class' && letsStrangersPass(own)) return own
  if (origin === null) return value.kind === 'literal' || value.kind === 'class' ? null : value
  if (value.kind === 'result') return value
  // A class that extends what a call gave (`extends AuthGuard('jwt')`) is that.
  const base = lastBase(value)
  return base.kind === 'result' ? base : madeByPackage(machine, site, enhancer.at, origin.package, origin.path, [])
}

/** The method that project code writes for it. */
function methodOf(machine: Machine, app: NestApplication, value: Value, enhancer: Enhancer, kind: EnhancerKind): FunctionValue | null {
  const name = METHOD_OF[kind]
  if (value.kind === 'class') {
    if (!lineage(value).some((one) => one.facts.members.some((member) => member.key === name))) return null
    const instance = resolveToken(machine, app.site, app, enhancer.module, value)
    return findMethod(machine, value, instance, name)
  }
  if (value.kind !== 'object') return null
  const own = value.properties.get(name)
  if (own?.kind === 'function') return own
  return value.instanceOf === null ? null : findMethod(machine, value.instanceOf, value, name)
}

/** `handleRequest(error, user) { return user }`: a guard of passport that refuses nobody, as optional logins have it. */
function letsStrangersPass(guard: ClassValue): boolean {
  for (const one of lineage(guard)) {
    const member = one.facts.members.find(({ key, kind, isStatic }) => key === 'handleRequest' && kind === 'method' && !isStatic)
    const facts = member?.function == null ? undefined : one.source.functions[member.function]
    if (facts === undefined) continue
    const pattern = facts.parameters[0]?.pattern
    return !mayRefuse(facts.body, pattern?.[0] === 'name' ? pattern[2] : null)
  }
  return false
}

/** True where something is thrown, or left to the class above or to another method; for an `error` alone nobody is refused who shows no credentials. */
function mayRefuse(facts: unknown, error: string | null): boolean {
  if (typeof facts !== 'object' || facts === null) return false
  if (!Array.isArray(facts)) return Object.values(facts).some((one) => mayRefuse(one, error))
  const [kind, , test, , otherwise]: readonly unknown[] = facts
  if (kind === 'if' && Array.isArray(test) && test[0] === 'name' && test[2] === error) return mayRefuse(otherwise, error)
  return kind === 'throw' || kind === 'super' || kind === 'call' || facts.some((one) => mayRefuse(one, error))
}

/** True where `super` stands within, or a `throw` of something else than what was caught. */
function holds(facts: unknown, kind: 'super' | 'throw'): boolean {
  if (typeof facts !== 'object' || facts === null) return false
  if (!Array.isArray(facts)) return Object.values(facts).some((one) => holds(one, kind))
  const [first, , thrown]: readonly unknown[] = facts
  if (first === 'throw' && Array.isArray(thrown) && thrown[0] === 'name') return false
  return first === kind || facts.some((one) => holds(one, kind))
}

/** By what a guard of the project's own tells clients apart, leaves requests out, and changes the module's limits. */
function ownMethodsOf(
  machine: Machine,
  app: NestApplication,
  value: Value,
  enhancer: Enhancer,
): Pick<Parameters<typeof throttles>[1], 'tracker' | 'skips' | 'starts'> {
  const guard = value.kind === 'object' ? value.instanceOf : value.kind === 'class' ? value : null
  if (guard === null) return { tracker: null, skips: [], starts: null }
  const self = value.kind === 'class' ? resolveToken(machine, app.site, app, enhancer.module, guard) : value
  const own = (name: string): FunctionValue | null =>
    lineage(guard).some((one) => one.facts.members.some(({ key }) => key === name)) ? findMethod(machine, guard, self, name) : null
  const start = own('onModuleInit')
  // What the constructor of the package keeps.
  if (self.kind === 'object' && !self.properties.has('reflector')) write(machine, self.properties, 'reflector', typed(self.at, 'Reflector'))
  return {
    tracker: own('getTracker'),
    skips: ['shouldSkip', 'canActivate'].flatMap((name) => own(name) ?? []),
    starts: start !== null && self.kind === 'object' ? { start, instance: self } : null,
  }
}

function lastBase(value: Value): Value {
  if (value.kind === 'class') return value.superClass === null ? value : lastBase(value.superClass)
  if (value.kind === 'object') return value.external ?? (value.instanceOf === null ? value : lastBase(value.instanceOf))
  return value
}

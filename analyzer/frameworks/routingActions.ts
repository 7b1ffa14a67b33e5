// Actions of routing-controllers: each as a route of its application, with what the package puts in front of it and behind it.
import { findMethod } from '../link/classMembers.js'
import type { ClassValue, FunctionValue, Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import { register } from './expressRegistration.js'
import { decoratorsOf, lineage, memberDecorators, type NestDecorator } from './nestDecorators.js'
import { propertyOf, textsOf } from './nestValues.js'
import { checkLinks, parserLinks, uploadLinks, type Link } from './routingLinks.js'
import { decoratorsOfParameter } from './routingParameters.js'
import { middlewareOf, servedAction } from './routingServing.js'
import { interceptorsOf } from './routingInterceptors.js'
import { instanceOf, PACKAGE, type Routing } from './routingState.js'

const VERBS = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'All'])

/** Registers the actions of all controllers, class by class. */
export function addActions(routing: Routing, controllers: readonly ClassValue[]): void {
  for (const target of controllers) {
    const own = ofPackage(decoratorsOf(target))
    for (const controller of own.filter(({ name }) => /^(?:Json)?Controller$/.test(name))) addController(routing, target, controller, own)
  }
}

function ofPackage(decorators: readonly NestDecorator[]): readonly NestDecorator[] {
  return decorators.filter((one) => one.package === PACKAGE)
}

/** Actions of the class itself, then those of what it extends that it does not have; of several on one method the last one first. */
function addController(routing: Routing, target: ClassValue, controller: NestDecorator, own: readonly NestDecorator[]): void {
  const instance = instanceOf(routing.machine, routing.site, target)
  const seen = new Set<string>()
  for (const holder of lineage(target)) {
    const names = holder.facts.members.flatMap((member) =>
      member.kind === 'method' && !member.isStatic && typeof member.key === 'string' ? [member.key] : [],
    )
    const found: string[] = []
    for (const name of new Set(names)) {
      if (seen.has(name)) continue
      const all = ofPackage(memberDecorators(holder, name))
      const method = findMethod(routing.machine, target, instance.kind === 'object' ? instance : null, name)
      if (method === null) continue
      // The package looks for everything but the route on the class itself, so an inherited action stands alone.
      const decorators = holder === target ? all : []
      for (const route of all.toReversed().filter((one) => VERBS.has(one.name) || one.name === 'Method')) {
        found.push(name)
        addAction(routing, { target, controller, own, decorators, method, isInherited: holder !== target }, route)
      }
    }
    for (const name of found) seen.add(name)
  }
}

interface Declared {
  readonly target: ClassValue
  readonly controller: NestDecorator
  /** Decorators of the class. */
  readonly own: readonly NestDecorator[]
  readonly decorators: readonly NestDecorator[]
  readonly method: FunctionValue
  readonly isInherited: boolean
}

function addAction(routing: Routing, declared: Declared, route: NestDecorator): void {
  const { machine, site, app, options } = routing
  const { controller, own, decorators, method } = declared
  if (route.call === null) return
  const isMethod = route.name === 'Method'
  const verb = isMethod ? (textsOf(route.args[0])[0] ?? '').toUpperCase() : route.name.toUpperCase()
  const path = pathOf(routing.prefix, controller.args[0], route.args[isMethod ? 1 : 0])
  const parameters = declared.isInherited ? [] : method.facts.parameters.flatMap((one) => decoratorsOfParameter(machine, method, one))
  const contentType = textsOf(decorators.find(({ name }) => name === 'ContentType')?.args[0])[0] ?? ''
  const isJson = contentType === '' ? controller.name === 'JsonController' : contentType.includes('json')
  const action = servedAction(machine, method, {
    currentUser: propertyOf(options, 'currentUserChecker'),
    validation: propertyOf(options, 'validation'),
    transforms: propertyOf(options, 'plainToClassTransformOptions') !== undefined,
    interceptors: interceptorsOf(routing, own, decorators),
    redirects: decorators.some(({ name }) => name === 'Redirect'),
  })
  const before = [
    ...used(routing, own, 'UseBefore'),
    ...used(routing, decorators, 'UseBefore'),
    ...parserLinks(routing, parameters, isJson ? 'json' : 'text'),
    ...checkLinks(routing, own, decorators, parameters),
    ...uploadLinks(routing, parameters),
    { value: action, at: method.at },
  ]
  const after = [...used(routing, own, 'UseAfter'), ...used(routing, decorators, 'UseAfter')]
  const add = (kind: 'route' | 'layer', links: readonly Link[]): void => {
    const values = links.map(({ value }) => value)
    const places = links.map(({ at }) => at)
    const methods = verb === 'ALL' ? [] : [verb]
    if (route.call !== null) register(machine, { ...site, at: route.at }, app.scope, kind, [path], methods, values, places, route.call)
  }
  add('route', before)
  // For Express these are further handlers of the route; to whoever asks what a route ends in, they stand behind it.
  if (after.length > 0) add('layer', after)
}

/** `@UseBefore(A, B)`: of several decorators the last one first. */
function used(routing: Routing, decorators: readonly NestDecorator[], name: 'UseBefore' | 'UseAfter'): readonly Link[] {
  return decorators
    .filter((one) => one.name === name)
    .toReversed()
    .flatMap(({ args, call, at }) => args.map((value, index) => linkOf(routing, value, call?.argsAt[index] ?? at)))
}

function linkOf({ machine, site }: Routing, value: Value, at: Location): Link {
  const method = value.kind === 'class' ? middlewareOf(machine, value, instanceOf(machine, site, value), ['use', 'error']) : null
  return { value: method ?? value, at }
}

/** Prefix, base route and route as they stand, one behind the other. A prefix without any slash gets one in front. */
function pathOf(prefix: string | null, base: Value | undefined, own: Value | undefined): string | null {
  const start = prefix !== null && prefix !== '' && !prefix.includes('/') ? `/${prefix}` : prefix
  const middle = textsOf(base)[0] ?? null
  if (start === null || middle === null) return null
  if (own?.kind === 'regex') {
    const front = start === '' && middle === '' ? '' : `^${(start + middle).replaceAll('/', '\\/')}`
    return front === '' ? `/${own.pattern}/` : `/${front}${own.pattern}\\/?$/`
  }
  const end = textsOf(own)[0] ?? null
  return end === null ? null : start + middle + end
}

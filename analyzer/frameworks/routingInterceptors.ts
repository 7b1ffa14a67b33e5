// Interceptors of routing-controllers: what sees the result of an action before it is sent.
import { findMethod } from '../link/classMembers.js'
import type { FunctionValue, Value } from '../link/value.js'
import { decoratedClasses } from './decoratedClasses.js'
import { decoratorsOf, type NestDecorator } from './nestDecorators.js'
import { propertyOf } from './nestValues.js'
import { instanceOf, PACKAGE, type Routing } from './routingState.js'

/** Global ones first, then those of the class and of the action. */
export function interceptorsOf(
  routing: Routing,
  own: readonly NestDecorator[],
  decorators: readonly NestDecorator[],
): readonly FunctionValue[] {
  const { machine, site, options } = routing
  const isInterceptor = (one: NestDecorator): boolean => one.package === PACKAGE && one.name === 'Interceptor'
  const global = decoratedClasses(machine, site, propertyOf(options, 'interceptors'), (one) => decoratorsOf(one).some(isInterceptor))
  const used = [own, decorators].flatMap((all) => all.filter(({ name }) => name === 'UseInterceptor').toReversed())
  return [...global.classes, ...used.flatMap(({ args }) => args)].flatMap((value) => functionOf(routing, value) ?? [])
}

function functionOf({ machine, site }: Routing, value: Value): FunctionValue | null {
  if (value.kind === 'function') return value
  if (value.kind !== 'class') return null
  const instance = instanceOf(machine, site, value)
  return findMethod(machine, value, instance.kind === 'object' ? instance : null, 'intercept')
}

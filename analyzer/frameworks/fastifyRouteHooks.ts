// Hooks of `onRoute`: they change what a route is registered with, and a plugin sees what those in front of it have changed.
import type { CallSite, Machine } from '../link/machine.js'
import { type RouteOption, routeSetting } from '../link/routeSettings.js'
import type { ObjectValue, Value } from '../link/value.js'
import { objectValue } from '../link/values.js'
import type { Context } from './fastifyContexts.js'

/** Runs the hooks over the options of a route. What a limiter or helmet reads stays as it is when their own hook runs: they read it once. */
export function runRouteHooks(machine: Machine, site: CallSite, context: Context, options: ObjectValue): void {
  const seen = new Map<RouteOption, Value | undefined>()
  for (const [index, hook] of context.onRoute.entries()) {
    for (const option of ['rateLimit', 'helmet'] as const) {
      const reader = context.perRoute.findLast((one) => one.option === option)
      if (reader?.hooksBefore === index) seen.set(option, routeSetting(options, option))
    }
    machine.run.call(machine, { ...site, isAwaited: true }, hook, context.value, [options])
  }
  for (const [option, setting] of seen) if (routeSetting(options, option) !== setting) putBack(options, option, setting)
}

function putBack(options: ObjectValue, option: RouteOption, setting: Value | undefined): void {
  if (option === 'helmet') return write(options, option, setting)
  const config = options.properties.get('config')
  const copy = objectValue(config?.at ?? options.at)
  if (config?.kind === 'object') {
    for (const [name, one] of config.properties) copy.properties.set(name, one)
    for (const [name, at] of config.writtenAt) copy.writtenAt.set(name, at)
    copy.isOpen = config.isOpen
  }
  write(copy, option, setting)
  options.properties.set('config', copy)
}

function write({ properties }: ObjectValue, name: string, value: Value | undefined): void {
  if (value === undefined) properties.delete(name)
  else properties.set(name, value)
}

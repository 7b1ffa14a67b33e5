// Plugins of packages: what the registry knows of them stands on the context that registers them, and what they decorate is there.
import { limitHookOf } from '../link/hooks.js'
import type { CallSite, Machine } from '../link/machine.js'
import { isOwnPackage } from '../link/ownPackages.js'
import { versionAbove, type Version } from '../link/packageVersions.js'
import { addGap, record } from '../link/records.js'
import type { CallRecord, PackageValue, ResultValue, Value } from '../link/value.js'
import { environmentVariable, packageValue, resultValue } from '../link/values.js'
import type { Location } from '../text/location.js'
import { addBroughtRoutes, bringsRoutes } from './fastifyBroughtRoutes.js'
import { type Context, decorate } from './fastifyContexts.js'
import { addLayer } from './fastifyEntries.js'
import { keepHelmet } from './fastifyHelmetReplies.js'
import { keepOptions } from './fastifyLimitHooks.js'
import { isEarlyHelmet, routeOptionOf } from './fastifyRouteOptions.js'
import { effectOf } from './knownPackages.js'
import { noteRegistrar } from './routeRegistrars.js'

/** True for what a package exports, or what a call of it returned. */
export function isPlugin(value: Value): value is PackageValue | ResultValue {
  return packageBehind(value) !== null
}

/** A package's plugin on a context. All that are in the registry share the context of whoever registers them. */
export function loadPackage(
  machine: Machine,
  site: CallSite,
  context: Context,
  plugin: PackageValue | ResultValue,
  options: Value,
  call: CallRecord,
): void {
  const origin = packageBehind(plugin)
  if (origin === null) return
  const effect = effectOf(origin.package, origin.path)
  const made = record(machine, site.frame, {
    // A place of its own: the index of calls keeps only so many of one, and `register` stands there already.
    at: { ...site.at },
    callee: origin,
    receiver: context.value,
    args: call.args.length > 1 ? [options] : [],
    argsAt: call.argsAt.slice(1, 2),
    isNew: false,
    isWrite: false,
    isAwaited: call.isAwaited,
    argumentsFrom: 1,
  })
  if (!noteRegistrar(machine, context.value.scope, site.at, origin) && effect === null)
    addGap(machine, context.value.scope, {
      at: site.at,
      why: `${origin.package} is registered`,
      isBlind: isOwnPackage(machine.world.packages, origin.package),
      package: origin.package,
    })
  // Whoever comes second decorates nothing. What is decorated has the place of this one registration.
  const version = versionAbove(machine.world.packages, site.at.file, origin.package)
  const option = routeOptionOf(origin.package, version)
  for (const [name, value] of decoratorsOf(made.at, origin, options)) {
    if (context.value.properties.has(name)) continue
    decorate(machine, context, name, value)
    if ((option === 'rateLimit' || name === 'auth') && value.kind === 'package') keepOptions(value, options)
  }
  if (option !== null) context.perRoute.push({ option, call: made, hooksBefore: context.onRoute.length })
  if (option === 'helmet') keepHelmet(machine, made)
  if (bringsRoutes(origin.package)) return addBroughtRoutes(machine, site, context, origin, options, { made, registered: call })
  if (effect?.kind !== 'middleware factory' || effect.capabilities.length === 0 || onlyDecorates(options, origin.package, version)) return
  const handlers = [{ value: resultValue(site.at, made), at: site.at }]
  const hooks = option === 'rateLimit' ? { hooks: [limitHookOf(options)] } : {}
  addLayer(
    machine,
    site,
    context,
    option === 'rateLimit' ? 'onRoute' : 'onRequest',
    handlers,
    call,
    option === null ? {} : { option, ...hooks },
  )
}

/**
 * Helmet and limits are on the routes that ask for them alone where `global` is false, and bearer tokens are asked for by nobody where `addHook` is.
 * The first plugins for helmet pass over `global` and set their headers on everything.
 */
function onlyDecorates(options: Value, packageName: string, version: Version | null): boolean {
  const names = isEarlyHelmet(packageName, version) ? ['addHook'] : ['global', 'addHook']
  return options.kind === 'object' && names.some((name) => isLiteral(options.properties.get(name), false))
}

function packageBehind(value: Value): PackageValue | null {
  let root = value
  while (root.kind === 'result') root = root.call.callee
  return root.kind === 'package' ? root : null
}

function isLiteral(value: Value | undefined, wanted: string | boolean): boolean {
  return value?.kind === 'literal' && value.value === wanted
}

/** What a plugin adds to the instance, by package. */
const DECORATORS: Readonly<Record<string, readonly string[]>> = {
  'rate-limit': ['rateLimit', 'createRateLimit'],
  'csrf-protection': ['csrfProtection'],
  jwt: ['jwt'],
  auth: ['auth', 'verifyJWTandLevel'],
  'basic-auth': ['basicAuth'],
  'bearer-auth': ['verifyBearerAuth', 'verifyBearerAuthFactory'],
  sensible: ['httpErrors', 'to', 'assert'],
  awilix: ['diContainer'],
  cookie: ['parseCookie', 'signCookie', 'unsignCookie', 'serializeCookie'],
  'under-pressure': ['memoryUsage', 'isUnderPressure'],
}

function decoratorsOf(at: Location, plugin: PackageValue, options: Value): readonly (readonly [string, Value])[] {
  const short = shortName(plugin.package)
  if (short === 'env') {
    const key = options.kind === 'object' ? options.properties.get('confKey') : undefined
    return [[key?.kind === 'literal' ? String(key.value) : 'config', environmentVariable(at, '*')]]
  }
  return (DECORATORS[short] ?? []).map((name) => [name, packageValue(at, `@fastify/${short}`, [name])])
}

/** `@fastify/helmet` and the older `fastify-helmet` are `helmet`. */
export function shortName(name: string): string {
  return name.replace(/^(?:@fastify\/|fastify-)/, '')
}

// What calls on a Nest application do: settings, global enhancers, middleware, and the start at which routes are registered.
import type { CallSite, Machine } from '../link/machine.js'
import { isAtLeast, versionAbove } from '../link/packageVersions.js'
import { defer } from '../link/promises.js'
import { recordCall } from '../link/records.js'
import { moveBefore } from '../link/registrations.js'
import type { CallRecord, ScopeValue, Value } from '../link/value.js'
import { literal, memberValue, resultValue, undefinedAt } from '../link/values.js'
import type { Entry } from '../model/model.js'
import { isPathLike, pathsOf } from './expressArguments.js'
import { methodsOf, VERBS } from './expressMethods.js'
import { register } from './expressRegistration.js'
import { changeSetting } from './expressSettings.js'
import { initialise } from './nestBoot.js'
import { resolveToken } from './nestProviders.js'
import { ENHANCER_KINDS, isRawInstance, rawInstance, type EnhancerKind, type NestApplication } from './nestState.js'
import { madeByPackage, propertyOf } from './nestValues.js'

const GLOBALS: Readonly<Record<string, EnhancerKind>> = {
  useGlobalGuards: 'guard',
  useGlobalInterceptors: 'interceptor',
  useGlobalPipes: 'pipe',
  useGlobalFilters: 'filter',
}

/** A method of the application; null for those that mean nothing here. */
export function callApplication(
  machine: Machine,
  site: CallSite,
  app: NestApplication,
  value: ScopeValue,
  name: string,
  args: readonly Value[],
): Value | null {
  const note = (): CallRecord => recordCall(machine, site, { callee: memberValue(site.at, value, name), receiver: value, args })
  if (isRawInstance(value) && VERBS.has(name) && args.length > 1) {
    register(machine, site, app.scope, 'route', pathsOf(args[0]), methodsOf(name), args.slice(1), site.argsAt.slice(1), note())
    return value
  }
  const kind = GLOBALS[name]
  if (kind !== undefined) {
    note()
    // What comes after the start has no effect (domain fact K31).
    if (!app.isInitialised)
      args.forEach((one, index) => app.globals[kind].push({ value: one, at: site.argsAt[index] ?? one.at, module: null }))
    return value
  }
  switch (name) {
    case 'use': {
      const call = note()
      const hasPath = args.length > 0 && isPathLike(args[0] as Value, args.length)
      const rest = hasPath ? args.slice(1) : args
      const from = app.scope.entries.length
      register(
        machine,
        site,
        app.scope,
        'layer',
        hasPath ? pathsOf(args[0]) : [''],
        [],
        rest,
        hasPath ? site.argsAt.slice(1) : site.argsAt,
        call,
      )
      // Fastify asks middleware of the application before its routes also where it comes after them (domain fact A20).
      if (app.isInitialised && app.platform === 'fastify') moveBefore(machine, app.scope, from, isOfController)
      return value
    }
    case 'setGlobalPrefix':
      note()
      app.prefix = { path: args[0] ?? undefinedAt(site.at), excluded: propertyOf(args[1], 'exclude') ?? null }
      return value
    case 'enableVersioning':
      note()
      app.versioning = args[0] ?? undefinedAt(site.at)
      return value
    case 'enableCors':
      // On Express the routes stand in front of what comes after the start (domain fact B17).
      if (app.isInitialised && app.platform === 'express') note()
      else addCors(machine, site, app, args[0], note())
      return value
    case 'useSecurityHeaders': {
      const call = note()
      if (!hasSecurityHeaders(machine, site)) return value
      // The same headers, and options of the same names, as helmet has (domain fact A21).
      addMade(machine, site, app, 'helmet', [], args, call)
      return value
    }
    case 'useStaticAssets':
      addMade(machine, site, app, 'express', ['static'], args, note())
      return value
    case 'connectMicroservice':
      note()
      connectMicroservice(app, args[1])
      return value
    case 'register':
      return app.raw === null || app.platform !== 'fastify'
        ? null
        : (machine.run.callMethod(machine, site, app.raw, 'register', args), value)
    case 'get':
    case 'resolve': {
      if (args[0] === undefined) return null
      note()
      return resolveToken(machine, site, app, app.modules[0] ?? null, args[0])
    }
    case 'select':
    case 'useLogger':
    case 'flushLogs':
    case 'useWebSocketAdapter':
    case 'enableShutdownHooks':
    case 'enableCsrfProtection':
    case 'setViewEngine':
    case 'setBaseViewsDir':
    case 'useBodyParser':
    case 'setLocal':
      note()
      return value
    case 'getHttpAdapter':
    case 'getInstance':
      note()
      return name === 'getInstance' && app.raw !== null ? app.raw : rawInstance(value)
    case 'set':
    case 'enable':
    case 'disable': {
      note()
      const key = args[0]
      if (key?.kind === 'literal')
        changeSetting(machine, site, app.scope, {
          name: String(key.value),
          value: name === 'set' ? (args[1] ?? undefinedAt(site.at)) : literal(site.at, name === 'enable'),
        })
      return value
    }
    case 'init':
    case 'listen':
    case 'startAllMicroservices': {
      const call = note()
      initialise(machine, app)
      for (const arg of args)
        if (arg.kind === 'function') defer(machine, () => void machine.run.call(machine, { ...site, isAwaited: true }, arg, null, []))
      return name === 'init' ? value : resultValue(site.at, call)
    }
    default:
      return null
  }
}

function isOfController({ mounted }: Entry): boolean {
  return mounted?.framework === 'nest'
}

/** Nest has them from 12.1 on (domain fact A21). */
function hasSecurityHeaders(machine: Machine, { at }: CallSite): boolean {
  const version = versionAbove(machine.world.packages, at.file, '@nestjs/core')
  return version === null || isAtLeast(version, [12, 1, 0])
}

/** Its handlers are registered at once, unless that is put off. */
function connectMicroservice(app: NestApplication, options: Value | undefined): void {
  const isLater = isTrue(propertyOf(options, 'deferInitialization'))
  const counts = ENHANCER_KINDS.map((kind) => [kind, isLater ? Infinity : app.globals[kind].length] as const)
  app.connected.push({
    inherits: isTrue(propertyOf(options, 'inheritAppConfig')),
    handedOver: Object.fromEntries(counts) as Record<EnhancerKind, number>,
  })
}

/** On Express Nest enables CORS with the package cors, on Fastify with @fastify/cors (domain fact B16). */
export function addCors(machine: Machine, site: CallSite, app: NestApplication, options: Value | undefined, call: CallRecord | null): void {
  if (options?.kind === 'literal' && options.value === false) return
  const given = options === undefined || options.kind === 'literal' ? [] : [options]
  addMade(machine, site, app, app.platform === 'fastify' ? '@fastify/cors' : 'cors', [], given, call)
}

/** A layer that Nest itself makes with a package. */
function addMade(
  machine: Machine,
  site: CallSite,
  app: NestApplication,
  name: string,
  path: readonly string[],
  args: readonly Value[],
  call: CallRecord | null,
): void {
  const layer = madeByPackage(machine, site, site.at, name, path, args, app.value)
  const made = call ?? (layer.kind === 'result' ? layer.call : null)
  if (made !== null) register(machine, site, app.scope, 'layer', [''], [], [layer], [site.at], made)
}

function isTrue(value: Value | undefined): boolean {
  return value?.kind === 'literal' && value.value === true
}

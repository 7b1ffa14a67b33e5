// The start of a Nest application: what `create` makes, and what `init` or `listen` registers.
import type { CallSite, Machine } from '../link/machine.js'
import { versionAbove } from '../link/packageVersions.js'
import { snapshot } from '../link/records.js'
import { registerIn } from '../link/registrations.js'
import type { ScopeValue, Value } from '../link/value.js'
import { literal } from '../link/values.js'
import type { Scope } from '../model/model.js'
import { classDecorator } from './nestDecorators.js'
import { makeRoot } from './fastifyContexts.js'
import { loadConfiguration } from './nestConfiguration.js'
import { newScope } from '../link/newScope.js'
import { entryOf } from './nestEntries.js'
import { applicationEnhancers } from './nestEnhancers.js'
import { configureMiddleware } from './nestMiddleware.js'
import { scanModules } from './nestModules.js'
import { make, resolveToken } from './nestProviders.js'
import { addGlobalFilters } from './nestFilters.js'
import { addRoutes } from './nestRoutes.js'
import { makeIdleLimits } from './nestThrottling.js'
import { ENHANCER_KINDS, keep, type Enhancer, type EnhancerKind, type NestApplication, type Platform } from './nestState.js'
import { Table } from '../link/table.js'

const NEWEST = 12
const started = new WeakMap<Machine, NestApplication[]>()

/** The application that was made last. */
export function latestApplication(machine: Machine): NestApplication | null {
  return started.get(machine)?.at(-1) ?? null
}

/** Makes an application: its modules are read, and its providers made. */
export function createApplication(
  machine: Machine,
  site: CallSite,
  kind: NestApplication['kind'],
  root: Value,
  adapter: Value | undefined,
): NestApplication {
  const scopeKind: Scope['kind'] = kind === 'http' ? 'app' : kind === 'microservice' ? 'gateway' : 'module'
  const scope = newScope(machine, 'nest', scopeKind, site.at)
  const platform = platformOf(adapter)
  const value: ScopeValue = { kind: 'scope', at: site.at, scope, properties: new Table() }
  const app: NestApplication = {
    scope,
    value,
    site: { ...site, isAwaited: true },
    guards: snapshot(machine.guards, 'guards', machine),
    stack: snapshot(machine.stack, 'stack', machine),
    isOff: machine.offDepth > 0,
    kind,
    root,
    platform,
    major: versionAbove(machine.world.packages, site.at.file, '@nestjs/core')?.major ?? NEWEST,
    modules: [],
    modulesByKey: new Map(),
    globals: { guard: [], interceptor: [], pipe: [], filter: [] },
    middleware: [],
    throttling: null,
    configuration: new Map(),
    modulePrefixes: new Map(),
    prefix: null,
    versioning: null,
    raw: rawOf(machine, site, platform, adapter),
    connected: [],
    fieldEnhancers: new Set(),
    graphs: [],
    isInitialised: false,
  }
  keep(app)
  started.set(machine, [...(started.get(machine) ?? []), app])
  scope.settings.push({
    name: 'platform',
    value: literal(site.at, kind === 'microservice' ? 'microservice' : platform),
    at: site.at,
    guards: [],
  })
  // Fastify names itself nowhere (domain fact A4).
  if (platform === 'fastify') scope.settings.push({ name: 'x-powered-by', value: literal(site.at, false), at: site.at, guards: [] })
  scanModules(machine, app)
  const metadata = app.modules[0]?.target == null ? undefined : classDecorator(app.modules[0].target, /^Module$/)?.args[0]
  if (metadata !== undefined) scope.settings.push({ name: 'module', value: metadata, at: metadata.at, guards: [] })
  loadConfiguration(machine, app)
  for (const module of app.modules) {
    for (const provider of module.providers) if (provider.how !== 'value') make(machine, app.site, app, provider)
    for (const { target } of module.controllers) resolveToken(machine, app.site, app, module, target)
  }
  return app
}

/** Registers middleware, routes and filters, once. */
export function initialise(machine: Machine, app: NestApplication): void {
  if (app.isInitialised || app.kind === 'context') return
  app.isInitialised = true
  const handedOver = Object.fromEntries(ENHANCER_KINDS.map((kind) => [kind, app.globals[kind].splice(0)])) as Record<
    EnhancerKind,
    Enhancer[]
  >
  applicationEnhancers(machine, app)
  for (const kind of ENHANCER_KINDS) app.globals[kind].push(...handedOver[kind])
  mountRaw(machine, app)
  runHooks(machine, app, 'onModuleInit')
  configureMiddleware(machine, app, (module) =>
    module.target === null ? null : resolveToken(machine, app.site, app, module, module.target),
  )
  addRoutes(machine, app)
  makeIdleLimits(machine, app)
  addGlobalFilters(machine, app)
  runHooks(machine, app, 'onApplicationBootstrap')
}

/** Applications that nobody started: exported ones, and those that something unknown starts. True where there was one. */
export function initialiseRest(machine: Machine): boolean {
  const rest = (started.get(machine) ?? []).filter((app) => !app.isInitialised && app.kind !== 'context')
  for (const app of rest) initialise(machine, app)
  return rest.length > 0
}

/** The instance that an adapter is given; on Fastify else the one that it makes. */
function rawOf(machine: Machine, site: CallSite, platform: Platform, adapter: Value | undefined): ScopeValue | null {
  const given = adapter?.kind === 'result' ? adapter.call.args[0] : undefined
  if (given?.kind === 'scope') return given
  return platform === 'fastify' ? makeRoot(machine, site.at, given) : null
}

/** Hooks, plugins and middleware of the instance stand in front of every route, and its settings are those of the application. */
function mountRaw(machine: Machine, app: NestApplication): void {
  if (app.raw === null) return
  for (const framework of machine.frameworks) framework.awaitScope?.(machine, app.raw)
  const { at } = app.raw
  const mounted = app.raw.scope
  app.scope.settings.push(...mounted.settings)
  const mount = entryOf(machine, app, {
    kind: 'mount',
    at,
    scope: app.scope,
    path: '',
    methods: [],
    handlers: [],
    handlersAt: [at],
    mounted,
    call: null,
  })
  registerIn(machine, app.scope, 'entries', mount)
  registerIn(machine, mounted, 'mounts', mount)
}

function runHooks(machine: Machine, app: NestApplication, name: string): void {
  for (const module of app.modules) {
    for (const provider of module.providers) {
      const instance = provider.made
      if (provider.how !== 'class' || instance?.kind !== 'object' || instance.instanceOf === null) continue
      const method = machine.run.getMember(machine, app.site, instance, name)
      if (method.kind === 'function') machine.run.call(machine, app.site, method, instance, [])
    }
  }
}

/** The platform below: Express unless an adapter says otherwise (domain facts 0.4, A4). */
function platformOf(adapter: Value | undefined): Platform {
  if (adapter === undefined || adapter.kind === 'literal' || (adapter.kind === 'object' && adapter.role === 'plain')) return 'express'
  const callee = adapter.kind === 'result' ? adapter.call.callee : adapter.kind === 'object' ? adapter.external : adapter
  const name = callee?.kind === 'package' ? callee.path.at(-1) : undefined
  if (name === 'FastifyAdapter') return 'fastify'
  return name === 'ExpressAdapter' ? 'express' : 'unknown'
}

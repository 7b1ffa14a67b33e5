// Packages that register routes on an application which they are handed: what they register stands in contracts, documents or decorators that nobody read.
import type { Machine } from '../link/machine.js'
import { addGap } from '../link/records.js'
import type { PackageValue, Value } from '../link/value.js'
import type { Scope } from '../model/model.js'
import type { Location } from '../text/location.js'
import { effectOf, packageNameOf, pathText, withoutInterop } from './knownPackages.js'

/** What is not seen of a scope that a package received: `routes` alone, or `all`, where it brings layers and a handler of errors too. */
type Unseen = 'routes' | 'all'

/** Packages that are known to register routes, with what else they register. Those whose routes are read stand here for what of them is not. */
const REGISTRARS: Readonly<Record<Unseen, ReadonlySet<string>>> = {
  routes: new Set(
    `@ts-rest/express @ts-rest/fastify swagger-routes-express @decorators/express ts-express-decorators express-restify-mongoose
    express-group-routes express-routes-loader express-file-routing express-crud-router express-sequelize-crud finale-rest epilogue
    fastify-decorators fastify-openapi-glue fastify-crud-generator @fastify/nextjs swagger-node-express typescript-rest
    express-openapi-connector openapi-routes-express @connectrpc/connect-express @connectrpc/connect-fastify exegesis-express parse-server
    json-server @feathersjs/express express-automatic-routes express-fs-router awilix-express`.split(/\s+/),
  ),
  all: new Set(
    `routing-controllers express-zod-api express-openapi payload swagger-tools swagger-express-mw oas-tools @oas-tools/core @tsed/common
    @overnightjs/core inversify-express-utils @loopback/rest @zodios/express`.split(/\s+/),
  ),
}

/** Of these only some exports register anything. */
const EXPORTS: Readonly<Record<string, RegExp>> = {
  '@ts-rest/express': /^createExpressEndpoints$/,
  '@ts-rest/fastify': /\.(registerRouter|plugin\(\))$/,
  '@connectrpc/connect-express': /^expressConnectMiddleware/,
  '@connectrpc/connect-fastify': /^fastifyConnectPlugin$/,
  '@feathersjs/express': /^rest\b/,
  'json-server': /^router\b/,
  'exegesis-express': /^middleware\b/,
  'parse-server': /^(?:ParseServer)?(?:\(\)(?:\.app)?)?$/,
  'awilix-express': /^(?:loadControllers|controller)\b/,
  '@zodios/express': /^(zodiosNextApp|zodiosNextRouter)$/,
}

/** What a package that nobody listed tells by its name, or by the name of what is called. */
const REGISTERING =
  /(?:^|[^a-z])(?:routes?|routers?|routing|controllers?|endpoints?|openapi|swagger|restful|rest|crud|resources?|admin|rpc|graphql)(?:[^a-z]|$)/
const LOOKING =
  /(?:^|[^a-z])(?:list|lists|print|printer|log|logs|logger|logging|debug|inspect|show|dump|stats|metrics?|prom|prometheus|trac\w*|otel|telemetry|sentry|apm|monitor\w*|health|probes?|shutdown|terminat\w*|test|tests|testing|mock|cache|limit\w*|auth\w*|guard|validat\w*|cors|ui|docs?)(?:[^a-z]|$)/

/** What a call of a package's export may register on what it is handed; null where it registers no routes. */
function unseenBehind(origin: PackageValue): Unseen | null {
  const known = knownUnseen(origin)
  if (known !== undefined) return known
  if (effectOf(origin.package, origin.path) !== null) return null
  const words = inWords(`${origin.package} ${pathText(origin.path)}`)
  return REGISTERING.test(words) && !LOOKING.test(words) ? 'routes' : null
}

function knownUnseen({ package: name, path }: PackageValue): Unseen | null | undefined {
  const base = packageNameOf(name)
  for (const unseen of ['all', 'routes'] as const)
    if (REGISTRARS[unseen].has(base)) return (EXPORTS[base]?.test(pathText(withoutInterop(path))) ?? true) ? unseen : null
  return undefined
}

/** `createExpressEndpoints` → `create express endpoints`. */
function inWords(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

/** Notes that a package registered what nobody read. False where it does not register routes. */
export function noteRegistrar(machine: Machine, scope: Scope, at: Location, origin: PackageValue): boolean {
  const unseen = unseenBehind(origin)
  if (unseen !== null) noteUnseen(machine, scope, at, origin.package, unseen)
  return unseen !== null
}

/** Notes what a package brings to a scope without a word of it in the project. */
export function noteUnseen(machine: Machine, scope: Scope, at: Location, packageName: string, unseen: Unseen): void {
  const name = packageNameOf(packageName)
  const why = `${name} registers ${unseen === 'all' ? 'routes and layers' : 'routes'} that are not read`
  addGap(machine, scope, { at, why, isBlind: unseen === 'all', package: name, hidesRoutes: true })
}

/** The same for a layer of a package that is known to have routes of its own. Any other layer is an entry, and hides nothing that is not said there. */
export function noteRoutingLayer(machine: Machine, scope: Scope, at: Location, layer: Value): void {
  const origin = packageBehind(layer)
  if (origin === null) return
  const options = layer.kind === 'result' ? layer.call.args[0] : undefined
  const isServing =
    packageNameOf(origin.package) === 'express-openapi-validator' &&
    options?.kind === 'object' &&
    options.properties.has('operationHandlers')
  const unseen = isServing ? 'routes' : (knownUnseen(origin) ?? null)
  if (unseen !== null) noteUnseen(machine, scope, at, origin.package, unseen)
}

/** The package whose export a value is, or was made by, with the way there. */
export function packageBehind(value: Value): PackageValue | null {
  const steps: string[] = []
  for (let root = value; steps.length < 8;) {
    if (root.kind === 'package') return steps.length === 0 ? root : { ...root, path: [...root.path, ...steps.reverse()] }
    steps.push(root.kind === 'member' ? root.name : '()')
    if (root.kind === 'member') root = root.object
    else if (root.kind === 'result') root = root.call.callee
    else return null
  }
  return null
}

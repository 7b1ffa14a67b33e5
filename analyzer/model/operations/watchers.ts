// What watches a process: packages that collect its errors, count what it does, and tell its requests apart.
import type { Problem } from '../../check/rule.js'
import { packageNameOf } from '../../frameworks/knownPackages.js'
import type { CallRecord, Value } from '../../link/value.js'
import { loadedPackages } from '../loadedPackages.js'
import type { App, Confidence, ProjectModel } from '../model.js'
import { loggingGap } from '../logging/appLogging.js'
import { isOnExpress } from '../nestPlatform.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { productionCalls } from '../productionCalls.js'
import { runsIn, servingProcesses } from './processes.js'
import { broughtRoutesOf, routesOf } from '../queries.js'
import { recorded } from '../recorded.js'
import { registrationsOf } from '../registrations.js'
import { evidence } from '../relatedPlaces.js'
import { isRequest } from '../requests.js'
import { firstWithin } from '../search.js'
import { stringsOf } from '../values.js'
import type { Location } from '../../text/location.js'
import { packagesAbove } from '../versions.js'

export interface Unwatched {
  readonly app: App
  readonly confidence: Confidence
}

/** One problem for each process, at its application. */
export function* problemsOf(found: readonly Unwatched[]): Generator<Problem<'missing'>> {
  for (const { app, confidence } of found)
    yield {
      message: 'missing',
      at: app.at,
      data: { app: app.name },
      confidence,
      related: app.listeners.slice(0, 1).map(({ at }) => evidence(at, 'it listens here')),
    }
}

/** Agents that do all of it. */
const agents =
  /opentelemetry|^@?(sentry|bugsnag|rollbar|raygun|airbrake|honeybadger|appsignal|highlight-run|instana|dynatrace|atatus|scoutapm)\b|^(@?newrelic|dd-trace|@datadog|elastic-apm|applicationinsights|aws-xray|@google-cloud\/trace|@azure\/monitor|@vercel\/otel|@splunk\/otel|@grafana\/|@pm2\/io|@logtail\/|@axiomhq\/)|(^|[/-])(apm|otel)([/-]|$)/
const trackers = /sentry|bugsnag|\brollbar|raygun|airbrake|honeybadger|\braven\b|trackjs|glitchtip|error-reporting|posthog-node|stackify/
const counters =
  /prom-client|prom(etheus)?([/-]|$)|statsd|hot-shots|metrics|appmetrics|swagger-stats|status-monitor|apitally|client-cloudwatch$|influx/
const identifiers =
  /request-?id|correlation|cls-rtracer|nestjs-cls|cls-hooked|async_hooks|pino-http|nestjs-pino|express-pino|http-context|request-context|express-ctx|express-bunyan|zipkin/

/** What these services have for pages, builds and release notes: it watches no server. */
const besideServers =
  /(^|[/-])(cli|ci|browser|react(?!-router)|react-native|preact|vue|angular|svelte(?!kit)|solid|electron|source-?maps?|wizard|types|(webpack|vite|rollup|esbuild|babel|bundler)(-plugin\S*)?)([/-]|$)/

/** Processes whose errors nobody collects. */
export function untracked(model: ProjectModel): readonly Unwatched[] {
  return unwatched(model, (app) => !isInstalled(model, app, trackers))
}

/** Processes of which nobody counts requests, errors and times. */
export function uncounted(model: ProjectModel): readonly Unwatched[] {
  if (model.settings.gateway.includes('metrics')) return []
  return unwatched(model, (app) => {
    const routes = model.apps
      .filter(({ entry }) => entry === app.entry)
      .flatMap((one) => [...routesOf(model, one), ...broughtRoutesOf(model, one)])
    return (
      !isInstalled(model, app, counters) &&
      registrationsOf(model, app, 'metrics').length === 0 &&
      !routes.some(({ path }) => figures.test(path))
    )
  })
}

/** What stands below a resource (`/orders/stats`) speaks of that, and not of the process. */
const figures = /\/(metrics|prometheus)\/?$|^(\/(api|v\d+|internal|admin|system|monitor\w*|_\w+))*\/stats\/?$/

/** Processes on Express that log, and whose lines do not say to which request they belong. Fastify numbers its requests itself. */
export function unidentified(model: ProjectModel): readonly Unwatched[] {
  if (model.settings.gateway.includes('request-id')) return []
  return unwatched(
    model,
    (app) =>
      isOnExpress(app) &&
      (app.framework === 'nest' || loggingGap(model, app)?.gap !== 'none') &&
      !isInstalled(model, app, identifiers) &&
      registrationsOf(model, app, 'request-id').length === 0 &&
      identifying(model).length === 0,
  )
}

export type Watch = 'errors' | 'metrics' | 'requests'

/** Where the process of an application gets what watches it, as far as its code says: calls of packages, routes, ids. */
export function watchPlaces(model: ProjectModel, app: App, watch: Watch): readonly Location[] {
  const wanted = { errors: trackers, metrics: counters, requests: identifiers }[watch]
  // An agent may well leave lines of the log without an id.
  const all = installed(model, app)
  const names = [...all.filter((name) => wanted.test(name)), ...(watch === 'requests' ? [] : all.filter((name) => agents.test(name)))]
  const calls = [...new Set(names)].flatMap((name) => callsTo(model, name))
  if (watch === 'requests') calls.push(...identifying(model))
  const registered = watch === 'errors' ? [] : registrationsOf(model, app, watch === 'metrics' ? 'metrics' : 'request-id')
  return [
    ...registered.map(({ at }) => at),
    ...productionCalls(model, calls).flatMap((call) => (runsIn(model, call, app) ? [call.at] : [])),
  ]
}

function unwatched(model: ProjectModel, lacks: (app: App) => boolean): readonly Unwatched[] {
  return servingProcesses(model).flatMap((app): Unwatched[] =>
    isInstalled(model, app, agents) || !lacks(app)
      ? []
      : [{ app, confidence: app.scope.gaps.some(({ isBlind, hidesRoutes }) => isBlind || hidesRoutes === true) ? 'low' : 'medium' }],
  )
}

/** Loaded by the code, or a dependency that something outside of it loads: `node --require`. */
function isInstalled(model: ProjectModel, app: App, wanted: RegExp): boolean {
  return installed(model, app).some((name) => wanted.test(name) && !besideServers.test(name))
}

const installed = recorded((model, app: App): readonly string[] => [
  ...loadedPackages(model),
  ...packagesAbove(model, app.entry).flatMap(({ dependencies }) => Object.keys(dependencies).map(packageNameOf)),
])

const headers = /^(x-)?((request|correlation|trace|transaction|b3-trace|cloud-trace)-?(id|context)|traceparent|amzn-trace-id)$/i
const writes = /^(id|reqId|req_id|requestId|request_id|requestID|correlationId|traceId|transactionId|uuid)$/
const methods = /^(set|setHeader|header|get|append|appendHeader)$/

/** A request or an answer gets an id, or the id of whoever asks is read. */
const identifying = callsThat((call) => isIdentifying(call), {
  writes: (name) => writes.test(name),
  names: (name) => methods.test(name) || lines.test(name),
})

/** Loggers that are made for a request, and lines of a log. */
const lines = /^(child|setBindings|run|trace|debug|info|http|log|warn|error)$/

function isIdentifying({ callee, args, isWrite }: CallRecord): boolean {
  if (callee.kind !== 'member') return false
  if (isWrite) return writes.test(callee.name) && (callee.name !== 'id' || isRequest(callee.object))
  if (lines.test(callee.name)) return args.some(holdsIdentifier)
  return methods.test(callee.name) && stringsOf(args[0] ?? null).some((name) => headers.test(name))
}

/** `{ requestId: … }`, and any object with a header that tells requests apart: `{ id: req.headers['x-request-id'] }`. */
function holdsIdentifier(value: Value): boolean {
  if (value.kind !== 'object') return false
  return [...value.properties].some(
    ([name, one]) => told.test(name) || firstWithin(one, (part) => part.kind === 'member' && headers.test(part.name)) !== null,
  )
}

const told = /^(reqId|req_id|requestId|request_id|requestID|correlationId|traceId)$/

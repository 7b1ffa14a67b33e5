// Logins that leave no line in the log, whether they succeed or fail.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, Value } from '../../link/value.js'
import { loggingGap } from '../logging/appLogging.js'
import { conductOf } from '../conduct.js'
import { errorLayersOf } from '../errors/errorHandling.js'
import { logCallOf } from '../logging/logCalls.js'
import type { App, ProjectModel, Route } from '../model.js'
import type { Location } from '../../text/location.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { servingProcesses } from './processes.js'
import { linksWith, protectsRoute, routesOf } from '../queries.js'
import { isNext, isRequest, isResponse } from '../requests.js'
import { isCredentialRoute } from '../limits/routeCharacter.js'

export interface SilentLogins {
  readonly app: App
  readonly routes: readonly Route[]
}

/** Applications that have a logger, and whose logins certainly write nothing: neither they, nor what stands in front, nor what answers their errors. */
export function silentLogins(model: ProjectModel): readonly SilentLogins[] {
  if (model.settings.gateway.includes('logging')) return []
  return servingProcesses(model).flatMap((first) =>
    model.apps
      .filter(({ entry, kind }) => entry === first.entry && kind === 'server')
      .flatMap((app): SilentLogins[] => {
        if (app.framework !== 'nest' && loggingGap(model, app)?.gap === 'none') return []
        const logins = routesOf(model, app).filter((route) => route.method === 'POST' && isLogin(model, route))
        const routes = logins.filter((route) => isSilent(model, route))
        return routes.length > 0 && routes.length === logins.length ? [{ app, routes }] : []
      }),
  )
}

/** The routes of logins, each with the place of a line that it leaves; null where none was recognised. */
export function loginLines(model: ProjectModel, app: App): readonly { readonly route: Route; readonly at: Location | null }[] {
  return routesOf(model, app)
    .filter((route) => route.method === 'POST' && isLogin(model, route))
    .map((route) => {
      const line = route.chain
        .flatMap(({ value }) => functionsBehind(value))
        .flatMap((fn) => conductOf(model, fn).records)
        .find((record) => logCallOf(record) !== null)
      return { route, at: line?.at ?? linksWith(model, route, 'logging')[0]?.effect.at ?? null }
    })
}

function isLogin(model: ProjectModel, route: Route): boolean {
  return !route.entry.isOff && isCredentialRoute(model, route).kind === 'login'
}

function isSilent(model: ProjectModel, route: Route): boolean {
  if (!route.isComplete || protectsRoute(model, route, 'logging').answer !== 'no') return false
  const values = [...route.chain.map(({ value }) => value), ...errorLayersOf(model, route).map(({ link }) => link.value)]
  const functions = values.flatMap((value) => functionsBehind(value))
  const own = route.handler === null ? [] : functionsBehind(route.handler)
  return (
    own.length > 0 &&
    functions.every((fn) => {
      const { records, summary } = conductOf(model, fn)
      return !summary.isExhausted && records.every((record) => !mayLog(record))
    })
  )
}

const telling = /log|audit|event|emit|publish|track|notify|record|history|attempt|activity|capture|report|increment|metric/i
/** What is injected under these types stores and signs, and tells nobody. */
const storing = /(^|\.)(Repository|Model|JwtService|ConfigService|EntityManager|DataSource|Connection|Collection|HashService)$/

/** A call that writes a line, or may: by its name, or because nothing is known of what is called. */
function mayLog(record: CallRecord): boolean {
  if (record.isWrite) return false
  if (logCallOf(record) !== null) return true
  const { callee } = record
  if (globalOf(callee) !== null || isNext(callee)) return false
  const name = methodName(callee) ?? ''
  if (telling.test(name) && !/^(log_?in|logIn|login\w*|log_?out|logout\w*)$/i.test(name)) return true
  return originOf(callee) === null && isOpaque(rootOf(callee))
}

function rootOf(value: Value): Value {
  let root = value
  while (root.kind === 'member' || (root.kind === 'result' && !isRequest(root) && !isResponse(root)))
    root = root.kind === 'member' ? root.object : root.call.callee
  return root
}

function isOpaque(value: Value): boolean {
  if (value.kind === 'typed') return !storing.test(value.type.name)
  return value.kind === 'unknown' || (value.kind === 'parameter' && !isRequest(value) && !isResponse(value) && !isNext(value))
}

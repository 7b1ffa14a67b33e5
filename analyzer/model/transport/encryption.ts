// Whether the way between clients and an application is encrypted, as far as code and deployment files say, and who would suffer where it is not.
import { auxiliaryKind } from '../auxiliary.js'
import { deploymentSettings } from '../deployment/deploymentSettings.js'
import { identityCookies, type IdentityCookie } from '../sessions/identityCookies.js'
import type { App, Confidence, ProjectModel } from '../model.js'
import { methodName, originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { proxyPlatform } from './proxyPlatform.js'
import { protectsApp, servingApplications } from '../queries.js'
import { sessionApplication } from '../sessions/sessionApplications.js'
import { oneOf } from '../sorted.js'
import { hasProperty, numberOf, property } from '../values.js'
import type { Location } from '../../text/location.js'

export interface Encryption {
  readonly at: Location
  readonly note: string
}

/** Servers and proxies of the project that speak TLS, and what sends plain requests on to HTTPS. */
export function encryptionOf(model: ProjectModel, app: App): readonly Encryption[] {
  const redirect = protectsApp(model, app, 'https-redirect')
  const servers = secureServers(model).filter((call) => !call.isOff && model.serverFiles.has(call.at.file))
  const optioned = callsTo(model, '@nestjs/core', ['NestFactory', 'create']).filter(({ args }) =>
    args.some((arg) => arg.kind === 'object' && hasProperty(arg, 'httpsOptions') !== 'no'),
  )
  const proxies = model.deployment.flatMap(({ format, file, entries }) =>
    format === 'nginx'
      ? entries.filter(({ key, value }) => key.at(-1) === 'listen' && /\bssl\b/.test(value)).map(({ node }) => ({ file, fn: '', node }))
      : [],
  )
  return [
    ...[...servers, ...optioned].map(({ at }) => ({ at, note: 'a server with TLS' })),
    ...app.scope.settings.filter(({ name }) => name === 'https').map(({ at }) => ({ at, note: 'a server with TLS' })),
    ...proxies.map((at) => ({ at, note: 'a proxy with TLS' })),
    ...(redirect.answer === 'yes' && !redirect.isConditional
      ? redirect.looked.slice(0, 1).map((at) => ({ at, note: 'plain requests are sent on to HTTPS' }))
      : []),
  ]
}

const secureServers = callsThat(
  (call) =>
    /^(https|http2|spdy)$/.test(originOf(call.callee)?.package ?? '') && /^create(Secure)?Server$/.test(methodName(call.callee) ?? ''),
  { packages: oneOf(['https', 'http2', 'spdy']) },
)

export interface PlainHttp {
  /** The cookie that everybody on the way can read. */
  readonly cookie: IdentityCookie
  /** Where the port of plain HTTP is opened to everybody; null where nothing says so. */
  readonly port: Location | null
  readonly confidence: Confidence
}

/** Cookies of an application that nothing keeps on HTTPS: neither TLS nor a redirect, HSTS, a platform or the cookie itself. null where something does, or may. */
export function plainHttpOf(model: ProjectModel, app: App): PlainHttp | null {
  if (app.kind !== 'server' || auxiliaryKind(model, app) !== null) return null
  const cookie = identityCookies(model).find((one) => !one.call.isOff && isOfApp(model, one, app) && isPlain(one))
  if (cookie === undefined || encryptionOf(model, app).length > 0 || proxyPlatform(model, app) !== null) return null
  if (protectsApp(model, app, 'hsts').answer !== 'no' || protectsApp(model, app, 'https-redirect').answer !== 'no') return null
  const port = openPort(model, app)
  return { cookie, port, confidence: port === null ? 'low' : 'medium' }
}

function isPlain({ attributes }: IdentityCookie): boolean {
  return attributes.some(({ attribute, answer }) => attribute === 'secure' && answer === 'no')
}

function isOfApp(model: ProjectModel, cookie: IdentityCookie, app: App): boolean {
  if (cookie.setup !== null) return sessionApplication(model, cookie.setup) === app
  return servingApplications(model).length === 1
}

/** Port 80 of the machine: published by a compose file, or listened on. */
function openPort(model: ProjectModel, app: App): Location | null {
  const listener = app.listeners.find(({ args }) => args.some((arg) => numberOf(arg) === 80 || numberOf(property(arg, 'port')) === 80))
  const published = deploymentSettings(model, app).find(
    ({ path, value }) => /^services\.[^.]+\.ports\.\d+$/.test(path) && /^["']?(0\.0\.0\.0:)?80:/.test(value),
  )
  return listener?.at ?? published?.at ?? null
}

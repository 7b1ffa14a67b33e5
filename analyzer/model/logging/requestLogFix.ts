// Adds a log line for each request, with the project's logger where it has one that fits.
import type { Editor } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import { fastifyLogging } from './fastifyLogger.js'
import type { Location } from '../../text/location.js'
import type { App, ProjectModel } from '../model.js'
import { isCallTo } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { projectLogger, specifierFor } from './favouriteLogger.js'
import { loggersIn, type KnownLogger } from './projectLoggers.js'
import { possibleValues, stringsOf } from '../values.js'
import { versionOf } from '../versions.js'

const CREDENTIALS = `['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]']`

/** pino-http with redaction (domain fact E6), or morgan in front of a winston logger. */
export function logRequests(editor: Editor, model: ProjectModel, app: App): void {
  if (app.framework === 'fastify') return logWithFastify(editor, app)
  const { file } = app.at
  const here = loggersIn(model, file)[0]
  const logger = here ?? projectLogger(model, file)
  const name = (): string =>
    here?.name ??
    (logger?.module == null ? '' : editor.addImport(file, specifierFor(model, file, logger), logger.module.exported, logger.name))
  if (logger?.kind === 'winston') {
    const morgan = editor.addImport(file, 'morgan', 'default', 'morgan')
    editor.addMiddleware(app.scope, `${morgan}('combined', { stream: { write: (line) => ${name()}.info(line.trim()) } })`)
    editor.addDependency(file, 'morgan', '^1.12.1')
    return
  }
  const pinoHttp = editor.addImport(file, 'pino-http', 'pinoHttp', 'pinoHttp')
  const own =
    logger?.kind === 'pino' && isBefore(model, app, logger) && versionOf(model, file, 'pino') !== null ? `  logger: ${name()},\n` : ''
  const code = `${pinoHttp}({\n${own}  redact: ${CREDENTIALS},\n})`
  const morgan = morganOf(model, app)
  // Two lines for each request say no more than one.
  if (morgan === null) editor.addMiddleware(app.scope, code)
  else editor.replace(morgan, code)
  editor.addDependency(file, 'pino-http', '^11.0.0')
  editor.addDependency(file, 'pino', '^10.4.0')
}

/** Where morgan writes each request in production, and nothing decides whether it does; null where it does not, writes several lines, or more than pino-http would. */
function morganOf(model: ProjectModel, { scope }: App): Location | null {
  const places = scope.entries
    .filter(({ kind, isOff, guards, path }) => kind === 'layer' && !isOff && guards.length === 0 && path === '')
    .flatMap(({ handlers, handlersAt }) =>
      handlers.flatMap((one, index) =>
        one.kind === 'result' && isCallTo(one.call, 'morgan') ? [{ call: one.call, at: handlersAt[index] }] : [],
      ),
    )
  const [place, second] = places
  return place === undefined || second !== undefined || !isReplaceable(model, place.call) ? null : (place.at ?? null)
}

/** Its stream, the requests that it leaves out, and what the project makes of a request by tokens and formats of its own would be lost. */
function isReplaceable(model: ProjectModel, { args: [format, options] }: CallRecord): boolean {
  const namesGiven = (path: string): readonly string[] => callsTo(model, 'morgan', [path]).flatMap(({ args }) => stringsOf(args[0] ?? null))
  const [tokens, formats] = [namesGiven('token'), namesGiven('format')]
  const isKnown = (text: string): boolean => !formats.includes(text) && !tokens.some((name) => text.includes(`:${name}`))
  const values = format === undefined ? [] : possibleValues(format)
  return options === undefined && values.every((one) => one.kind === 'environment' || stringsOf(one).some(isKnown))
}

/** What is imported is there; a constant of the file has to stand in front of the application. */
function isBefore(model: ProjectModel, { scope: { at } }: App, { from, name }: KnownLogger): boolean {
  if (from !== null) return true
  const declared = model.bindings.find((one) => one.name === name && one.at.file === at.file && one.at.fn === '')
  return declared !== undefined && (at.fn !== '' || declared.at.node < at.node)
}

/** Its own logger writes method, URL and status of each request, and no headers (domain fact E6). */
function logWithFastify(editor: Editor, app: App): void {
  if (fastifyLogging(app) === 'requests') editor.setProperty(app.scope.at, 'disableRequestLogging', 'false')
  else editor.setProperty(app.scope.at, 'logger', 'true')
}

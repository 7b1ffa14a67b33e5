// Listeners for errors that nobody caught: the code that fixes write.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { loggerIn } from '../errors/loggerNames.js'
import { isNestCode, makeLogger } from '../logging/nestLogger.js'
import { fastifyLoggerName } from '../logging/fastifyLogger.js'
import { hasName } from '../fastifyFix.js'
import type { App, ProjectModel } from '../model.js'
import type { Location } from '../../text/location.js'
import type { ProcessListener } from './processErrors.js'
import { shutdowns } from './shutdown.js'
import { closeGracefully } from './shutdownFix.js'

/**
 * Puts a listener in front of a statement, which logs with the logger of the file and ends the process.
 * Where nothing closes a server of Fastify yet, what closes it hears of errors too: a listener beside it would end the process before it has closed.
 */
export function logUncaughtErrors(editor: Editor, model: ProjectModel, app: App, at: Location): void {
  const missing = shutdowns(model).find((one) => one.app === app && one.fault === 'missing')
  if (app.framework === 'fastify' && missing !== undefined && hasName(editor, app)) return closeGracefully(editor, missing)
  const known = loggerIn(model, at.file) ?? fastifyLoggerName(model, at)
  const logger = known ?? (isNestCode(model, at.file) ? makeLogger(editor, at.file) : 'console')
  const [parameters, what] = logger === 'console' ? ['error, origin', 'origin, error'] : ['error', 'error']
  editor.insertBefore(at, `process.on('uncaughtException', (${parameters}) => {\n  ${logger}.error(${what})\n  process.exit(1)\n})`)
}

/** Lets listeners end the process behind all that they do. */
export function exitAfterLogging(editor: Editor, listeners: readonly ProcessListener[]): void {
  for (const fn of new Set(listeners.map((one) => one.fn))) {
    const last = fn?.facts.body.at(-1)
    if (fn === null || last === undefined || last[0] === 'return') throw new FixRefused('no statement to follow')
    editor.insertAfter({ file: fn.source.file, fn: fn.facts.id, node: last[1] }, 'process.exit(1)')
  }
}

// Listeners for errors that nobody caught: the code that fixes write.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { loggerIn } from '../errors/loggerNames.js'
import { isNestCode, makeLogger } from '../logging/nestLogger.js'
import type { ProjectModel } from '../model.js'
import type { Location } from '../../text/location.js'
import type { ProcessListener } from './processErrors.js'

/** Puts a listener in front of a statement, which logs with the logger of the file and ends the process. */
export function logUncaughtErrors(editor: Editor, model: ProjectModel, at: Location): void {
  const known = loggerIn(model, at.file)
  const logger = known ?? (isNestCode(model, at.file) ? makeLogger(editor, at.file) : 'console')
  const what = logger === 'console' ? 'origin, error' : 'error'
  editor.insertBefore(at, `process.on('uncaughtException', (error, origin) => {\n  ${logger}.error(${what})\n  process.exit(1)\n})`)
}

/** Lets listeners end the process behind all that they do. */
export function exitAfterLogging(editor: Editor, listeners: readonly ProcessListener[]): void {
  for (const fn of new Set(listeners.map((one) => one.fn))) {
    const last = fn?.facts.body.at(-1)
    if (fn === null || last === undefined || last[0] === 'return') throw new FixRefused('no statement to follow')
    editor.insertAfter({ file: fn.source.file, fn: fn.facts.id, node: last[1] }, 'process.exit(1)')
  }
}

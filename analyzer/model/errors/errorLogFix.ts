// Logs an error that its answer no longer tells of: the code that fixes of several rules write.
import type { Editor } from '../../fix/fix.js'
import type { CallRecord, ParameterValue, Value } from '../../link/value.js'
import { inSameFunction, sameLocation } from '../../text/location.js'
import type { ErrorLeak } from './errorLeaks.js'
import { loggerIn } from './loggerNames.js'
import { fastifyLoggerName } from '../logging/fastifyLogger.js'
import { isNestCode, loggerField, makeLogger } from '../logging/nestLogger.js'
import { loggersIn } from '../logging/projectLoggers.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName } from '../origins.js'
import { isResponse } from '../requests.js'
import { valuesWithin } from '../search.js'

/** Writes the statement in front of the answer. Where the error says the status, what the client did wrong is no error of the server: parsers, validation and limits would fill its log. */
export function logError(editor: Editor, model: ProjectModel, leak: ErrorLeak): void {
  const logger = loggerName(editor, model, leak)
  const level = leak.isOfChecks && leak.status === 'client' && canWarn(model, leak, logger) ? 'warn' : 'error'
  const log = `${logger}.${level}(${leak.error.name})`
  const status = leak.status === 'any' ? statusText(editor, model, leak) : null
  editor.insertBefore(leak.at, status === null ? log : `if (${operand(status)} >= 500) ${log}`)
}

/** Code as a side of a comparison. */
export function operand(code: string): string {
  return /^[\w$.]+$/.test(code) ? code : `(${code})`
}

/** Code of a Nest application logs with Nest's Logger, which is made where the file has none. */
function loggerName(editor: Editor, model: ProjectModel, { at }: ErrorLeak): string {
  const known = loggerField(model, at) ?? loggerIn(model, at.file)
  return known ?? fastifyLoggerName(model, at) ?? (isNestCode(model, at.file) ? makeLogger(editor, at.file) : 'console')
}

/** Loggers that a project wrote may lack the level. */
function canWarn(model: ProjectModel, { at }: ErrorLeak, logger: string): boolean {
  return logger !== loggerIn(model, at.file) || loggersIn(model, at.file).some(({ name, kind }) => name === logger && kind !== 'own')
}

/** The status as the answer is given it, `err.status || 500`: what calls nothing and is no number may be asked twice. What a view is left may come before. */
export function statusText(editor: Editor, model: ProjectModel, { answer, at }: ErrorLeak): string | null {
  if (!inSameFunction(answer.at, at)) return null
  const setting = model.calls.findLast(
    (call) => setsStatus(call) && inSameFunction(call.at, at) && (answer.isWrite || call.order < answer.order) && hasGuardsOf(call, answer),
  )
  const [argAt] = setting?.argsAt ?? []
  const text = argAt === undefined ? '' : editor.text(argAt)
  return /[a-z]/i.test(text) && !/[()=`\n]|\b(?:await|yield)\b/.test(text) ? text : null
}

function setsStatus({ callee, isWrite }: CallRecord): boolean {
  return !isWrite && callee.kind === 'member' && /^(?:status|code)$/.test(callee.name) && isResponse(callee.object)
}

function hasGuardsOf(call: CallRecord, answer: CallRecord): boolean {
  return call.guards.every((guard) => answer.guards.some((one) => sameLocation(one.at, guard.at)))
}

/** True when the function that caught the error, the middleware that got it, or the one that answers with it logs it already. */
export function isLogged(model: ProjectModel, { error, at: place }: ErrorLeak): boolean {
  return [...model.calls, ...model.handovers].some(
    ({ at, callee, args, isWrite, isOff }) =>
      !isWrite &&
      !isOff &&
      (inSameFunction(at, error.fn) || inSameFunction(at, place)) &&
      (/^console\./.test(globalOf(callee) ?? '') ||
        /^(error|err|warn|fatal|critical|captureException|capture|logError)$/.test(
          callee.kind === 'function' ? callee.facts.name : (methodName(callee) ?? ''),
        )) &&
      args.some((arg) => holds(arg, error)),
  )
}

function holds(value: Value, error: ParameterValue): boolean {
  for (const one of valuesWithin(value)) if (one.kind === 'parameter' && one.role === 'error' && sameLocation(one.at, error.at)) return true
  return false
}

// Replaces what leaks of an error by a generic text and logs the error instead: the code that fixes of several rules write.
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { CallRecord, ParameterValue, Value } from '../../link/value.js'
import { comesAfter, inSameFunction, locationKey, sameLocation, type Location } from '../../text/location.js'
import type { ErrorLeak } from './errorLeaks.js'
import { hookOf } from './fastifyLeaks.js'
import { isLogged, logError, statusText } from './errorLogFix.js'
import { readsError, writtenPart } from './helperLeaks.js'
import { rewriteLocal } from './localLeakFix.js'
import type { ProjectModel } from '../model.js'
import { methodName } from '../origins.js'
import { possibleValues } from '../values.js'

/** Texts of the statuses that answers to errors have, as the standard names them. */
const PHRASES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

function genericText({ code }: ErrorLeak): string {
  return `'${PHRASES[code ?? 500] ?? 'Internal Server Error'}'`
}

/** Hides the errors of all these leaks. Texts of 4xx errors still pass where the answer's status is set before its body is made. */
export function hideErrors(editor: Editor, model: ProjectModel, leaks: readonly ErrorLeak[]): void {
  const logged: ParameterValue[] = []
  const rewritten = new Set<string>()
  for (const leak of leaks) {
    // What several handlers hand to one helper is written there once.
    const place = writtenPart(model, leak)
    const key = place === null ? '' : locationKey(place.at)
    if (place === null || !rewritten.has(key)) rewrite(editor, model, leak)
    rewritten.add(key)
    const isDone = isLogged(model, leak) || logged.some((one) => sameLocation(one.at, leak.error.at))
    if (isDone || !/^[\w$]+$/.test(leak.error.name)) continue
    logged.push(leak.error)
    logError(editor, model, leak)
  }
}

function rewrite(editor: Editor, model: ProjectModel, leak: ErrorLeak): void {
  const { how, part, answer, shownAs } = leak
  const generic = genericText(leak)
  const isOwn = inSameFunction(answer.at, leak.at)
  const isMadeAfter = isOwn && leak.at.node > answer.at.node
  const method = methodName(answer.callee)
  if (how.kind === 'property') {
    // Most engines throw at a name that they are not given.
    if (part === 'stack' && how.key === 'stack')
      return method === 'render' ? editor.setProperty(how.object, how.key, "''") : editor.removeProperty(how.object, how.key)
    // Beside the message a second generic text would say the same again, or contradict it.
    const isBeside = part === 'details' || /^(details?|stack|trace|cause|debug|info|meta|inner|original\w*|raw|full)$/i.test(how.key)
    if (isBeside && hasOthers(model, how.object)) return editor.removeProperty(how.object, how.key)
    if (method === 'render' && part === 'stack') return editor.setProperty(how.object, how.key, '{}')
    // Its template asks what it gets for properties.
    if (shownAs === 'property') return editor.setProperty(how.object, how.key, part === 'message' ? `{ message: ${generic} }` : '{}')
    // What is known to be meant for clients still goes to them.
    if (leak.arm !== null && inSameFunction(leak.arm, leak.at) && editor.text(leak.at).includes(editor.text(leak.arm))) {
      const code = isMadeAfter && isOnlyText(editor, leak, leak.arm) ? textFor(editor, model, leak, editor.text(leak.arm)) : generic
      return editor.replace(leak.arm, code === generic ? generic : `(${code})`)
    }
    const text = isList(editor.text(leak.at)) ? `[${generic}]` : generic
    return editor.setProperty(
      how.object,
      how.key,
      isMadeAfter ? textFor(editor, model, leak, valueText(editor, leak, how.key), text) : text,
    )
  }
  if (answer.isWrite && isOwn) return rewriteLocal(editor, model, leak, generic)
  // What a helper makes of the error holds more than the stack, which only leaves it.
  if (how.kind === 'argument' && how.made !== undefined && part === 'stack')
    return how.made.kind === 'property' ? editor.removeProperty(how.made.object, how.made.key) : editor.removeStatement(how.made.at)
  if (how.kind !== 'argument' || method === 'render' || method === 'write') throw new FixRefused('not known how to write this anew')
  if (!isOwn) {
    if (readsError(leak)) return rewriteInHelper(editor, model, leak)
    if (part !== 'message') throw new FixRefused('the helper expects an error')
    return editor.setArgument(how.call, how.index, generic)
  }
  if (isSentByErrorHandler(editor, model, leak)) return answerByStatus(editor, leak)
  const given = editor.text(leak.at)
  if (isObject(leak, how))
    return editor.setArgument(how.call, how.index, textFor(editor, model, leak, given, `{ error: ${genericText(leak)} }`))
  const code = textFor(editor, model, leak, given)
  editor.setArgument(how.call, how.index, method === 'json' || method === 'jsonp' ? `{ error: ${code} }` : code)
}

/** A helper that is handed a text in place of an error reads nothing of it, and one that asks what it is handed takes another arm: it is the helper that must not tell. */
function rewriteInHelper(editor: Editor, model: ProjectModel, leak: ErrorLeak): void {
  const { answer, part } = leak
  const place = writtenPart(model, leak)
  if (place === null) throw new FixRefused('not known where the helper writes it')
  if (part === 'stack') return editor.removeProperty(place.object, place.key)
  if (part !== 'message') throw new FixRefused('the helper expects an error')
  // What is made in front of the answer does not have its status yet.
  const response = comesAfter(place.at, answer.at) ? /^([\w$]+)\s*\.\s*(?:status|code)\(/.exec(editor.text(answer.at))?.[1] : undefined
  const generic = genericText({ ...leak, code: null })
  const given = valueText(editor, { ...leak, at: place.at }, place.key)
  editor.setProperty(place.object, place.key, response === undefined ? generic : `${response}.statusCode < 500 ? ${given} : ${generic}`)
}

/** What a helper made of the error, or an object that was made before: clients expect an object in its place, and a text would not be the JSON that its type says. */
function isObject({ answer }: ErrorLeak, { call, index, made }: Extract<ErrorLeak['how'], { kind: 'argument' }>): boolean {
  const given = sameLocation(call, answer.at) ? (answer.args[index] ?? null) : null
  return made !== undefined || (given !== null && possibleValues(given).every(({ kind }) => kind === 'object'))
}

/** `reply.code(500).send(error)` in an error handler of Fastify: what counts is the status of the error, which a text in its place would not have. */
function isSentByErrorHandler(editor: Editor, model: ProjectModel, { error, answer, at, status }: ErrorLeak): boolean {
  return (
    status === 'server' && methodName(answer.callee) === 'send' && editor.text(at) === error.name && hookOf(model, error) === 'errorHandler'
  )
}

function answerByStatus(editor: Editor, { error: { name }, answer }: ErrorLeak): void {
  const { file } = answer.at
  const status = editor.freeName(file, 'statusCode')
  const error = editor.isTypeScript(file) ? `(${name} as { statusCode?: number })` : name
  const reply = responseName(answer)
  if (reply === null) throw new FixRefused('the reply has no name')
  editor.insertBefore(answer.at, `const ${status} = ${error}.statusCode ?? 500`)
  editor.replace(answer.at, `${reply}.code(${status}).send(${status} < 500 ? ${name} : { error: 'Internal Server Error' })`)
}

/** True where the other arm says nothing of the error: `error instanceof Error ? error.message : 'Failed'` has texts for clients and others in one arm. */
function isOnlyText(editor: Editor, { at, error }: ErrorLeak, arm: Location): boolean {
  const rest = editor.text(at).replace(editor.text(arm), '')
  return !rest.split(/[^\w$.]+/).some((one) => one.startsWith(`${error.name}.`))
}

/** `messages: [error.message]`, of which clients expect a list. */
function isList(property: string): boolean {
  return /:\s*\[[^[\]]*\]$/.test(property)
}

function hasOthers(model: ProjectModel, at: Location): boolean {
  return model.objects.some((one) => one.kind === 'object' && sameLocation(one.at, at) && one.properties.size > 1)
}

/** The message itself where the status says that the client is at fault, a generic text otherwise. */
function textFor(editor: Editor, model: ProjectModel, leak: ErrorLeak, code: string, generic = genericText(leak)): string {
  if (leak.part !== 'message' || leak.status !== 'any') return generic
  const name = /^([\w$]+)\s*\./.exec(editor.text(leak.answer.at))?.[1]
  const response = name === responseName(leak.answer) ? name : returningReply(model, leak)
  const given = statusText(editor, model, leak)
  // A filter of Nest gets its response from the context: what it calls it is not known, and what it gives it as status is.
  const status = given !== null && /^[a-z_$][\w$]*$/i.test(given) ? given : response == null ? null : `${response}.statusCode`
  return status === null ? generic : `${status} < 500 ? ${code} : ${generic}`
}

/** The name of the reply where a handler of Fastify answers by what it returns; null where it has none. */
function returningReply(model: ProjectModel, { answer, at }: ErrorLeak): string | null {
  const facts = model.files.get(at.file)
  const last =
    facts?.kind === 'source' && hookOf(model, { fn: { ...at, node: 0 } }) !== null ? facts.functions[at.fn]?.parameters.at(-1) : undefined
  return last?.pattern[0] === 'name' && last.pattern[2] === responseName(answer) ? last.pattern[2] : null
}

/** `message: err.message` → `err.message`; a shorthand is its own value. */
function valueText(editor: Editor, leak: ErrorLeak, key: string): string {
  const text = editor.text(leak.at)
  const value = /^(?:[\w$]+|'[^']*'|"[^"]*")\s*:\s*([\s\S]+)$/.exec(text)?.[1]
  if (value === undefined && text !== key) throw new FixRefused('a property of another sort')
  return value ?? key
}

/** The name of the response at the root of a chain of calls. */
function responseName({ callee }: CallRecord): string | null {
  let root: Value = callee
  while (root.kind === 'member' || root.kind === 'result') root = root.kind === 'member' ? root.object : root.call.callee
  return root.kind === 'parameter' ? root.name : null
}

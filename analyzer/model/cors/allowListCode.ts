// The code of an allow-list of origins that the environment holds.
import type { Editor } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import type { CorsPolicy } from './corsPolicies.js'
import { hookOf } from '../errors/fastifyLeaks.js'
import type { ProjectModel } from '../model.js'
import { methodName } from '../origins.js'
import { stringOf } from '../values.js'
import { originList, originOption } from './originList.js'
import { requestPart } from '../requests.js'
import { inSameFunction } from '../../text/location.js'

/** The variable that holds the list unless the project has one. */
export const ORIGINS_VARIABLE = 'ALLOWED_ORIGINS'

/** False for servers of GraphQL that take no list, and where options of graphql-yoga stand already: an empty list within them lets everybody in. */
export function takesList({ source, options, isDefault }: CorsPolicy): boolean {
  return source !== 'graphql' || (options === null && !isDefault)
}

/**
 * Declares the list beside the first policy and lets all of them use it; those of other functions keep what they have.
 * With the variable unset nobody but the origins that are kept is let in. Answers false, having changed nothing, where a header cannot be replaced, or one of them takes no list.
 */
export function allowListed(
  editor: Editor,
  policies: readonly CorsPolicy[],
  variable: string,
  model: ProjectModel,
  kept: readonly string[] = [],
): boolean {
  const { calls } = model
  const [first] = policies
  if (first === undefined) return false
  const beside = policies.filter(({ at }) => inSameFunction(at, first.at))
  if (!beside.every(takesList)) return false
  if (beside.some((policy) => policy.source === 'header' && responseName(policy.call, calls) === null)) return false
  const isGraphql = beside.some(({ source }) => source === 'graphql')
  const top = beside.map(({ at }) => at).reduce((a, b) => (b.node < a.node ? b : a))
  const { file } = first.at
  const isHeader = beside.some(({ source }) => source === 'header')
  const list = originList(editor, model, top, variable, kept)
  if ((isHeader || isGraphql) && list.kind === 'function') return false
  const name = list.kind === 'list' ? list.name : originOption(editor, file, list.name)
  for (const policy of beside) {
    if (policy.source === 'header') replaceHeader(editor, model, policy.call, list.name)
    else if (policy.source === 'graphql')
      editor.setProperty(policy.call.at, 'cors', `${name}.length > 0 && { origin: ${name} }`, policy.call.argumentsFrom)
    // `NestFactory.create(AppModule, { cors: true })`
    else if (policy.options === null && editor.text(policy.call.at) === 'true') editor.replace(policy.call.at, `{ origin: ${name} }`)
    else
      editor.setProperty(
        policy.options?.at ?? policy.call.at,
        'origin',
        name,
        policy.options === null ? policy.call.argumentsFrom : undefined,
      )
  }
  editor.addEnvironmentExample(file, variable, 'Origins of the sites that may read responses, with commas between them.')
  return true
}

/** `res.header('Access-Control-Allow-Origin', …)` as a statement of its own comes to be sent to listed origins only. */
function replaceHeader(editor: Editor, model: ProjectModel, call: CallRecord, list: string): void {
  const response = responseName(call, model.calls) ?? 'res'
  const reflected = reflectedText(editor, call)
  if (reflected !== null) {
    const asked = editor.isTypeScript(call.at.file) ? `${reflected} ?? ''` : reflected
    return editor.replace(call.at, `if (${list}.includes(${asked})) ${editor.text(call.at)}`)
  }
  const origin = editor.freeName(call.at.file, 'requestOrigin')
  const request = requestName(model, call, response) ?? `${response}.${isReply(model, call) ? 'request' : 'req'}`
  const set = methodName(call.callee) ?? 'setHeader'
  editor.insertBefore(
    call.at,
    `const ${origin} = ${request}.headers.origin ?? ''\nif (${list}.includes(${origin})) ${response}.${set}('Access-Control-Allow-Origin', ${origin})`,
  )
  editor.removeStatement(call.at)
}

/** The request has a name where it comes in front of the response, in the same function. */
function requestName(model: ProjectModel, { at }: CallRecord, response: string): string | null {
  const facts = model.files.get(at.file)
  const parameters = facts?.kind === 'source' ? (facts.functions[at.fn]?.parameters ?? []) : []
  const index = parameters.findIndex(({ pattern }) => pattern[0] === 'name' && pattern[2] === response)
  const pattern = parameters[index - 1]?.pattern
  return pattern?.[0] === 'name' ? pattern[2] : null
}

/** The code of the origin that is sent back, where it is a name or a member that already holds the one of the request. */
function reflectedText(editor: Editor, { args, argsAt }: CallRecord): string | null {
  const [, at] = argsAt
  const text = at === undefined || requestPart(args[1] ?? null) !== 'headers' ? '' : editor.text(at)
  return /^[\w$]+(?:\.[\w$]+)*$/.test(text) ? text : null
}

/** The name of the response where the header is set by itself; null where more hangs on the call or comes with it. */
function responseName(call: CallRecord, calls: readonly CallRecord[]): string | null {
  const response = call.callee.kind === 'member' ? call.callee.object : null
  const isChained = calls.some(({ callee }) => callee.kind === 'member' && callee.object.kind === 'result' && callee.object.call === call)
  return isChained || response?.kind !== 'parameter' || stringOf(call.args[0] ?? null) === null ? null : response.name
}

/** True for what Fastify hands to hooks and handlers: it has other methods than a response of Node. */
function isReply(model: ProjectModel, { callee }: CallRecord): boolean {
  return callee.kind === 'member' && callee.object.kind === 'parameter' && hookOf(model, callee.object) !== null
}

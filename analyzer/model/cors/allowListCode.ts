// The code of an allow-list of origins that the environment holds.
import type { Editor } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import type { CorsPolicy } from './corsPolicies.js'
import { stringOf } from '../values.js'
import { inSameFunction } from '../../text/location.js'

/** The variable that holds the list unless the project has one. */
export const ORIGINS_VARIABLE = 'ALLOWED_ORIGINS'

/**
 * Declares the list beside the first policy and lets all of them use it; those of other functions keep what they have.
 * With the variable unset nobody is let in. `calls` are looked at for what hangs on a header that is replaced.
 * Answers false, having changed nothing, where a header cannot be replaced.
 */
export function allowListed(editor: Editor, policies: readonly CorsPolicy[], variable: string, calls: readonly CallRecord[]): boolean {
  const [first] = policies
  if (first === undefined) return false
  const beside = policies.filter(({ at }) => inSameFunction(at, first.at))
  if (beside.some((policy) => policy.source === 'header' && responseName(policy.call, calls) === null)) return false
  const top = beside.map(({ at }) => at).reduce((a, b) => (b.node < a.node ? b : a))
  const { file } = first.at
  const name = editor.freeName(file, 'allowedOrigins')
  editor.insertBefore(
    top,
    `const ${name} = (process.env.${variable} ?? '')\n  .split(',')\n  .map((origin) => origin.trim())\n  .filter(Boolean)`,
  )
  for (const policy of beside) {
    if (policy.source === 'header') replaceHeader(editor, policy.call, name, calls)
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
function replaceHeader(editor: Editor, call: CallRecord, list: string, calls: readonly CallRecord[]): void {
  const response = responseName(call, calls) ?? 'res'
  const origin = editor.freeName(call.at.file, 'requestOrigin')
  editor.insertBefore(
    call.at,
    `const ${origin} = ${response}.req.headers.origin ?? ''\nif (${list}.includes(${origin})) ${response}.setHeader('Access-Control-Allow-Origin', ${origin})`,
  )
  editor.removeStatement(call.at)
}

/** The name of the response where the header is set by itself; null where more hangs on the call or comes with it. */
function responseName(call: CallRecord, calls: readonly CallRecord[]): string | null {
  const response = call.callee.kind === 'member' ? call.callee.object : null
  const isChained = calls.some(({ callee }) => callee.kind === 'member' && callee.object.kind === 'result' && callee.object.call === call)
  return isChained || response?.kind !== 'parameter' || stringOf(call.args[0] ?? null) === null ? null : response.name
}

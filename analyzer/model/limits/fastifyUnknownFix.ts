// Puts the limit of a Fastify application in front of what answers unknown paths: the code that fixes write (domain fact C23).
import { unknownPathsOf } from '../../link/hookedRoutes.js'
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import { sameLocation } from '../../text/location.js'
import type { App } from '../model.js'
import type { UnlimitedUnknown } from './unlimitedUnknowns.js'

/** The statement that answers unknown paths as Fastify does, behind the limit of the instance called `name`. */
export function limitedAnswer(name: string): string {
  return `${name}.setNotFoundHandler({ preHandler: ${name}.rateLimit() }, (request, reply) => {
  reply.code(404).send({ message: \`Route \${request.method}:\${request.url} not found\`, error: 'Not Found', statusCode: 404 })
})`
}

/** True where the application answers unknown paths itself. */
export function answersUnknown(app: App): boolean {
  return unknownPathsOf(app).some(({ path, entry }) => path === '/*' && entry.call !== null)
}

/** Limits one answer: the handler that is there gets a hook in front, Fastify's own is written out behind the limiter. */
export function limitUnknown(editor: Editor, { handler, limiter }: UnlimitedUnknown): void {
  if (handler !== null) return limitHandler(editor, handler)
  const { call } = limiter
  const name = call === null ? null : receiverOf(editor, call)
  if (call === null || name === null) throw new FixRefused('the limiter has no name where it is registered')
  editor.insertAfter(call.at, call.isAwaited ? limitedAnswer(name) : `${name}.after(() => {\n${indented(limitedAnswer(name))}\n})`)
}

/** False where the limiter loads behind the call that sets the handler: it has nothing to give there. */
export function mayLimitUnknown({ handler, limiter }: UnlimitedUnknown): boolean {
  return handler === null || handler.order > limiter.order
}

/** Options that hold a limit already are somebody's decision. */
function limitHandler(editor: Editor, handler: CallRecord): void {
  const name = receiverOf(editor, handler)
  if (name === null) throw new FixRefused('the instance has no name where the handler is set')
  const [first] = handler.args
  const limit = `${name}.rateLimit()`
  if (first?.kind !== 'object') return editor.insertArgument(handler.at, 0, `{ preHandler: ${limit} }`)
  const isWritten = sameLocation(first.at, handler.argsAt[0] ?? handler.at)
  if (!isWritten || first.properties.has('preHandler')) throw new FixRefused('the options stand elsewhere, or have a hook already')
  editor.setProperty(handler.at, 'preHandler', limit)
}

/** The instance as the call names it: `app` in `app.register(…)`. */
function receiverOf(editor: Editor, { at }: CallRecord): string | null {
  return /^([\w$.]+)\s*\.\s*\w+\s*\(/.exec(editor.text(at))?.[1] ?? null
}

function indented(code: string): string {
  return code.replaceAll(/^/gm, '  ')
}

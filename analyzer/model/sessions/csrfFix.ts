// Has requests of other sites refused: the fixes.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import { sameLocation } from '../../text/location.js'
import { hasCrossOriginGuard } from './crossOriginGuard.js'
import type { App, ProjectModel, Route } from '../model.js'
import { callsThat } from '../perPart.js'
import { placesOf } from '../routePlaces.js'
import { oneOf } from '../sorted.js'
import { property } from '../values.js'

/** Browsers say whose page asked; clients that are none are let through. null where the installed Nest has no such check. */
export function crossOriginGuardFix(model: ProjectModel, app: App): Fix | null {
  if (!hasCrossOriginGuard(model, app)) return null
  return suggestion('Refuse requests of other sites', (editor) => {
    const name = editor.nameOf(app.scope)
    if (name === null) throw new FixRefused()
    editor.insertAfter(app.scope.at, `${name}.enableCsrfProtection()`)
  })
}

/** Puts the hook of @fastify/csrf-protection on the routes that it was meant for. null where nothing hands out tokens, since then every request would be refused, and where a route is not written as it usually is. */
export function csrfHookFix(model: ProjectModel, routes: readonly Route[]): Fix | null {
  if (tokens(model).length === 0) return null
  const all = registrations(model)
  const writes = placesOf(routes).map(({ at }) => writing(all.find((call) => sameLocation(call.at, at))))
  if (writes.some((write) => write === null)) return null
  return suggestion('Check a token on these routes', (editor) => {
    for (const write of writes) write?.(editor)
  })
}

const tokens = callsThat(({ callee, isWrite }) => !isWrite && callee.kind === 'member' && callee.name === 'generateCsrf', {
  names: oneOf(['generateCsrf']),
})

const METHODS = ['post', 'put', 'patch', 'delete', 'all', 'route']

const registrations = callsThat(({ callee, isWrite }) => !isWrite && callee.kind === 'member' && METHODS.includes(callee.name), {
  names: oneOf(METHODS),
})

/** `post(path, handler)`, `post(path, options, handler)` and `route(options)`. */
function writing(call: CallRecord | undefined): ((editor: Editor) => void) | null {
  if (call?.callee.kind !== 'member') return null
  const [first = null, second = null, third] = call.args
  const { at } = call
  if (call.callee.name === 'route')
    return first?.kind === 'object' && property(first, 'onRequest') === null
      ? (editor) => editor.setProperty(at, 'onRequest', hook(editor, call), 0)
      : null
  if (third === undefined)
    return second?.kind === 'function' ? (editor) => editor.insertArgument(at, 1, `{ onRequest: ${hook(editor, call)} }`) : null
  return second?.kind === 'object' && property(second, 'onRequest') === null
    ? (editor) => editor.setProperty(at, 'onRequest', hook(editor, call), 1)
    : null
}

/** The instance under the name that the route is registered on. */
function hook(editor: Editor, { at }: CallRecord): string {
  const name = /^([\w$.]+)\s*\.\s*(?:post|put|patch|delete|all|route)\s*[<(]/.exec(editor.text(at))?.[1]
  if (name === undefined) throw new FixRefused('the instance has no name')
  return `${name}.csrfProtection`
}

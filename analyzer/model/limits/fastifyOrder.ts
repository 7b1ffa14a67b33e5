// Puts registrations of Fastify in their order where nothing can be awaited: `after` runs once the plugins before it have loaded (domain fact C20).
import { routeSetting } from '../../link/routeSettings.js'
import type { CallRecord } from '../../link/value.js'
import { FixRefused, type Editor } from '../../fix/fix.js'
import { comesAfter, locationKey } from '../../text/location.js'
import type { ProjectModel, Route } from '../model.js'
import { property, stringOf } from '../values.js'

/** Registers routes once the plugins that stand before them have loaded. */
export function putBehindPlugins(editor: Editor, routes: readonly Route[]): void {
  const calls = new Map(routes.flatMap(({ entry: { call } }) => (call === null ? [] : [[locationKey(call.at), call] as const])))
  for (const call of calls.values()) {
    const name = receiverIn(editor, call)
    // What `after` is given must not answer the instance, which it would wait for.
    editor.wrap(call.at, `${name}.after(() => void `, ')')
  }
}

/**
 * Makes a limiter that nobody can await count for all routes of its context: as a hook, which counts for routes wherever they stand.
 * Beside routes with limits of their own, which such a hook would take the place of, those that it misses are put behind it.
 */
export function limitByHook(editor: Editor, model: ProjectModel, call: CallRecord, missed: readonly Route[]): void {
  if (model.routes.some(({ entry }) => routeSetting(entry.options, 'rateLimit') !== undefined)) {
    if (missed.some(({ entry }) => entry.call === null || !comesAfter(entry.call.at, call.at)))
      throw new FixRefused('routes have limits of their own')
    return putBehindPlugins(editor, missed)
  }
  const name = receiverIn(editor, call)
  const hook = stringOf(property(call.args[1] ?? null, 'hook')) ?? 'onRequest'
  editor.setProperty(call.at, 'global', 'false', 1)
  editor.insertAfter(call.at, `${name}.after(() => {\n  ${name}.addHook('${hook}', ${name}.rateLimit())\n})`)
}

/** The instance as the call names it: `app` in `app.register(…)`. */
export function receiverIn(editor: Editor, { at }: CallRecord): string {
  const name = /^([\w$.]+)\s*\.\s*\w+\s*\(/.exec(editor.text(at))?.[1]
  if (name === undefined) throw new FixRefused('the instance has no name here')
  return name
}

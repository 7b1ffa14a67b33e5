// An application as fastify-cli makes it: its own root, on which the exported plugin is registered.
import { type Machine, ROOT } from '../link/machine.js'
import { record } from '../link/records.js'
import { literal, memberValue } from '../link/values.js'
import { contextOf, makeRoot, siteAt } from './fastifyContexts.js'
import { flush, load, putOff } from './fastifyPlugins.js'

/** Registers what `file` exports, where that is a plugin. The command line brings a logger. */
export function startPlugin(machine: Machine, file: string): void {
  const at = { file, fn: '', node: 0 }
  const site = siteAt(machine, at)
  const exported = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
  const plugin = exported.kind === 'object' ? machine.run.getMember(machine, site, exported, 'default') : exported
  if (plugin.kind !== 'function') return
  const root = makeRoot(machine, at, undefined)
  root.scope.settings.push({ name: 'logger', value: literal(at, true), at, guards: [] })
  const call = record(machine, site.frame, {
    at,
    callee: memberValue(at, root, 'register'),
    receiver: root,
    args: [plugin],
    argsAt: [at],
    isNew: false,
    isWrite: false,
    isAwaited: true,
  })
  const context = contextOf(root)
  putOff(machine, context, () => load(machine, site, context, plugin, undefined, call))
  flush(context)
}

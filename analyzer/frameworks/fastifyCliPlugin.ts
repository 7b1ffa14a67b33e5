// An application as fastify-cli makes it: its own root, on which the exported plugin is registered.
import { baseNameOf } from '../link/filePath.js'
import { type CallSite, type Machine, ROOT } from '../link/machine.js'
import { record } from '../link/records.js'
import { literal, memberValue } from '../link/values.js'
import type { CallRecord, FunctionValue, ScopeValue, Value } from '../link/value.js'
import { contextOf, makeRoot, settingsIn, siteAt } from './fastifyContexts.js'
import { flush, load, putOff } from './fastifyPlugins.js'

/** Registers what `file` exports, where that is a plugin. The command line brings a logger. */
export function startPlugin(machine: Machine, file: string): void {
  const at = { file, fn: '', node: 0 }
  const site = siteAt(machine, at)
  const exported = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
  const plugin = exported.kind === 'object' ? machine.run.getMember(machine, site, exported, 'default') : exported
  if (plugin.kind !== 'function') return
  const root = makeRoot(machine, at, undefined)
  const commands = commandsFor(machine, file)
  const options = optionsOf(machine, site, plugin, exported)
  const isRead = options?.kind === 'object' && commands.some((command) => /\s(?:--options|-\w*o)(?:\s|$)/.test(command))
  // What the module says stands in for the logger that the command line brings.
  if (!isRead || !options.properties.has('logger')) root.scope.settings.push({ name: 'logger', value: literal(at, true), at, guards: [] })
  if (isRead) root.scope.settings.push(...settingsIn(options))
  for (const command of commands) {
    const trusted = trustedBy(command)
    if (trusted !== undefined) root.scope.settings.push({ name: 'trustProxy', value: literal(at, trusted), at, guards: [] })
  }
  const call = callOn(machine, site, root, 'register', [plugin])
  const context = contextOf(root)
  putOff(machine, context, () => load(machine, site, context, plugin, isRead ? options : undefined, call))
  flush(context)
  callOn(machine, site, root, 'listen', [])
}

/** What the command line does with its application. */
function callOn(machine: Machine, site: CallSite, root: ScopeValue, name: string, args: readonly Value[]): CallRecord {
  const { at } = site
  return record(machine, site.frame, {
    at,
    callee: memberValue(at, root, name),
    receiver: root,
    args,
    argsAt: args.map(() => at),
    isNew: false,
    isWrite: false,
    isAwaited: true,
  })
}

/** The commands of package scripts that start the file for production. */
function commandsFor(machine: Machine, file: string): readonly string[] {
  const name = baseNameOf(file).replace(/\.\w+$/, '')
  return machine.world.packages.flatMap(({ scripts }) =>
    Object.entries(scripts).flatMap(([script, command]) =>
      !/dev|watch|test/.test(script) && /\bfastify start\b/.test(command) && command.includes(name) ? [command] : [],
    ),
  )
}

/** `--trust-proxy-enabled`, `--trust-proxy-ips 10.0.0.1`, `--trust-proxy-hop 1`. */
function trustedBy(command: string): boolean | string | number | undefined {
  const [, what, value = ''] = /--trust-proxy-(enabled|ips|hop)(?:[ =]+([^\s-]\S*))?/.exec(command) ?? []
  if (what === undefined || value === 'false') return undefined
  return what === 'enabled' ? true : what === 'hop' ? Number(value) : value
}

/** What stands beside the plugin: `module.exports.options`, `export const options`. */
function optionsOf(machine: Machine, site: CallSite, plugin: FunctionValue, exported: Value): Value | undefined {
  const own = plugin.properties.get('options')
  return own ?? (exported.kind === 'object' ? machine.run.getMember(machine, site, exported, 'options') : undefined)
}

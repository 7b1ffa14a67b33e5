// @fastify/autoload: the files of a folder as plugins, with prefixes from folders and hooks files in front (domain fact K24).
import type { CallSite, Machine } from '../link/machine.js'
import { ROOT } from '../link/machine.js'
import { projectPath } from '../link/projectPath.js'
import { addGap } from '../link/records.js'
import { truthOf } from '../link/truth.js'
import type { CallRecord, FunctionValue, ObjectValue, Value } from '../link/value.js'
import { literal, objectValue } from '../link/values.js'
import { type AutoloadNode, autoloadNodes, autoloadOptions } from './autoloadFolder.js'
import { type Context, makeChild } from './fastifyContexts.js'
import { addMount } from './fastifyEntries.js'
import { isPlugin } from './fastifyPackages.js'
import { PLUGIN_META, SKIP_OVERRIDE } from './fastifyMarks.js'

type Load = (machine: Machine, site: CallSite, context: Context, plugin: Value, options: Value | undefined, call: CallRecord) => void

interface Loaded {
  readonly plugin: Value
  readonly name: string
  readonly dependencies: readonly string[]
  /** Asked for when it is the plugin's turn: `autoConfig` reads what the plugins before it brought. */
  options(): Value
}

/** Registers what the options' `dir` holds. */
export function autoload(machine: Machine, site: CallSite, context: Context, options: Value, call: CallRecord, load: Load): void {
  const folder = options.kind === 'object' ? projectPath(options.properties.get('dir')) : null
  const ask = (filter: FunctionValue, path: string): boolean | null => {
    const truth = truthOf(machine.run.call(machine, site, filter, null, [literal(site.at, path)]))
    return truth === 'unknown' ? null : truth === 'yes'
  }
  const namePrefix = (fn: FunctionValue, parent: string, name: string): string | null => {
    const given = [`${ROOT}/${parent}`, name].map((one) => literal(site.at, one))
    const answer = machine.run.call(machine, site, fn, null, given)
    return answer.kind === 'literal' ? String(answer.value || '') : null
  }
  const nodes =
    options.kind !== 'object' || folder === null ? [] : autoloadNodes(machine.world, folder, autoloadOptions(options, ask, namePrefix))
  if (options.kind !== 'object' || nodes.every((node) => node.plugins.length === 0)) {
    addGap(machine, context.value.scope, { at: site.at, why: 'autoload of a folder that is not known', isBlind: true, package: null })
    return
  }
  for (const node of nodes) {
    const within = node.hooks.length === 0 ? context : hooked(machine, site, context, node, call, load)
    const loaded = node.plugins.flatMap((one) => pluginOf(machine, site, within, one, options) ?? [])
    for (const one of inOrder(loaded)) {
      // What a package brings stands where the file hands it on.
      const own = isPlugin(one.plugin) ? { ...site, at: one.plugin.at } : site
      load(machine, own, within, one.plugin, one.options(), call)
    }
  }
}

/** Hooks files share a context that stands around the plugins of their folder. */
function hooked(machine: Machine, site: CallSite, context: Context, node: AutoloadNode, call: CallRecord, load: Load): Context {
  const around = makeChild(machine, site.at, context)
  addMount(machine, site, context, around, '', call)
  for (const file of node.hooks) {
    const content = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
    const hook = memberOf(machine, site, content, 'default') ?? content
    if (hook.kind === 'function') hook.properties.set(SKIP_OVERRIDE, literal(site.at, true))
    load(machine, site, around, hook, undefined, call)
  }
  return around
}

function pluginOf(
  machine: Machine,
  site: CallSite,
  context: Context,
  { file, prefix }: AutoloadNode['plugins'][number],
  options: ObjectValue,
): Loaded | null {
  const content = machine.run.requireModule(machine, site, `${ROOT}/${file}`)
  const plugin = memberOf(machine, site, content, 'default') ?? content
  const read = (name: string): Value | null => memberOf(machine, site, plugin, name) ?? memberOf(machine, site, content, name)
  const autoloads = read('autoload')
  if (autoloads?.kind === 'literal' && autoloads.value === false) return null
  // `export default helmet` hands a plugin of a package on.
  if (plugin.kind !== 'function' && !isRouteObject(plugin) && !isPlugin(plugin)) return null
  const isShared = options.properties.get('encapsulate')
  if (plugin.kind === 'function' && isShared?.kind === 'literal' && isShared.value === false)
    plugin.properties.set(SKIP_OVERRIDE, literal(site.at, true))
  const meta = plugin.kind === 'function' ? plugin.properties.get(PLUGIN_META) : undefined
  return {
    plugin,
    name: textOf(meta?.kind === 'object' ? meta.properties.get('name') : undefined) ?? (plugin.kind === 'package' ? plugin.package : file),
    dependencies: textsOf(meta?.kind === 'object' ? meta.properties.get('dependencies') : undefined),
    options: () => optionsFor(machine, site, context, options, prefix, read),
  }
}

/** What the plugin asks for itself (`autoConfig`), the options of the registration on top, and the prefix of its folder. */
function optionsFor(
  machine: Machine,
  site: CallSite,
  context: Context,
  options: ObjectValue,
  folderPrefix: string,
  read: (name: string) => Value | null,
): Value {
  const asked = read('autoConfig')
  const own = asked?.kind === 'function' ? machine.run.call(machine, { ...site, isAwaited: true }, asked, null, [context.value]) : asked
  const result = objectValue(site.at)
  for (const source of [own, options.properties.get('options')]) {
    if (source?.kind !== 'object') {
      if (source !== undefined && source !== null && source.kind !== 'literal') result.isOpen = true
      continue
    }
    for (const [name, value] of source.properties) result.properties.set(name, value)
    if (source.isOpen) result.isOpen = true
  }
  const outer = (textOf(result.properties.get('prefix')) ?? '').replace(/\/$/, '')
  const autoPrefix = textOf(read('autoPrefix'))
  const isAppended = options.properties.get('appendAutoPrefix')
  const inner =
    autoPrefix !== null && folderPrefix !== '' && isAppended?.kind === 'literal' && isAppended.value === true
      ? `${folderPrefix}/${autoPrefix}`
      : (autoPrefix ?? folderPrefix)
  const override = textOf(read('prefixOverride'))
  const prefix = override ?? outer + inner.replaceAll(/\/+/g, '/')
  const hasParameters = options.properties.get('routeParams')
  const isParametric = hasParameters?.kind === 'literal' && hasParameters.value === true
  if (prefix !== '' || override !== null) result.properties.set('prefix', literal(site.at, isParametric ? withParameters(prefix) : prefix))
  return result
}

/** `/_id` is `/:id`, and `/a__b` is `/a:b`. */
function withParameters(prefix: string): string {
  return prefix.includes('__') ? prefix.replaceAll('__', ':') : prefix.replaceAll('/_', '/:')
}

/** Plugins behind those of the same folder on which they say that they depend. */
function inOrder(loaded: readonly Loaded[]): readonly Loaded[] {
  const found = new Set<Loaded>()
  const visit = (one: Loaded, depth: number): void => {
    if (found.has(one) || depth > loaded.length) return
    for (const name of one.dependencies) {
      const other = loaded.find((candidate) => candidate.name === name)
      if (other !== undefined && other !== one) visit(other, depth + 1)
    }
    found.add(one)
  }
  for (const one of loaded) visit(one, 0)
  return [...found]
}

function memberOf(machine: Machine, site: CallSite, value: Value, name: string): Value | null {
  const found =
    value.kind === 'function'
      ? value.properties.get(name)
      : value.kind === 'object'
        ? machine.run.getMember(machine, site, value, name)
        : undefined
  return found === undefined || found.kind === 'member' || (found.kind === 'literal' && found.value === undefined) ? null : found
}

function isRouteObject(value: Value): boolean {
  return value.kind === 'object' && value.properties.has('method')
}

function textOf(value: Value | null | undefined): string | null {
  return value?.kind === 'literal' && typeof value.value === 'string' ? value.value : null
}

function textsOf(value: Value | undefined): readonly string[] {
  return value?.kind === 'array' ? value.elements.flatMap((one) => textOf(one) ?? []) : []
}

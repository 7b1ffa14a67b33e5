// `register`: plugins wait in a queue, and each is loaded with a context of its own unless it asks to share (avvio; domain facts K19–K23).
import { beginLog, onUndo, revertLog, write } from '../link/heapLog.js'
import type { CallSite, Machine } from '../link/machine.js'
import { awaitValue } from '../link/promises.js'
import { addGap } from '../link/records.js'
import { surroundedBy, surroundingsOf } from '../link/surroundings.js'
import type { CallRecord, FunctionValue, ScopeValue, Value } from '../link/value.js'
import { literal, objectValue, packageValue, undefinedAt } from '../link/values.js'
import { pathsOf } from './expressArguments.js'
import { autoload } from './fastifyAutoload.js'
import { type Context, contextOf, makeChild, rootsOf } from './fastifyContexts.js'
import { isPlugin, loadPackage } from './fastifyPackages.js'
import { addRouteOf } from './fastifyRegistration.js'
import { addMount } from './fastifyEntries.js'
import { noteRegistrar, packageBehind } from './routeRegistrars.js'
import { PLUGIN_META, SKIP_OVERRIDE } from './fastifyMarks.js'

/** `fastify.register(plugin, options)`. */
export function register(machine: Machine, site: CallSite, value: ScopeValue, args: readonly Value[], call: CallRecord): void {
  const [plugin, options] = args
  if (plugin === undefined) return
  // Nothing is loaded in the sweep; what a package is told stands there all the same.
  if (machine.phase === 'unreached' && isPlugin(plugin) && options?.kind !== 'function')
    return loadPackage(machine, site, contextOf(value), plugin, options ?? objectValue(site.at), call)
  putOff(machine, contextOf(value), () => void load(machine, site, contextOf(value), plugin, options, call))
}

/** Work that waits its turn behind the plugins that were registered before, under the conditions that hold now. */
export function putOff(machine: Machine, context: Context, work: () => void): void {
  // Handlers and the sweep register nothing that would be served.
  if (machine.phase === 'handler' || machine.phase === 'unreached') return
  const job = captured(machine, work)
  const queue = context.root.loading.at(-1)?.queue
  queue?.push(job)
  onUndo(machine, () => void (queue?.includes(job) === true && queue.splice(queue.indexOf(job), 1)))
}

/** True where something waits that comes first. */
export function isWaiting(machine: Machine, context: Context): boolean {
  return machine.phase !== 'handler' && machine.phase !== 'unreached' && (context.root.loading.at(-1)?.queue.length ?? 0) > 0
}

/** Loads what waits in the plugin that is being loaded now, or in the root. True where something was waiting. */
export function flush(context: Pick<Context, 'root'>): boolean {
  const { loading } = context.root
  const queue = loading.at(-1)?.queue ?? []
  const isAny = queue.length > 0
  for (let job = queue.shift(); job !== undefined; job = queue.shift()) job()
  return isAny
}

/** Loads what waits anywhere: the boot is at its end. */
export function flushAll(machine: Machine): boolean {
  return rootsOf(machine)
    .map((root) => flush({ root }))
    .includes(true)
}

/** Loads a plugin; `path` is a prefix that does not stand in its options. */
export function load(
  machine: Machine,
  site: CallSite,
  context: Context,
  given: Value,
  options: Value | undefined,
  call: CallRecord,
  depth = 0,
): void {
  const plugin = awaitValue(machine, given)
  switch (plugin.kind) {
    case 'choice':
      if (depth < 3) for (const option of plugin.options) load(machine, site, context, option, options, call, depth + 1)
      return
    case 'object':
      if (plugin.properties.has('method')) addRouteOf(machine, site, context, [plugin], call)
      else if (depth < 3) load(machine, site, context, machine.run.getMember(machine, site, plugin, 'default'), options, call, depth + 1)
      return
    case 'function':
      return loadFunction(machine, site, context, plugin, options, call)
    case 'package': {
      const passed = optionsFor(machine, site, context, options)
      if (plugin.package === '@fastify/autoload' || plugin.package === 'fastify-autoload')
        return autoload(machine, site, context, passed, call, load)
      return loadPackage(machine, site, context, plugin, passed, call)
    }
    case 'literal':
      return
    default:
      if (isPlugin(plugin)) return loadPackage(machine, site, context, plugin, optionsFor(machine, site, context, options), call)
      if (isRegistrar(machine, site, context, plugin)) return
      addGap(machine, context.value.scope, {
        at: site.at,
        why: 'a plugin that could not be resolved is registered',
        isBlind: true,
        package: null,
      })
  }
}

/** A plugin that a package made of a contract: `register(server.plugin(router))`. */
function isRegistrar(machine: Machine, site: CallSite, context: Context, plugin: Value): boolean {
  const origin = packageBehind(plugin)
  return origin !== null && noteRegistrar(machine, context.value.scope, site.at, origin)
}

function loadFunction(
  machine: Machine,
  site: CallSite,
  context: Context,
  plugin: FunctionValue,
  given: Value | undefined,
  call: CallRecord,
): void {
  if (machine.functionStack.filter((one) => one.facts === plugin.facts).length > 2) return
  const isShared = plugin.properties.has(SKIP_OVERRIDE)
  const options = optionsFor(machine, site, context, given)
  // A prefix that a function of options gives comes too late: the context is made before it is called.
  const prefix = isShared ? undefined : given?.kind === 'function' ? given.properties.get('prefix') : prefixIn(machine, site, options)
  const inner = isShared ? context : makeChild(machine, plugin.at, context, plugin.facts.name)
  if (!isShared) addMount(machine, site, context, inner, prefix === undefined ? '' : (pathsOf(prefix)[0] ?? null), call)
  withOwnQueue(context, () => {
    if (!isShared)
      for (const hook of context.onRegister)
        machine.run.call(machine, { ...site, isAwaited: true }, hook, inner.value, [inner.value, options])
    const done = packageValue(site.at, 'fastify', ['done'])
    const result = machine.run.call(machine, { ...site, isAwaited: true }, plugin, inner.value, [inner.value, options, done])
    if (result.kind === 'promise') awaitValue(machine, result)
  })
}

/** What a plugin, or a callback of `after`, registers is loaded in front of what waits around it. */
export function withOwnQueue(context: Context, work: () => void): void {
  const { loading } = context.root
  loading.push({ queue: [] })
  try {
    work()
    flush(context)
  } finally {
    loading.pop()
  }
}

function prefixIn(machine: Machine, site: CallSite, options: Value): Value | undefined {
  const prefix = machine.run.getMember(machine, site, options, 'prefix')
  return prefix.kind === 'literal' && prefix.value === undefined ? undefined : prefix
}

/** Options as the plugin gets them: an object, or what a function of the context gives. */
function optionsFor(machine: Machine, site: CallSite, context: Context, options: Value | undefined): Value {
  if (options === undefined) return objectValue(site.at)
  const given =
    options.kind === 'function' ? machine.run.call(machine, { ...site, isAwaited: true }, options, null, [context.value]) : options
  return awaitValue(machine, given)
}

/** `fp(plugin, options)`: the same function, which now shares the context of whoever registers it. */
export function shared(machine: Machine, site: CallSite, [given, options]: readonly Value[]): Value {
  if (given === undefined) return undefinedAt(site.at)
  const plugin = given.kind === 'object' ? machine.run.getMember(machine, site, given, 'default') : given
  const isEncapsulated =
    options?.kind === 'object' && [options.properties.get('encapsulate')].some((one) => one?.kind === 'literal' && one.value === true)
  if (plugin.kind === 'function' && options !== undefined) write(machine, plugin.properties, PLUGIN_META, options)
  if (plugin.kind === 'function' && !isEncapsulated) write(machine, plugin.properties, SKIP_OVERRIDE, literal(site.at, true))
  return plugin
}

/** Work that runs later with the guards and calls of now around it; what production does not run leaves nothing on the heap. */
function captured(machine: Machine, work: () => void): () => void {
  const around = surroundingsOf(machine)
  const { unit } = machine
  return () => {
    const { unit: unitBefore } = machine
    machine.unit = unit
    try {
      surroundedBy(machine, around, () => {
        if (machine.offDepth === 0) return work()
        beginLog(machine)
        try {
          work()
        } finally {
          revertLog(machine)
        }
      })
    } finally {
      machine.unit = unitBefore
    }
  }
}

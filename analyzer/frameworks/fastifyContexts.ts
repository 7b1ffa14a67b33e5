// Fastify's encapsulation contexts: what each knows of its parent, its prefix and its decorators (domain facts K19–K21).
import { write } from '../link/heapLog.js'
import type { CallSite, Machine } from '../link/machine.js'
import type { CallRecord, ScopeValue, Value } from '../link/value.js'
import type { Scope } from '../model/model.js'
import type { Location } from '../text/location.js'
import { newScope } from '../link/newScope.js'
import type { RouteOption } from '../link/routeSettings.js'
import { Table } from '../link/table.js'

/** A context, and what the boot must know of it beside its scope. */
export interface Context {
  readonly value: ScopeValue
  readonly parent: Context | null
  readonly children: Context[]
  readonly root: Root
  /** Functions of `onRoute` and `onRegister` hooks that see what comes later. */
  readonly onRoute: Value[]
  readonly onRegister: Value[]
  /** Plugins that read an option of the routes that come after them, with the call that made each, and how many hooks of `onRoute` ran in front of its own. */
  readonly perRoute: { readonly option: RouteOption; readonly call: CallRecord; readonly hooksBefore: number }[]
}

/** What one `fastify()` has put off: plugins wait until somebody awaits, or until it is ready. */
export interface Root {
  /** The plugins that are being loaded, innermost last; the first is the root itself. What they register waits in their own queue. */
  readonly loading: { readonly queue: (() => void)[] }[]
}

const contexts = new WeakMap<Scope, Context>()
const roots = new WeakMap<Machine, Root[]>()

/** The context of a scope; scopes that the sweep makes get one when they are asked for. */
export function contextOf(value: ScopeValue): Context {
  let context = contexts.get(value.scope)
  if (context === undefined) {
    context = { value, parent: null, children: [], root: { loading: [{ queue: [] }] }, onRoute: [], onRegister: [], perRoute: [] }
    contexts.set(value.scope, context)
  }
  return context
}

/** The applications of the boot that may still have something put off. */
export function rootsOf(machine: Machine): readonly Root[] {
  return roots.get(machine) ?? []
}

/** A new application. Its identity is the place that makes it. */
export function makeRoot(machine: Machine, at: Location, options: Value | undefined): ScopeValue {
  const value = makeScope(machine, at, 'app')
  const context = contextOf(value)
  const known = roots.get(machine)
  if (known === undefined) roots.set(machine, [context.root])
  else known.push(context.root)
  if (options !== undefined) value.scope.settings.push(...settingsIn(options))
  return value
}

/** A context within another: it sees what its parent decorates, and its parent sees nothing of it. */
export function makeChild(machine: Machine, at: Location, parent: Context, name = ''): Context {
  const value = makeScope(machine, at, 'plugin')
  if (name !== '' && name !== '*default*') value.scope.name = name
  for (const [name, one] of parent.value.properties) value.properties.set(name, one)
  const child: Context = {
    value,
    parent,
    children: [],
    root: parent.root,
    onRoute: [...parent.onRoute],
    onRegister: [...parent.onRegister],
    perRoute: [...parent.perRoute],
  }
  contexts.set(value.scope, child)
  parent.children.push(child)
  return child
}

/** `decorate(name, value)`: contexts within see it too, whenever they were made. */
export function decorate(machine: Machine, context: Context, name: string, value: Value): void {
  write(machine, context.value.properties, name, value)
  for (const child of context.children) if (!child.value.properties.has(name)) decorate(machine, child, name, value)
}

/** A place to call from where no code of the project does. */
export function siteAt(machine: Machine, at: Location): CallSite {
  return { at, frame: machine.run.loadModule(machine, at.file).frame, argsAt: [], isAwaited: true }
}

function makeScope(machine: Machine, at: Location, kind: Scope['kind']): ScopeValue {
  return { kind: 'scope', at, scope: newScope(machine, 'fastify', kind, at), properties: new Table() }
}

/** Options of `fastify()` are settings: `logger`, `trustProxy`, `bodyLimit`. */
export function settingsIn(options: Value): Scope['settings'] {
  if (options.kind !== 'object') return [{ name: '*', value: options, at: options.at, guards: [] }]
  return [...options.properties].map(([name, value]) => ({ name, value, at: options.writtenAt.get(name) ?? value.at, guards: [] }))
}

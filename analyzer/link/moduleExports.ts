// What modules give each other: exported values, namespaces, and what imports and `require` read of them.
import { exportNamed, importNamed } from './declaredNames.js'
import { isSwept, type CallSite, type Machine, type ModuleState, ROOT } from './machine.js'
import { isTrying, MissingModule } from './missingModule.js'
import { loadModule } from './modules.js'
import type { ObjectValue, Value } from './value.js'
import { globalValue, objectValue, packageValue, undefinedAt, unknown } from './values.js'

const NONE_SEEN: ReadonlySet<string> = new Set()

/** The value that `file` exports as `name`, at this moment; null where it exports no such thing. */
export function exportedValue(
  machine: Machine,
  site: CallSite,
  file: string,
  name: string,
  seen: ReadonlySet<string> = NONE_SEEN,
): Value | null {
  if (seen.has(file)) return null
  const state = loadModule(machine, file)
  const source = state.frame.source
  const exports = state.module.properties.get('exports')
  if (!source.hasModuleSyntax || (exports !== undefined && exports !== state.initialExports)) {
    if (exports === undefined) return null
    if (name === '*') return exports
    const own = exports.kind === 'object' ? exports.properties.get(name) : undefined
    if (own !== undefined) return own
    return name === 'default' ? exports : machine.run.getMember(machine, site, exports, name)
  }
  if (name === '*') return namespaceOf(machine, state)
  const named = exportNamed(source, name)
  if (named?.kind === 'local') {
    const local = state.environment.variables.get(named.local)
    return local ?? machine.run.readName(machine, state.frame, state.environment, named.local, { file, fn: '', node: named.node })
  }
  if (named?.kind === 'from') return importedValue(machine, site, file, named.specifier, named.imported, new Set([...seen, file]))
  for (const one of source.exports) {
    if (one.kind !== 'all' || name === 'default') continue
    const value = importedValue(machine, site, file, one.specifier, name, new Set([...seen, file]), 'optional')
    if (value !== null) return value
  }
  const assigned = state.initialExports.properties.get(name)
  return assigned ?? null
}

/** The value of `import { imported } from specifier` in `file`. */
export function importedValue(
  machine: Machine,
  site: CallSite,
  file: string,
  specifier: string,
  imported: string,
  seen?: ReadonlySet<string>,
): Value
export function importedValue(
  machine: Machine,
  site: CallSite,
  file: string,
  specifier: string,
  imported: string,
  seen: ReadonlySet<string>,
  mode: 'optional',
): Value | null
export function importedValue(
  machine: Machine,
  site: CallSite,
  file: string,
  specifier: string,
  imported: string,
  seen: ReadonlySet<string> = NONE_SEEN,
  mode?: 'optional',
): Value | null {
  const resolved = machine.world.resolve(specifier, file)
  if (resolved.kind === 'package') {
    if (mode === 'optional') return null
    return packageValue(site.at, specifierOf(resolved), imported === '*' ? [] : [imported])
  }
  if (resolved.kind === 'missing') return mode === 'optional' ? null : unknown(site.at, `the module ${specifier} is not in the project`)
  return exportedValue(machine, site, resolved.file, imported, seen) ?? (mode === 'optional' ? null : undefinedAt(site.at))
}

function specifierOf({ name, subpath }: { readonly name: string; readonly subpath: string }): string {
  return subpath === '' ? name : `${name}/${subpath}`
}

/** Every name that a module exports. */
export function exportNames(machine: Machine, file: string, seen: ReadonlySet<string> = NONE_SEEN): readonly string[] {
  const source = machine.world.sources.get(file)
  if (source === undefined || seen.has(file)) return []
  const names = new Set<string>()
  for (const one of source.exports) {
    if (one.kind !== 'all') names.add(one.exported)
    else {
      const resolved = machine.world.resolve(one.specifier, file)
      if (resolved.kind === 'file')
        for (const name of exportNames(machine, resolved.file, new Set([...seen, file]))) if (name !== 'default') names.add(name)
    }
  }
  // The language lists them so, whatever the order in the text.
  return [...names].sort()
}

/** Names and values of an object; a namespace has those that its module exports. */
export function entriesOf(machine: Machine, site: CallSite, object: ObjectValue): readonly (readonly [string, Value])[] {
  const file = machine.namespaces.get(object)
  if (file === undefined) return [...object.properties]
  return exportNames(machine, file).map((name) => [name, exportedValue(machine, site, file, name) ?? undefinedAt(site.at)])
}

/** A CommonJS module's exports, or the namespace of an ES module. */
export function moduleValue(machine: Machine, state: ModuleState): Value {
  const exports = state.module.properties.get('exports') ?? undefinedAt(state.module.at)
  if (!state.frame.source.hasModuleSyntax || exports !== state.initialExports) return exports
  return namespaceOf(machine, state)
}

const NAMESPACE = '*namespace*'

function namespaceOf(machine: Machine, state: ModuleState): ObjectValue {
  const known = state.environment.variables.get(NAMESPACE)
  if (known?.kind === 'object') return known
  const namespace = objectValue(state.module.at, 'namespace')
  machine.namespaces.set(namespace, state.file)
  state.environment.variables.set(NAMESPACE, namespace)
  return namespace
}

/** What `require(specifier)` or `await import(specifier)` gives. */
export function requireModule(machine: Machine, site: CallSite, specifier: string): Value {
  const path = specifier.replace(/^file:\/\//, '')
  const resolved = path.startsWith(`${ROOT}/`)
    ? machine.world.resolve(`.${path.slice(ROOT.length)}`, 'package.json')
    : machine.world.resolve(specifier, site.frame.source.file)
  if (resolved.kind === 'package') return packageValue(site.at, specifierOf(resolved), [])
  if (resolved.kind === 'missing') {
    if (!isSwept(machine) && isTrying(site.frame)) throw new MissingModule()
    return unknown(site.at, `the module ${specifier} is not in the project`)
  }
  const state = loadModule(machine, resolved.file)
  return moduleValue(machine, state)
}

/** A name that no scope declares: an import, a name that Node gives every module, or a global. */
export function readModuleName(machine: Machine, site: CallSite, file: string, name: string): Value {
  const source = machine.world.sources.get(file)
  const imported = source && importNamed(source, name)
  if (imported !== undefined) return importedValue(machine, site, file, imported.specifier, imported.imported)
  return machine.globals.get(name) ?? globalValue(site.at, name)
}

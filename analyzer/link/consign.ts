// `consign().include('controllers').then('routes').into(app)`: calls what the modules of folders export with the application.
import { NATIVE, type CallSite, type Machine, ROOT } from './machine.js'
import { projectPath } from './projectPath.js'
import type { ObjectValue, Value } from './value.js'
import { literal, objectValue, packageValue, undefinedAt } from './values.js'

/** The name of a module by its file. */
export const MODULE_FILE = /^([^.].*?)\.(?:[cm]?[jt]s|json)$/

/** What consign, or express-load, gives: `include` and `then` note folders and files, and `into` loads them. The application gets the results under their paths. */
export function consigned(machine: Machine, site: CallSite, name: string, cwd: Value | undefined, first: Value | undefined): ObjectValue {
  const base = cwd?.kind === 'literal' ? String(cwd.value) : ''
  const root = base.startsWith('/') ? base : `${ROOT}/${base}`
  const wanted: string[] = []
  const made = objectValue(site.at)
  const method = (key: string, run: (args: readonly Value[]) => Value): void => {
    const native = `${name}.${key} ${machine.natives.size}`
    machine.natives.set(native, run)
    made.properties.set(key, packageValue(site.at, NATIVE, [native]))
  }
  const include = ([one]: readonly Value[]): Value => {
    if (one?.kind === 'literal' && typeof one.value === 'string') wanted.push(one.value)
    else made.isOpen = true
    return made
  }
  method('include', include)
  method('then', include)
  method('exclude', () => made)
  method('into', ([app]) => {
    for (const path of wanted) {
      const whole = projectPath(literal(site.at, `${root}/${path}`))
      if (app !== undefined && whole !== null) loadInto(machine, site, app, whole, path.split('/'))
    }
    return app ?? undefinedAt(site.at)
  })
  if (name === 'express-load' && first !== undefined) include([first])
  return made
}

/** Loads a file, or all that stands in a folder. `names` are the properties of the application that lead to the result. */
function loadInto(machine: Machine, site: CallSite, app: Value, path: string, names: readonly string[]): void {
  for (const { name } of machine.world.listFolder(path)) loadInto(machine, site, app, `${path}/${name}`, [...names, name])
  const own = MODULE_FILE.exec(names.at(-1) ?? '')?.[1]
  if (own === undefined || !machine.world.sources.has(path)) return
  const loaded = machine.run.requireModule(machine, site, `${ROOT}/${path}`)
  const result = loaded.kind === 'function' ? machine.run.call(machine, site, loaded, null, [app]) : loaded
  let place = app
  for (const part of names.slice(0, -1)) if (part !== '' && part !== '.') place = memberOf(machine, site, place, part)
  machine.run.setMember(machine, site, place, own, result)
}

function memberOf(machine: Machine, site: CallSite, object: Value, name: string): Value {
  const known = object.kind === 'scope' || object.kind === 'object' ? object.properties.get(name) : undefined
  if (known !== undefined) return known
  const made = objectValue(site.at)
  machine.run.setMember(machine, site, object, name, made)
  return made
}

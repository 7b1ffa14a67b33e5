// Which calls belong to one flow: they run in the same function of the project, or in what it calls.
import type { CallRecord } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'

/** Functions that a call runs in, from its own outwards, as `file#id`. The bodies of modules are none: they call everything. */
export function functionsOf({ at, stack }: CallRecord): ReadonlySet<string> {
  const keys = new Set<string>()
  for (const place of [at, ...stack]) addFunctions(keys, place)
  return keys
}

/** Whether two calls run in one function, each directly or through what it calls. */
export function sharesFlow(functions: ReadonlySet<string>, { at, stack }: CallRecord): boolean {
  return isIn(functions, at) || stack.some((place) => isIn(functions, place))
}

/** Names that the bodies of functions mention and that fit, but for the names of these functions themselves: a function that is called after what it lacks says nothing. */
export function mentions(model: ProjectModel, functions: ReadonlySet<string>, fits: (name: string) => boolean): boolean {
  const own = new Set<string>()
  const named = new Set<string>()
  for (const key of functions) {
    const [file = '', id = ''] = key.split('#')
    const facts = model.files.get(file)
    if (facts?.kind !== 'source') continue
    own.add(facts.functions[id]?.name ?? '')
    for (const fn of Object.values(facts.functions))
      if (fn.id === id || fn.id.startsWith(`${id}.`))
        for (const [, name = ''] of JSON.stringify(fn.body).matchAll(/"([\w$]+)"/g)) if (fits(name)) named.add(name)
  }
  return [...named].some((name) => !own.has(name))
}

/** A function within another one belongs to it: callbacks, branches of promises. */
function addFunctions(keys: Set<string>, { file, fn }: Location): void {
  for (let id = fn; id !== ''; id = id.slice(0, Math.max(0, id.lastIndexOf('.')))) keys.add(`${file}#${id}`)
}

function isIn(functions: ReadonlySet<string>, { file, fn }: Location): boolean {
  for (let id = fn; id !== ''; id = id.slice(0, Math.max(0, id.lastIndexOf('.')))) if (functions.has(`${file}#${id}`)) return true
  return false
}

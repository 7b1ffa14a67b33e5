// Configuration that says by its name that it is not for production.
import type { Value } from '../link/value.js'
import { locationKey, type Location } from '../text/location.js'
import type { ProjectModel } from './model.js'
import { ofEachBinding } from './perPart.js'

/** Places of properties inside `development: { … }` and `test: { … }`, and of files that are named so. */
export function placesOutsideProduction(model: ProjectModel): ReadonlySet<string> {
  const places = new Set<string>()
  // What was spread into the object stands elsewhere, and may reach production from there.
  const enter = (value: Value, root: Location, depth: number): void => {
    if (value.kind !== 'object' || depth > 6 || !isWithin(value.at, root)) return
    for (const at of value.writtenAt.values()) if (isWithin(at, root)) places.add(locationKey(at))
    for (const one of value.properties.values()) enter(one, root, depth + 1)
  }
  const files = new Set([...model.files.keys()].filter((file) => developmentName.test(file.split('/').at(-1)?.split('.')[0] ?? '')))
  for (const { value } of developmentObjects(model)) enter(value, value.at, 0)
  if (files.size > 0) for (const { at } of model.bindings) if (files.has(at.file)) places.add(locationKey(at))
  return places
}

const developmentObjects = ofEachBinding(
  (binding) => (binding.value.kind === 'object' && developmentName.test(binding.name) ? [binding] : []),
  ['object'],
)

const developmentName = /^(dev|develop|development|local|localhost|test|testing|tests|ci|e2e)$/i

/** Nodes are numbered in the order of the text: what an object literal holds comes after it, what it takes over came before. */
function isWithin(at: Location, root: Location): boolean {
  return at.file === root.file && at.fn === root.fn && at.node >= root.node
}

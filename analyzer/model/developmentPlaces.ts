// Configuration that says by its name that it is not for production.
import type { Value } from '../link/value.js'
import { locationKey } from '../text/location.js'
import type { ProjectModel } from './model.js'

/** Places of properties inside `development: { … }` and `test: { … }`, and of files that are named so. */
export function placesOutsideProduction(model: ProjectModel): ReadonlySet<string> {
  const places = new Set<string>()
  const enter = (value: Value, depth: number): void => {
    if (value.kind !== 'object' || depth > 6) return
    for (const at of value.writtenAt.values()) places.add(locationKey(at))
    for (const one of value.properties.values()) enter(one, depth + 1)
  }
  for (const { name, value, at } of model.bindings) {
    if (developmentName.test(name)) enter(value, 0)
    if (developmentName.test(at.file.split('/').at(-1)?.split('.')[0] ?? '')) places.add(locationKey(at))
  }
  return places
}

const developmentName = /^(dev|develop|development|local|localhost|test|testing|tests|ci|e2e)$/i

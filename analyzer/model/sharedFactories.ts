// Applications that several processes make by one factory: the place where they are made says nothing of which one is meant.
import { sameLocation } from '../text/location.js'
import type { App, ProjectModel } from './model.js'
import { evidence, type RelatedPlace } from './relatedPlaces.js'

/** The applications of other processes that are made at the same place. */
export function twinsOf(model: ProjectModel, app: App): readonly App[] {
  return model.apps.filter((other) => other !== app && sameLocation(other.at, app.at))
}

/** The file that starts the process of an application, where others are made at the same place. */
export function startingPlaces(model: ProjectModel, app: App): readonly RelatedPlace[] {
  if (twinsOf(model, app).length === 0) return []
  return [evidence({ file: app.entry, fn: '', node: 0 }, `${app.name} of the process that starts here`)]
}

// Applications that several processes make by one factory: the place where they are made says nothing of which one is meant.
import { sameLocation, type Location } from '../text/location.js'
import type { App, ProjectModel } from './model.js'

interface StartingPlace {
  readonly at: Location
  readonly note: string
  readonly role: 'evidence'
}

/** The applications of other processes that are made at the same place. */
export function twinsOf(model: ProjectModel, app: App): readonly App[] {
  return model.apps.filter((other) => other !== app && sameLocation(other.at, app.at))
}

/** The file that starts the process of an application, where others are made at the same place. */
export function startingPlaces(model: ProjectModel, app: App): readonly StartingPlace[] {
  if (twinsOf(model, app).length === 0) return []
  return [{ at: { file: app.entry, fn: '', node: 0 }, note: `${app.name} of the process that starts here`, role: 'evidence' }]
}

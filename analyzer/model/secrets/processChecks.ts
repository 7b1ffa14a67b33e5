// Which checks of the environment count for a place that reads it.
import type { Location } from '../../text/location.js'
import type { Answer, App, ProjectModel } from '../model.js'
import { isInProcess } from '../operations/processes.js'
import { type EnvironmentChecks, environmentChecks, environmentChecksOf } from './environmentChecks.js'

/** For what a file does in the process of an application. Whether a process uses what it loads together with others is not known: there the check of another one is enough. */
export function checksFor(model: ProjectModel, app: App, file: string): EnvironmentChecks {
  const isShared = model.apps.some((other) => other.entry !== app.entry && isInProcess(model, file, other))
  return isShared ? environmentChecks(model) : environmentChecksOf(model, app)
}

/** Whether every process that reads a variable refuses to start without it. */
export function isCheckedWhereRead(model: ProjectModel, name: string, reads: readonly Location[]): Answer {
  const answers = model.apps.flatMap((app) =>
    reads.filter(({ file }) => isInProcess(model, file, app)).map(({ file }) => checksFor(model, app, file).isChecked(name)),
  )
  if (answers.length === 0) return environmentChecks(model).isChecked(name)
  return answers.find((answer) => answer === 'no') ?? answers.find((answer) => answer === 'unknown') ?? 'yes'
}

// Which checks of the environment count for a place that reads it.
import type { CallRecord, FunctionValue } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import type { Answer, App, ProjectModel } from '../model.js'
import { isInProcess } from '../operations/processes.js'
import { routesOf } from '../queries.js'
import { type EnvironmentChecks, environmentChecks, environmentChecksOf } from './environmentChecks.js'

/**
 * For what a file does in the process of an application. Whether a process uses what it loads together with others is known of `use` alone, a
 * call in front of its routes or behind them: elsewhere the check of another process is enough.
 */
export function checksFor(
  model: ProjectModel,
  app: App,
  file: string,
  use: CallRecord | null = null,
): Pick<EnvironmentChecks, 'isChecked'> {
  const own = environmentChecksOf(model, app)
  const isShared = model.apps.some((other) => other.entry !== app.entry && isInProcess(model, file, other))
  if (!isShared) return own
  return {
    isChecked(name) {
      const anywhere = environmentChecks(model).isChecked(name)
      // Who calls matters only where the answers differ.
      const isOwn = anywhere !== 'no' && own.isChecked(name) === 'no' && use !== null && isCalledByRoutes(model, app, use)
      return isOwn ? 'no' : anywhere
    },
  }
}

/** True where a function in the chain of one of its routes makes the call. */
function isCalledByRoutes(model: ProjectModel, app: App, { at }: CallRecord): boolean {
  const place = locationKey(at)
  const asked = new Set<FunctionValue>()
  for (const { chain } of routesOf(model, app)) {
    for (const { value } of chain) {
      if (value.kind !== 'function' || asked.has(value)) continue
      asked.add(value)
      if (model.summaryOf(value).calls.some((call) => call.at.file === at.file && locationKey(call.at) === place)) return true
    }
  }
  return false
}

/** Whether every process that reads a variable refuses to start without it. */
export function isCheckedWhereRead(model: ProjectModel, name: string, reads: readonly Location[]): Answer {
  const answers = model.apps.flatMap((app) =>
    reads.filter(({ file }) => isInProcess(model, file, app)).map(({ file }) => checksFor(model, app, file).isChecked(name)),
  )
  if (answers.length === 0) return environmentChecks(model).isChecked(name)
  return answers.find((answer) => answer === 'no') ?? answers.find((answer) => answer === 'unknown') ?? 'yes'
}

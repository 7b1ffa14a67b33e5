// The processes of a project that serve clients, and what belongs to which of them.
import type { CallRecord } from '../../link/value.js'
import { auxiliaryKind } from '../auxiliary.js'
import { packagesLoadedBy } from '../loadedPackages.js'
import type { App, ProjectModel } from '../model.js'
import { routesOf } from '../queries.js'
import { recorded, recordedOnce } from '../recorded.js'
import { packageFolderOf } from '../versions.js'

/** The first application of each process that listens and answers something, without those for probes and documents alone. */
export const servingProcesses: (model: ProjectModel) => readonly App[] = recordedOnce((model) => {
  const byEntry = new Map<string, App>()
  for (const app of model.apps)
    if (app.kind === 'server' && routesOf(model, app).length > 0 && auxiliaryKind(model, app) === null && !byEntry.has(app.entry))
      byEntry.set(app.entry, app)
  return [...byEntry.values()]
})

/** True for what fastify-cli makes: no call of the project does, so it stands where its file begins. The command line closes it on SIGTERM, and ends after what nobody caught. */
export function isMadeByCommandLine({ framework, at }: App): boolean {
  return framework === 'fastify' && at.fn === '' && at.node === 0
}

/** What the start of each process loads, by its entry. */
const starts = recordedOnce((model): ReadonlyMap<string, ReadonlySet<string>> => {
  const serving = new Set(model.apps.map(({ entry }) => entry))
  return new Map(model.entries.flatMap(({ file, loads = [] }) => (serving.has(file) ? [[file, new Set(loads)] as const] : [])))
})

/** True for a file that the start of an application loads. Of those that no start loads, what stands in its package belongs to it, and what stands in one without processes. */
export function isInProcess(model: ProjectModel, file: string, app: App): boolean {
  if (file === app.entry) return true
  const started = starts(model)
  if (started.has(file)) return false
  if ([...started.values()].some((files) => files.has(file))) return started.get(app.entry)?.has(file) === true
  const folder = packageFolderOf(model, file)
  return folder === packageFolderOf(model, app.entry) || !model.apps.some(({ entry }) => packageFolderOf(model, entry) === folder)
}

/** True for a call that the process of an application makes, also within what several processes load: whoever called says so. */
export function runsIn(model: ProjectModel, call: CallRecord, app: App): boolean {
  return isInProcess(model, callerOf(call), app)
}

/** The file that has a call made, in the end. */
export function callerOf({ at, stack }: CallRecord): string {
  return (stack[0] ?? at).file
}

/** The packages that files of its process load. */
export const loadedIn: (model: ProjectModel, app: App) => readonly string[] = recorded((model, app) =>
  [...model.productionFiles].filter((file) => isInProcess(model, file, app)).flatMap((file) => packagesLoadedBy(model, file)),
)

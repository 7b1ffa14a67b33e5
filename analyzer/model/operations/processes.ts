// The processes of a project that serve clients.
import { auxiliaryKind } from '../auxiliary.js'
import type { App, ProjectModel } from '../model.js'
import { routesOf } from '../queries.js'
import { recordedOnce } from '../recorded.js'

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

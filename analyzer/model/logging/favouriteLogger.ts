// The logger that a package of the project uses: what fixes log with.
import type { ProjectModel } from '../model.js'
import { loggerModules, loggersIn, packageOfModule, type KnownLogger } from './projectLoggers.js'
import { packageFolderOf } from '../versions.js'
import { recordedByName } from '../recorded.js'

/** The logger that most files of the package use, with the name that they give it; else one that the package exports. null where it has none. */
export function projectLogger(model: ProjectModel, file: string): KnownLogger | null {
  const home = packageFolderOf(model, file)
  return favourite(model, home)
}

const favourite = recordedByName(mostUsed)

function mostUsed(model: ProjectModel, home: string): KnownLogger | null {
  const isAtHome = (file: string): boolean => packageFolderOf(model, file) === home
  const uses = new Map<string, { logger: KnownLogger; count: number }>()
  for (const file of model.productionFiles) {
    if (!isAtHome(file)) continue
    for (const logger of loggersIn(model, file)) {
      if (logger.module === null) continue
      // The logger of another package of the workspace is imported by the name of that package.
      if (!isAtHome(logger.module.file) && packageOfModule(model, logger.module.file) !== logger.from?.specifier) continue
      const key = `${logger.module.file}#${logger.module.exported}`
      const use = uses.get(key) ?? { logger, count: 0 }
      uses.set(key, { ...use, count: use.count + 1 })
    }
  }
  const [best] = [...uses.values()].sort((a, b) => b.count - a.count)
  if (best !== undefined) return best.logger
  const module = loggerModules(model).find((one) => isAtHome(one.file))
  return module === undefined
    ? null
    : { name: module.exported === 'default' ? 'logger' : module.exported, kind: module.kind, from: null, module }
}

/** What the file imports the module of a project's logger by. */
export function specifierFor(model: ProjectModel, file: string, { module, from }: KnownLogger): string {
  const path = module?.file ?? ''
  return from !== null && packageFolderOf(model, path) !== packageFolderOf(model, file) ? from.specifier : `/${path}`
}

// Which packages production code loads, also where it uses nothing of them: `require('express-async-errors')`.
import { loadsInCode } from '../link/requiredModules.js'
import type { ProjectModel } from './model.js'
import { recordedByName, recordedOnce } from './recorded.js'

/** Specifiers of packages that production files import or require. */
export const loadedPackages: (model: ProjectModel) => ReadonlySet<string> = recordedOnce((model) => {
  const found = new Set<string>()
  for (const file of model.productionFiles) for (const specifier of packagesLoadedBy(model, file)) found.add(specifier)
  return found
})

/** The same of one file. */
export const packagesLoadedBy: (model: ProjectModel, file: string) => readonly string[] = recordedByName((model, file) => {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source') return []
  return loadsInCode(facts)
    .filter((specifier) => !specifier.startsWith('.'))
    .map((specifier) => specifier.replace(/^node:/, ''))
})

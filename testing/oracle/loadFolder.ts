// The project in a folder, as the analysis of a fixture application sees it.
import type { ProjectInput } from '../../analyzer/analyze.js'
import { loadProject } from '../../workspace/loadProject.js'
import type { ExpressVersion } from './fixture.js'

/** Loads the folder as if its package.json files asked for this version of Express. */
export function loadFolder(folder: string, express: ExpressVersion): ProjectInput {
  const project = loadProject(folder)
  const range = express === 4 ? '^4.22.3' : '^5.3.0'
  const packages = project.packages.map((each) =>
    'express' in each.dependencies ? { ...each, dependencies: { ...each.dependencies, express: range } } : each,
  )
  return { ...project, packages }
}

// The project in a folder, as the analysis of a fixture application sees it.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ProjectInput } from '../../analyzer/analyze.js'
import { loadProject } from '../../workspace/loadProject.js'
import { repositoryRoot, type ExpressVersion, type NestVersion } from './fixture.js'

/** Loads the folder as if its package.json files asked for these versions of Express and Nest. */
export function loadFolder(folder: string, express: ExpressVersion, nest: NestVersion = 12): ProjectInput {
  const project = loadProject(folder)
  const ranges = { express: express === 4 ? '^4.22.3' : '^5.3.0', ...rangesWithNest(nest) }
  const packages = project.packages.map((each) => ({
    ...each,
    dependencies: withRanges(each.dependencies, ranges),
    locked: withRanges(each.locked, ranges),
  }))
  return { ...project, packages }
}

type Ranges = Readonly<Record<string, string>>

function withRanges(dependencies: Ranges, ranges: Ranges): Ranges {
  return Object.fromEntries(Object.entries(dependencies).map(([name, range]) => [name, ranges[name] ?? range]))
}

/** What is installed beside an older Nest. */
function rangesWithNest(nest: NestVersion): Ranges {
  if (nest === 12) return {}
  const manifest = readFileSync(path.join(repositoryRoot, 'testing', `nest${nest}`, 'package.json'), 'utf8')
  const { dependencies } = JSON.parse(manifest) as { dependencies: Ranges }
  return nest === 10 ? { express: '^4.22.3', fastify: '^4.29.1', ...dependencies } : dependencies
}

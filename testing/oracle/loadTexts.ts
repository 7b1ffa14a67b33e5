// Projects for the static side: a folder as it is, or texts written to a temporary one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ProjectInput } from '../../analyzer/analyze.js'
import { loadProject } from '../../workspace/loadProject.js'
import type { ExpressVersion } from './fixture.js'
import type { Texts } from './inlineApplication.js'

/** The project that these texts are, read from disk as any other. */
export function loadTexts(texts: Texts): ProjectInput {
  const folder = mkdtempSync(path.join(tmpdir(), 'oracle-texts-'))
  try {
    for (const [name, text] of texts) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), text)
    }
    return loadProject(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The project in a folder as if its package.json files asked for this version of Express. */
export function loadFolder(folder: string, express: ExpressVersion): ProjectInput {
  const project = loadProject(folder)
  const range = express === 4 ? '^4.22.3' : '^5.3.0'
  const packages = project.packages.map((each) =>
    'express' in each.dependencies ? { ...each, dependencies: { ...each.dependencies, express: range } } : each,
  )
  return { ...project, packages }
}

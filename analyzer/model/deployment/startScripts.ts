// Shell scripts of the project: which of them start the server, and what they export.
import type { DeploymentFacts } from '../../extract/facts.js'
import { folderOf } from '../../link/filePath.js'
import { withoutAssignments, wordsOf } from '../../link/shellCommand.js'
import { scriptAt } from '../../link/startedScripts.js'
import type { Location } from '../../text/location.js'
import { isDeployedFile } from './deployedFiles.js'
import type { ProjectModel } from '../model.js'
import { productionStarts } from './productionStarts.js'
import { recordedOnce } from '../recorded.js'
import { serverImages } from './serverImages.js'

export interface ExportedVariable {
  readonly name: string
  /** As written, references to other variables included. */
  readonly value: string
  readonly at: Location
}

/** Those that lead to a server in production, and those that they read in, each once. */
export const startScripts: (model: ProjectModel) => ReadonlySet<DeploymentFacts> = recordedOnce((model) => {
  const ofImages = serverImages(model).flatMap(({ commands }) => commands)
  const ofStarts = productionStarts(model).map(({ command }) => command)
  const found = new Set([...ofImages, ...ofStarts].filter(({ starts }) => starts !== 'other').flatMap(({ shells }) => shells))
  // A set that grows while it is gone through: what is read in may read in more.
  for (const script of found) for (const one of readInBy(model, script)) found.add(one)
  return found
})

/** `. ./env.sh`, `source "$(dirname "$0")/env.sh"`: what it sets holds for the shell that reads it. */
function readInBy(model: ProjectModel, { file, entries }: DeploymentFacts): readonly DeploymentFacts[] {
  return entries.flatMap(({ key, value }) => {
    const [program = '', path = ''] = isRun(key) ? withoutAssignments(wordsOf(value)) : []
    if ((program !== '.' && program !== 'source') || path === '') return []
    const started = { kind: 'shell' as const, folder: folderOf(file), path: path.replace(/^\$\(.*\)\//, './'), words: [], shell: null }
    return scriptAt(started, model) ?? []
  })
}

/** All that are deployed, those for developers, tests and pipelines left out. */
export const deployedScripts: (model: ProjectModel) => readonly DeploymentFacts[] = recordedOnce((model) =>
  [...model.files.values()].flatMap((facts) =>
    facts.kind === 'deployment' && facts.format === 'shell' && isDeployedFile(facts.file) ? [facts] : [],
  ),
)

/** What a script hands to what it starts, in order: `export A=1`, `A=1; export A`, and `A=1 node server.js`. */
export function exportedBy({ file, entries }: DeploymentFacts): readonly ExportedVariable[] {
  const exported = new Set(entries.flatMap(({ key }) => (key.at(-2) === 'export' ? [key.at(-1) ?? ''] : [])))
  const isAll = entries.some(({ key, value }) => key.at(-1) === 'run' && /^\["set", "(-a|-[a-z]*a[a-z]*|-o", "allexport)"/.test(value))
  return entries.flatMap(({ key, value, node }): readonly ExportedVariable[] => {
    const at = { file, fn: '', node }
    const name = key.at(-1) ?? ''
    if (isRun(key)) return assignmentsOf(value).map(([given, text]) => ({ name: given, value: text, at }))
    const isGiven = key.at(-2) === 'export' || (key.at(-2) === 'assign' && (isAll || exported.has(name)))
    return isGiven && value !== `$${name}` ? [{ name, value, at }] : []
  })
}

function isRun(key: readonly string[]): boolean {
  return key.at(-1) === 'run' && key.at(-2) !== 'export' && key.at(-2) !== 'assign'
}

/** Those in front of a command. */
function assignmentsOf(command: string): readonly (readonly [string, string])[] {
  const words = wordsOf(command)
  return words.slice(0, words.length - withoutAssignments(words).length).map((word) => {
    const at = word.indexOf('=')
    return [word.slice(0, at), word.slice(at + 1)]
  })
}

// Shell scripts that a command starts: which file of the project it is, and what that file starts in turn.
import type { DeploymentFacts, FileFacts } from '../extract/facts.js'
import type { PackageFacts } from '../model/model.js'
import { baseNameOf, joinPath } from './filePath.js'
import type { ImageSources } from './imageFiles.js'
import { scriptCommands, type ScriptCommand } from './scriptCommands.js'
import type { Started } from './startedPrograms.js'

/** The container in which a command runs. */
export interface Container {
  /** Absolute folder that the project or one of its packages was copied to; '' for none. */
  readonly workFolder: string
  readonly sources: ImageSources
}

interface Project {
  readonly files: ReadonlyMap<string, FileFacts>
  readonly packages: readonly PackageFacts[]
  readonly container?: Container
}

type StartedScript = Started & { readonly kind: 'shell' }

export interface PlacedCommand extends Omit<ScriptCommand, 'folder'> {
  /** Of the project. */
  readonly folder: string
}

/** The script's facts; null where the project does not hold it. */
export function scriptAt({ path, folder }: StartedScript, { files, container }: Project): DeploymentFacts | null {
  const places = [
    ...(path.startsWith('/') ? [] : [joinPath(folder, path)]),
    ...(container?.sources(path) ?? []).flatMap((source) => [joinPath(folder, source), joinPath('', source)]),
  ]
  for (const place of places) {
    const facts = place === null ? undefined : files.get(place)
    if (facts?.kind === 'deployment' && facts.format === 'shell') return facts
  }
  const named = [...files.values()].filter((facts) => baseNameOf(facts.file) === baseNameOf(path) && isShell(facts))
  const [only] = named
  return named.length === 1 && only?.kind === 'deployment' ? only : null
}

function isShell(facts: FileFacts): boolean {
  return facts.kind === 'deployment' && facts.format === 'shell'
}

/** What it runs, each command with its folder. */
export function commandsOfScript(script: DeploymentFacts, started: StartedScript, project: Project): readonly PlacedCommand[] {
  return scriptCommands(script, [started.path, ...started.words]).map((command) => ({
    ...command,
    folder: folderIn(command.folder, started.folder, project),
    words: command.words.map((word) => withinProject(word, project)),
  }))
}

/** Folders of a container are found by their ends: `/srv/services/api` is the package `services/api`. */
function folderIn(path: string, start: string, project: Project): string {
  if (!path.startsWith('/')) return joinPath(start, path) ?? start
  const parts = path.split('/').slice(1)
  const tails = parts.map((_, at) => parts.slice(at).join('/'))
  return tails.find((tail) => project.packages.some(({ folder }) => folder === tail)) ?? start
}

function withinProject(word: string, { container }: Project): string {
  const folder = container?.workFolder ?? ''
  return folder !== '' && word.startsWith(`${folder}/`) ? word.slice(folder.length + 1) : word
}

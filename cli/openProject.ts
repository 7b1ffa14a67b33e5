// From arguments to a loaded project with its configuration and rules.
import { join, resolve } from 'node:path'
import { compareText } from '../analyzer/check/finding.js'
import { nearest } from '../analyzer/check/nearest.js'
import type { Rule } from '../analyzer/check/rule.js'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import type { FileFacts } from '../analyzer/extract/facts.js'
import { discover } from '../workspace/discover.js'
import { filesOfIndex } from '../workspace/git.js'
import { locateFile, locateProject, toProject, type Target } from '../workspace/locateProject.js'
import { cacheFolderOf } from '../workspace/factsCache.js'
import { loadProject, type Project } from '../workspace/loadProject.js'
import { takeSnapshot } from '../workspace/snapshot.js'
import { readConfigurationAbove, readConfigurationsBelow, type FoundConfiguration, type NestedConfiguration } from './configurations.js'
import { askGit, repositoryFor } from './repository.js'
import { WrongUse } from './exitCode.js'
import { partOf, type Part, type PartRun } from './shard.js'
import { createProgress, printable, type Terminal } from './terminal.js'

export interface OpenProject extends FoundConfiguration {
  readonly target: Target
  readonly project: Project
  /** Configurations of packages inside it, the deepest first. */
  readonly nested: readonly NestedConfiguration[]
  readonly rules: readonly Rule[]
  /** Milliseconds for reading and extraction. */
  readonly loadTime: number
  /** The part of the project that is checked; null for all of it. */
  readonly part: PartRun | null
  /** Removes what was written for this run alone. */
  readonly close: () => void
}

export interface OpenOptions {
  /** Path of the configuration, where it is not the nearest one. */
  readonly config?: string
  /** False where facts of earlier runs are neither used nor kept. */
  readonly cache?: boolean
  /** Read the files as they are staged, and not as they stand in the work tree. */
  readonly staged?: boolean
  /** A text that stands for a file's: what an editor holds and has not saved. The path as it was given. */
  readonly input?: { readonly file: string; readonly text: string }
  /** Facts of an earlier run; they serve where the text is still the same. */
  readonly known?: ReadonlyMap<string, FileFacts>
  /** Check this part alone. */
  readonly part?: Part
}

/** Reads the project around the paths. Throws `WrongUse` for a path that leads nowhere and for a broken configuration. */
export async function openProject(paths: readonly string[], options: OpenOptions, terminal: Terminal): Promise<OpenProject> {
  const target = options.input === undefined ? locateProject(paths, terminal.cwd) : locateFile(options.input.file, terminal.cwd)
  if ('missing' in target)
    throw new WrongUse(`There is nothing at ${printable(target.missing)}. Give the folder of a server, or files of it.`)
  const rules = await allRules()
  const { configuration, configurationFile } = await readConfigurationAbove(target, options.config, terminal.cwd)
  const progress = createProgress(terminal)
  progress.show('Reading')
  const start = terminal.now()
  const part = options.part === undefined ? null : partOf(target.root, options.part, terminal.cwd)
  const { project, close } = load(target, options, terminal.cwd, part)
  const loadTime = terminal.now() - start
  progress.clear()
  // A configuration that was given stands for all.
  const nested = options.config === undefined ? await readConfigurationsBelow(target.root, project.files.keys(), terminal.cwd) : []
  return { target, project, configuration, configurationFile, nested, rules, loadTime, part, close }
}

function load({ root }: Target, options: OpenOptions, cwd: string, part: PartRun | null): Pick<OpenProject, 'project' | 'close'> {
  const cacheFolder = options.cache === false ? null : cacheFolderOf(root)
  if (options.staged === true) return loadStaged(root, cacheFolder)
  const { input } = options
  const close = (): void => undefined
  if (input === undefined) {
    const { known } = options
    const limits = { ...(known === undefined ? {} : { known }), ...(part === null ? {} : { isExcluded: part.isExcluded }) }
    return { project: loadProject(root, { cacheFolder, extracts: 'asked', ...limits }), close }
  }
  const path = resolve(cwd, input.file)
  const project = loadProject(root, { cacheFolder, extracts: 'asked', openText: (absolute) => (absolute === path ? input.text : null) })
  const file = toProject(root, path)
  // A file that was never saved is not found on the disk.
  if (!project.files.has(file)) {
    const files = new Map([...project.files, [file, extractFacts(file, input.text)] as const].sort(([a], [b]) => compareText(a, b)))
    return { project: { ...project, files }, close }
  }
  return { project, close }
}

function loadStaged(root: string, cacheFolder: string | null): Pick<OpenProject, 'project' | 'close'> {
  const { repository, folder } = repositoryFor(root)
  const snapshot = askGit(repository, () => takeSnapshot(repository, filesOfIndex(repository), folder))
  try {
    const project = loadProject(join(snapshot.root, folder), { cacheFolder, extracts: 'asked' })
    // Files that git ignores are in no commit; that they exist is known from the work tree.
    return { project: { ...project, root, ignoredFiles: discover(root).ignoredFiles }, close: snapshot.remove }
  } catch (error) {
    snapshot.remove()
    throw error
  }
}

export async function allRules(): Promise<readonly Rule[]> {
  return (await import('../rules/index.js')).rules
}

/** Refuses names of rules that do not exist, with the most likely one that does. */
export function checkRuleIds(ids: readonly string[], known: readonly string[]): void {
  for (const id of ids) {
    if (known.includes(id)) continue
    const guess = nearest(id, known)
    throw new WrongUse(`There is no rule ${printable(id)}. ${guess === null ? '`parapet rules` lists them.' : `Did you mean ${guess}?`}`)
  }
}

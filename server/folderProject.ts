// One analysed folder: read from the disk and from open documents, kept up to date, analysed when its schedule says so.
import { join } from 'node:path'
import type { Analysis } from '../analyzer/analyze.js'
import type { RegionOptions } from '../analyzer/regions.js'
import { createSession, type Session } from '../analyzer/session.js'
import { hashText } from '../analyzer/text/hash.js'
import type { Rule } from '../analyzer/check/rule.js'
import { cacheFolderOf } from '../workspace/factsCache.js'
import { loadInSteps, type Project } from '../workspace/loadProject.js'
import { toProject } from '../workspace/locateProject.js'
import { findConfiguration, findNestedConfigurations } from '../workspace/projectConfiguration.js'
import { DEFAULT_LIMITS, readWithin } from '../workspace/readWithin.js'
import { isInWalkedFolder, wouldBeRead } from '../workspace/wouldBeRead.js'
import type { Documents } from './documents.js'
import type { ParapetSettings } from './protocol.js'
import { regionsOf, withLastGood, withLastManifests, type Configurations } from './projectInputs.js'
import { createSchedule, nextTurn, type Schedule, type Timing } from './schedule.js'
import { changesSettings } from './settingsFiles.js'

/** What the last analysis found, and what it looked at. */
export interface ProjectState {
  readonly root: string
  readonly analysis: Analysis
  /** What it ran under. */
  readonly regions: Pick<RegionOptions, 'configuration' | 'nested'>
  readonly found: Configurations
  readonly project: Project
  /** Versions of open documents as they were analysed, by absolute path. */
  readonly versions: ReadonlyMap<string, number>
  /** The last text that parsed of files that do not parse now, and of open ones; by project-relative path. */
  readonly goodTexts: ReadonlyMap<string, string>
  /** Milliseconds. */
  readonly duration: number
  readonly endedAt: Date
  /** Files whose change led to this analysis. */
  readonly changed: readonly string[]
}

export interface ProjectSurroundings {
  readonly documents: Documents
  /** False for files that belong to a folder further in. */
  readonly owns: (absolute: string) => boolean
  readonly settings: () => ParapetSettings
  readonly timing: Timing
  readonly rules: readonly Rule[]
  readonly onAnalysed: (project: FolderProject) => void
  readonly onProgress: (project: FolderProject, files: number) => void
  readonly onFailure: (project: FolderProject, error: unknown) => void
}

export interface FolderProject {
  /** Absolute. */
  readonly root: string
  /** The text of a file is another one, in the editor or on the disk. */
  readonly changed: (absolute: string) => void
  /** Whether a change of this file on the disk can change anything. */
  readonly concerns: (absolute: string) => boolean
  /** Settings changed: everything is looked up anew, but facts of unchanged texts are kept. */
  readonly reload: () => void
  readonly state: () => ProjectState | null
  readonly isBusy: () => boolean
  readonly schedule: Pick<Schedule, 'settled' | 'hurry'>
  readonly dispose: () => void
}

/** Milliseconds of reading between two pauses. */
const READ_AT_ONCE = 10
/** Milliseconds after the first findings, when nobody waits any more. */
const CACHE_LATER = 2_000

export function createFolderProject(root: string, around: ProjectSurroundings): FolderProject {
  const { documents } = around
  const openText = documents.textOf
  let needsLoad = true
  let project: Project | null = null
  let session: Session | null = null
  let found: Configurations | null = null
  let regions: ProjectState['regions'] | null = null
  let state: ProjectState | null = null
  let isBusy = false
  let isDisposed = false
  /** True until the first analysis after reading. */
  let isFresh = false
  const dirty = new Set<string>()
  const goodTexts = new Map<string, string>()

  async function prepare(): Promise<void> {
    isBusy = true
    if (!needsLoad) return
    needsLoad = false
    try {
      const loaded = await load()
      if (loaded === null) return
      const main = await findConfiguration(root, { openText })
      const nested = await findNestedConfigurations(root, loaded.files.keys(), openText)
      found = withLastGood({ main, nested }, found)
      project = withLastManifests(loaded, project)
      regions = regionsOf(found, around.settings())
      session = createSession(project, around.rules, { ...regions, only: [], now: () => performance.now() })
      isFresh = true
      for (const file of openHere()) dirty.add(file)
    } catch (error) {
      around.onFailure(self, error)
    }
  }

  /** null when everything has to be read once more, or nothing any more. */
  async function load(): Promise<Project | null> {
    const known = state?.analysis.model.files
    const steps = loadInSteps(root, {
      openText,
      openFiles: openHere().filter((file) => wouldBeRead(root, file)),
      isExcluded: (file) => !around.owns(join(root, file)),
      cacheFolder: cacheFolderOf(root),
      extracts: 'asked',
      ...(known === undefined ? {} : { known }),
    })
    for (let paused = performance.now(); ;) {
      const step = steps.next()
      if (step.done === true) return step.value
      if (performance.now() - paused < READ_AT_ONCE) continue
      around.onProgress(self, step.value)
      await nextTurn()
      if (needsLoad || isDisposed) return null
      paused = performance.now()
    }
  }

  function run(): void {
    isBusy = false
    if (session === null || project === null || found === null || regions === null) return
    const started = performance.now()
    const changed = [...dirty]
    try {
      const texts = new Map(changed.map((file) => [file, update(session!, file)]))
      dirty.clear()
      const analysis = session.analyze()
      for (const [file, text] of texts) {
        const isGood = text === null || analysis.model.files.get(file)?.hash === hashText(text)
        if (isGood && text !== null && openText(join(root, file)) !== null) goodTexts.set(file, text)
        else if (isGood) goodTexts.delete(file)
      }
      const versions = new Map([...documents.all()].map(({ path, version }) => [path, version]))
      const duration = performance.now() - started
      state = { root, analysis, regions, found, project, versions, goodTexts, duration, endedAt: new Date(), changed }
      around.onAnalysed(self)
      if (isFresh) setTimeout(project.saveCache, CACHE_LATER).unref()
      isFresh = false
    } catch (error) {
      around.onFailure(self, error)
    }
  }

  function openHere(): readonly string[] {
    return [...documents.all()].filter(({ path }) => around.owns(path)).map(({ path }) => toProject(root, path))
  }

  function isKnown(file: string): boolean {
    return state?.analysis.model.files.has(file) === true || project?.files.has(file) === true
  }

  /** The text that the session has now. */
  function update(current: Session, file: string): string | null {
    const absolute = join(root, file)
    if (!isKnown(file) && !wouldBeRead(root, file)) return null
    const { text } = readWithin(root, file, DEFAULT_LIMITS, openText(absolute))
    current.update(file, text)
    return text
  }

  const schedule = createSchedule({ prepare, needsPreparation: () => needsLoad, run }, around.timing)
  const self: FolderProject = {
    root,
    changed: (absolute) => {
      const file = toProject(root, absolute)
      if (changesSettings(file)) needsLoad = true
      dirty.add(file)
      schedule.touch()
    },
    concerns: (absolute) => {
      const file = toProject(root, absolute)
      return isKnown(file) || (changesSettings(file) && isInWalkedFolder(file)) || wouldBeRead(root, file)
    },
    reload: () => {
      needsLoad = true
      schedule.touch()
    },
    state: () => state,
    isBusy: () => isBusy,
    schedule,
    dispose: () => {
      isDisposed = true
      schedule.stop()
    },
  }
  schedule.touch()
  schedule.hurry()
  return self
}

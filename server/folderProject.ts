// One analysed folder: read from the disk and from open documents, kept up to date, analysed when its schedule says so.
import { basename, join } from 'node:path'
import { createSession, type Session } from '../analyzer/session.js'
import { hashText } from '../analyzer/text/hash.js'
import type { Rule } from '../analyzer/check/rule.js'
import { BASELINE_FILE, type FoundBaseline } from '../workspace/baselineFile.js'
import { cacheFolderOf } from '../workspace/factsCache.js'
import { loadInSteps, type Project } from '../workspace/loadProject.js'
import { toProject } from '../workspace/locateProject.js'
import { findConfiguration, findNestedConfigurations } from '../workspace/projectConfiguration.js'
import { DEFAULT_LIMITS, readWithin } from '../workspace/readWithin.js'
import { changesSettings } from '../workspace/settingsFiles.js'
import { isInWalkedFolder, wouldBeRead } from '../workspace/wouldBeRead.js'
import { countsFromAbove, stampOfAbove } from '../workspace/above.js'
import { readBaselines, withoutAccepted } from './baselines.js'
import type { Documents } from './documents.js'
import type { ParapetSettings } from './protocol.js'
import { regionsOf, withLastGood, withLastManifests, type Configurations } from './projectInputs.js'
import type { ProjectState } from './projectState.js'
import { createSchedule, inPauses, type Schedule, type Timing } from './schedule.js'

export interface ProjectSurroundings {
  readonly documents: Documents
  /** False for files that belong to a folder further in. */
  readonly owns: (absolute: string) => boolean
  readonly settings: (root: string) => ParapetSettings
  /** Resolves when the settings are there. */
  readonly settingsKnown: () => Promise<void>
  readonly timing: Timing
  readonly rules: readonly Rule[]
  readonly onAnalysed: (project: FolderProject) => void
  readonly onProgress: (project: FolderProject, files: number) => void
  /** Everything is read; the first analysis, which takes long in a large project, waits for the answer. */
  readonly beforeAnalysis: (project: FolderProject, files: number) => Promise<void>
  readonly onFailure: (project: FolderProject, error: unknown) => void
}

export interface FolderProject {
  /** Absolute. */
  readonly root: string
  /** The text of a file is another one, in the editor or on the disk. */
  readonly changed: (absolute: string) => void
  /** Whether a change of this file of the folder on the disk can change anything. */
  readonly concerns: (absolute: string) => boolean
  /** Whether this file of another folder decides about this one. */
  readonly readsFromOutside: (absolute: string) => boolean
  /** Settings changed: everything is looked up anew, but facts of unchanged texts are kept. */
  readonly reload: () => void
  readonly state: () => ProjectState | null
  readonly isBusy: () => boolean
  readonly schedule: Pick<Schedule, 'settled' | 'hurry'>
  readonly dispose: () => void
}

/** Milliseconds after the first findings. */
const CACHE_LATER = 2_000

export function createFolderProject(root: string, around: ProjectSurroundings): FolderProject {
  const { documents } = around
  const openText = documents.countedTextOf
  let needsLoad = true
  let needsBaselines = true
  let project: Project | null = null
  let session: Session | null = null
  let found: Configurations | null = null
  let regions: ProjectState['regions'] | null = null
  let baselines: readonly FoundBaseline[] = []
  let state: ProjectState | null = null
  let above = ''
  let isBusy = false
  let isDisposed = false
  /** Of the first analysis after reading: what takes long in it is to be done, is done, or all of it is over. */
  let first: 'ahead' | 'begun' | 'over' = 'over'
  const dirty = new Set<string>()
  const goodTexts = new Map<string, string>()

  async function prepare(): Promise<void> {
    isBusy = true
    await around.settingsKnown()
    try {
      const stamp = stampOfAbove(root)
      if (stamp !== above) needsLoad = true
      above = stamp
      if (needsLoad) await load()
      if (needsBaselines && !needsLoad) await loadBaselines()
      if (first === 'ahead' && !needsLoad && session !== null && project !== null) {
        await around.beforeAnalysis(self, project.files.size)
        // Requests can be withdrawn meanwhile, and the server ended. What is typed waits for the run.
        if ((await inPauses(session.begin(), isOver)) !== null) first = 'begun'
      }
    } catch (error) {
      around.onFailure(self, error)
    }
  }

  async function load(): Promise<void> {
    needsLoad = false
    const known = state?.analysis.model.files
    const steps = loadInSteps(root, {
      openText,
      openFiles: openHere().filter((file) => openText(join(root, file)) !== null && wouldBeRead(root, file)),
      isExcluded: (file) => !around.owns(join(root, file)),
      cacheFolder: cacheFolderOf(root),
      extracts: 'asked',
      ...(known === undefined ? {} : { known }),
    })
    const loaded = await inPauses(steps, isOver, (files) => around.onProgress(self, files))
    if (loaded === null) return
    const main = await findConfiguration(root, { openText })
    const nested = await findNestedConfigurations(root, loaded.files.keys(), openText)
    found = withLastGood({ main, nested }, found)
    project = withLastManifests(loaded, project)
    regions = regionsOf(found, around.settings(root))
    session = createSession(project, around.rules, { ...regions, only: [], now: () => performance.now() })
    first = 'ahead'
    needsBaselines = true
    for (const file of openHere()) dirty.add(file)
  }

  async function loadBaselines(): Promise<void> {
    needsBaselines = false
    const packages = project?.packages.map(({ folder }) => folder) ?? []
    baselines = await readBaselines({ root, packages, named: around.settings(root).baseline, openText }, baselines)
  }

  function run(): void {
    isBusy = false
    if (session === null || project === null || found === null || regions === null) return
    const started = performance.now()
    try {
      const texts = new Map([...dirty].map((file) => [file, update(session!, file)]))
      dirty.clear()
      const whole = session.analyze()
      const { analysis, ...rest } = withoutAccepted(whole, baselines, new Date().toISOString().slice(0, 10))
      for (const [file, text] of texts) {
        const isGood = text === null || analysis.model.files.get(file)?.hash === hashText(text)
        if (isGood && text !== null && documents.get(join(root, file)) !== undefined) goodTexts.set(file, text)
        else if (isGood) goodTexts.delete(file)
      }
      const duration = performance.now() - started
      const endedAt = new Date()
      state = { root, analysis, regions, found, baselines, ...rest, project, goodTexts, duration, endedAt }
      around.onAnalysed(self)
      if (first !== 'over') setTimeout(project.saveCache, CACHE_LATER).unref()
      first = 'over'
    } catch (error) {
      around.onFailure(self, error)
    }
  }

  const isOver = (): boolean => needsLoad || isDisposed

  const openHere = (): readonly string[] =>
    [...documents.all()].filter(({ path }) => around.owns(path)).map(({ path }) => toProject(root, path))

  const isBaseline = (absolute: string): boolean => basename(absolute) === BASELINE_FILE || baselines.some(({ path }) => path === absolute)

  const isKnown = (file: string): boolean => state?.analysis.model.files.has(file) === true || project?.files.has(file) === true

  /** The text that the session has now. */
  function update(current: Session, file: string): string | null {
    const absolute = join(root, file)
    if (!isKnown(file) && !wouldBeRead(root, file)) return null
    const { text } = readWithin(root, file, DEFAULT_LIMITS, openText(absolute))
    current.update(file, text)
    return text
  }

  const schedule = createSchedule({ prepare, needsPreparation: () => needsLoad || needsBaselines, run }, around.timing)
  const self: FolderProject = {
    root,
    changed: (absolute) => {
      const file = toProject(root, absolute)
      if (isBaseline(absolute)) needsBaselines = true
      else if (changesSettings(file)) needsLoad = true
      dirty.add(file)
      schedule.touch()
    },
    concerns: (absolute) => {
      const file = toProject(root, absolute)
      return isKnown(file) || isBaseline(absolute) || (changesSettings(file) && isInWalkedFolder(file)) || wouldBeRead(root, file)
    },
    readsFromOutside: (absolute) =>
      !around.owns(absolute) && (countsFromAbove(absolute, root) || baselines.some(({ path }) => path === absolute)),
    reload: () => {
      needsLoad = true
      schedule.touch()
    },
    state: () => state,
    isBusy: () => isBusy,
    schedule: { hurry: schedule.hurry, settled: () => around.settingsKnown().then(schedule.settled) },
    dispose: () => {
      isDisposed = true
      schedule.stop()
    },
  }
  schedule.touch()
  schedule.hurry()
  return self
}

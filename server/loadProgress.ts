// Progress of the first look at a large project, shown only when it takes long enough to be asked about.
import { basename } from 'node:path'
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver'
import type { FolderProject } from './folderProject.js'

export interface LoadProgress {
  /** `files` have been read so far. Answers true for the first report of a load. */
  readonly report: (project: FolderProject, files: number) => boolean
  /** `files` have been read; what comes now takes longer in a large project, and nothing is answered meanwhile. Resolves when the client knows. */
  readonly announce: (project: FolderProject, files: number) => Promise<void>
  readonly end: (project: FolderProject) => void
}

/** Milliseconds before anything is shown, and between two reports. */
const PATIENCE = 700
const PACE = 200
/** Files from which on the first analysis takes long enough to be announced. */
const LARGE = 300
/** Milliseconds that a client gets to take an announcement in. */
const ANNOUNCEMENT = 200

interface Running {
  readonly since: number
  last: number
  reporter: Promise<WorkDoneProgressServerReporter> | null
}

export function createLoadProgress(connection: Connection, isShown: () => boolean): LoadProgress {
  const running = new Map<string, Running>()

  async function show(load: Running, name: string, text: string): Promise<void> {
    if (load.reporter !== null) return (await load.reporter).report(text)
    load.reporter = connection.window.createWorkDoneProgress()
    const reporter = await load.reporter
    reporter.begin(`Parapet checks ${name}`, undefined, text, false)
  }

  function loadOf(root: string, now: number): Running {
    const load = running.get(root) ?? { since: now, last: 0, reporter: null }
    running.set(root, load)
    return load
  }

  return {
    report: ({ root }, files) => {
      const now = performance.now()
      const isFirst = !running.has(root)
      const load = loadOf(root, now)
      if (isShown() && now - load.since > PATIENCE && now - load.last > PACE) {
        load.last = now
        // A client that does not want to show it is no reason to stop.
        show(load, basename(root), `${files} files read`).catch(() => undefined)
      }
      return isFirst
    },
    announce: async ({ root }, files) => {
      if (!isShown() || files < LARGE) return
      const shown = show(loadOf(root, performance.now()), basename(root), `${files} files read, following the start of the server`)
      await Promise.race([shown.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, ANNOUNCEMENT))])
    },
    end: ({ root }) => {
      running
        .get(root)
        ?.reporter?.then((reporter) => reporter.done())
        .catch(() => undefined)
      running.delete(root)
    },
  }
}

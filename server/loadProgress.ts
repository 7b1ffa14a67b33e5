// Progress of reading a large project, shown only when it takes long enough to be asked about.
import { basename } from 'node:path'
import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver'
import type { FolderProject } from './folderProject.js'

export interface LoadProgress {
  /** `files` have been read so far. Answers true for the first report of a load. */
  readonly report: (project: FolderProject, files: number) => boolean
  readonly end: (project: FolderProject) => void
}

/** Milliseconds before anything is shown, and between two reports. */
const PATIENCE = 700
const PACE = 200

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
    reporter.begin(`Parapet reads ${name}`, undefined, text, false)
  }

  return {
    report: ({ root }, files) => {
      const now = performance.now()
      const load = running.get(root) ?? { since: now, last: 0, reporter: null }
      const isFirst = !running.has(root)
      running.set(root, load)
      if (isShown() && now - load.since > PATIENCE && now - load.last > PACE) {
        load.last = now
        // A client that does not want to show it is no reason to stop.
        show(load, basename(root), `${files} files`).catch(() => undefined)
      }
      return isFirst
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

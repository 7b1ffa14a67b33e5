// `parapet check --watch`: reports again after each change, until it is stopped.
import { resolve } from 'node:path'
import { toProject } from '../../workspace/locateProject.js'
import { watchFolders } from '../../workspace/watchFolders.js'
import { EXIT, WrongUse, type ExitCode } from '../exitCode.js'
import { openProject, type OpenOptions, type OpenProject } from '../openProject.js'
import type { Output } from '../report/formats.js'
import { listed } from '../../analyzer/model/words.js'
import { colorsFor, printable, type Terminal } from '../terminal.js'

const MOST_NAMED = 3

/** Checks, waits for a change, and checks again with the facts of what stayed. `checkOnce` reports. Ends when `terminal.stop` says so. */
export async function watch(
  paths: readonly string[],
  options: OpenOptions,
  outputs: readonly Output[],
  terminal: Terminal,
  checkOnce: (open: OpenProject) => Promise<ExitCode>,
): Promise<ExitCode> {
  let open = await openProject(paths, options, terminal)
  const { root } = open.target
  const own = new Set(outputs.flatMap(({ file }) => (file === null ? [] : toProject(root, resolve(terminal.cwd, file)))))
  const watching = watchFolders(root, (path) => own.has(path))
  terminal.stop?.addEventListener('abort', watching.close)
  try {
    watching.follow(foldersOf(open))
    for (let code = await checkOnce(open); ;) {
      terminal.err('Watching for changes…\n')
      const changed = await watching.next()
      if (changed === null) return code
      terminal.err(`Changed: ${namesOf(changed)}.\n`)
      try {
        open = await openProject(paths, { ...options, known: open.project.files }, terminal)
        watching.follow(foldersOf(open))
        code = await checkOnce(open)
      } catch (error) {
        // A configuration that is half written now is whole after the next change.
        if (!(error instanceof WrongUse)) throw error
        terminal.err(`${colorsFor(terminal).red('parapet:')} ${error.message}\n`)
        code = EXIT.wrongUse
      }
    }
  } finally {
    watching.close()
  }
}

/** Folders that hold something that was read, and those above them, where new ones appear. */
function foldersOf({ project }: OpenProject): ReadonlySet<string> {
  const folders = new Set([''])
  for (const file of project.files.keys()) {
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) folders.add(file.slice(0, end))
  }
  return folders
}

function namesOf(paths: readonly string[]): string {
  return listed(paths.map(printable), MOST_NAMED)
}

// Files that package scripts start which are no server: seeds, releases, one-off chores.
import type { FileFacts } from '../extract/facts.js'
import type { PackageFacts } from '../model/model.js'
import type { Resolution } from './resolveModule.js'
import { scriptPurpose } from './scriptNames.js'
import { filesOf } from './startedFiles.js'
import type { Lookup } from './startedFiles.js'
import { startedPrograms } from './startedPrograms.js'

/** What the scripts that start no server start: their files are scripts, unless a declared entry starts them too. */
export function scriptFiles(
  files: ReadonlyMap<string, FileFacts>,
  packages: readonly PackageFacts[],
  resolve: (specifier: string, fromFile: string) => Resolution,
): ReadonlySet<string> {
  const lookup: Lookup = { files, packages, resolve }
  const found = new Set<string>()
  for (const item of packages) {
    for (const [name, command] of Object.entries(item.scripts)) {
      if (scriptPurpose(name) !== 'other') continue
      for (const started of startedPrograms(command, item.folder, name)) {
        if (started.kind !== 'file' && started.kind !== 'shell') continue
        for (const file of filesOf(started, lookup, [])) found.add(file)
      }
    }
  }
  return found
}

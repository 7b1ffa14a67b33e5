// A state of a repository that is not the work tree, as a folder of its own for as long as it is looked at.
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import { fileKindOf } from './fileKinds.js'
import { changesSettings } from './settingsFiles.js'
import { contentsOf, type TreeFile } from './git.js'

export interface Snapshot {
  /** Absolute folder that stands for the root of the repository. */
  readonly root: string
  readonly remove: () => void
}

/**
 * Writes the files that Parapet reads to a temporary folder. Outside `folder` (from the root of the repository, '' for all) only settings are
 * written. Installed packages are linked, since settings may extend theirs.
 */
export function takeSnapshot(repository: string, files: readonly TreeFile[], folder: string): Snapshot {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'parapet-snapshot-')))
  const remove = (): void => {
    rmSync(root, { recursive: true, force: true })
  }
  try {
    const wanted = files.filter(({ path }) => isWanted(path, folder))
    const contents = contentsOf(
      repository,
      wanted.map(({ object }) => object),
    )
    // The walk upwards for settings ends at the root of a repository.
    mkdirSync(join(root, '.git'))
    mkdirSync(join(root, folder), { recursive: true })
    for (const file of wanted) writeFile(root, file, contents.get(file.object))
    linkPackages(repository, root, folder)
  } catch (error) {
    remove()
    throw error
  }
  return { root, remove }
}

function isWanted(path: string, folder: string): boolean {
  if (changesSettings(path)) return true
  const kind = fileKindOf(path)
  return kind === 'json' || (kind !== 'none' && (folder === '' || path.startsWith(`${folder}/`)))
}

function writeFile(root: string, { path, isLink }: TreeFile, content: Buffer | undefined): void {
  if (content === undefined) return
  const target = join(root, path)
  mkdirSync(dirname(target), { recursive: true })
  if (!isLink) writeFileSync(target, content)
  else if (!isAbsolute(content.toString())) symlinkSync(content.toString(), target)
}

function linkPackages(repository: string, root: string, folder: string): void {
  for (const place of new Set(['', folder])) {
    const installed = join(repository, place, 'node_modules')
    const link = join(root, place, 'node_modules')
    if (existsSync(installed) && !existsSync(link)) symlinkSync(installed, link, 'junction')
  }
}

// All text files of the fixture applications.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface FixtureFile {
  /** Relative to test-fixtures/, '/'-separated. */
  readonly file: string
  readonly text: string
}

const root = fileURLToPath(new URL('../test-fixtures', import.meta.url))

export function fixtureFiles(): FixtureFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ file: relative(root, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }))
}

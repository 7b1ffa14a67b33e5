// Loads a fixture the way a real project is loaded: from a folder on the disk.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ProjectInput } from '../analyzer/analyze.js'
import { loadProject } from '../workspace/loadProject.js'

/** A project in memory: its facts, and the texts that they were taken from. */
export interface LoadedFixture {
  readonly input: ProjectInput
  text(file: string): string | null
}

/** Writes the files to a folder of its own, loads them, and removes the folder. */
export function loadTexts(files: ReadonlyMap<string, string>): LoadedFixture {
  const folder = mkdtempSync(join(tmpdir(), 'parapet-fixture-'))
  try {
    for (const [file, text] of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    }
    return { input: loadProject(folder), text: (file) => files.get(file) ?? null }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

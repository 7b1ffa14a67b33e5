// The project's tests over mutants of one file, which stays as it is on disk: the runner is handed the changed text.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import config from '../../vitest.config.js'
import type { Assignment } from './assignment.js'
import type { Mutant } from './mutants.js'
import { nearestFirst } from './nearestFirst.js'
import { switchedModule } from './switched.js'

const assignment = JSON.parse(readFileSync(process.env['PARAPET_MUTANTS'] ?? '', 'utf8')) as Assignment
const file = resolve(assignment.file)
const original = readFileSync(file, 'utf8')

export default mergeConfig(
  config,
  defineConfig({
    root: resolve(import.meta.dirname, '../..'),
    // Modules are loaded once for all test files: what the tests look at keeps no state between them.
    test: {
      reporters: ['dot'],
      maxWorkers: 1,
      fileParallelism: false,
      isolate: false,
      sequence: { sequencer: nearestFirst(file) },
      runner: resolve(import.meta.dirname, 'mutantRunner.ts'),
    },
    plugins: [
      {
        name: 'mutants',
        enforce: 'pre',
        load(id) {
          const [path, number] = id.split('?mutant=')
          if (path !== file) return null
          if (number !== undefined) return changed(assignment.mutants[Number(number) - 1])
          return assignment.mode === 'switched' ? switchedModule(file, original, assignment.mutants.length) : changed(assignment.mutants[0])
        },
      },
    ],
  }),
)

function changed(mutant: Mutant | undefined): string {
  return mutant === undefined ? original : original.slice(0, mutant.start) + mutant.after + original.slice(mutant.end)
}

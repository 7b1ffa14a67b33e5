// The project's tests, with one file replaced by its mutant while it is loaded.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig, mergeConfig } from 'vitest/config'
import config from '../../vitest.config.js'
import type { Mutant } from './mutants.js'

const mutant = JSON.parse(process.env['PARAPET_MUTANT'] ?? 'null') as Mutant | null

export default mergeConfig(
  config,
  defineConfig({
    root: resolve(import.meta.dirname, '../..'),
    // Modules are loaded once for all test files: what the tests look at keeps no state between them.
    test: { reporters: ['dot'], maxWorkers: 1, fileParallelism: false, isolate: false },
    plugins: [
      {
        name: 'mutant',
        enforce: 'pre',
        load(id) {
          if (mutant === null || id !== resolve(mutant.file)) return null
          const text = readFileSync(mutant.file, 'utf8')
          return text.slice(0, mutant.start) + mutant.after + text.slice(mutant.end)
        },
      },
    ],
  }),
)

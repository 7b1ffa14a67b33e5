// Unit tests stand beside their files; fixtures are data and hold no tests.
import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['{analyzer,rules,workspace,cli,ci,server,client,testing,scripts,bench}/**/*.test.ts'],
    // Nothing here measures time: a machine may be ten times slower than the slowest one seen.
    testTimeout: 240_000,
    // Many tests wait for servers that they start: on two cores the default of one worker leaves half of the machine idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
})

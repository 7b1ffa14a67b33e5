// Tests that need other editors and the built command line: they run apart from the unit tests.
import { defineConfig } from 'vitest/config'

export default defineConfig({ test: { include: ['testing/editors/*.spec.ts'], testTimeout: 100_000, fileParallelism: false } })

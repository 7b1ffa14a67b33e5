// Unit tests stand beside their files; fixtures are data and hold no tests.
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: { include: ['{analyzer,rules,workspace,cli,ci,server,client,testing,scripts,bench}/**/*.test.ts'], testTimeout: 20_000 },
})

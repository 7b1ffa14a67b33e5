// Bundles the command line into dist/cli.js. What is heavy stays outside and is imported when a command needs it.
import { chmodSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const outdir = join(root, 'dist')

rmSync(outdir, { recursive: true, force: true })
await build({
  absWorkingDir: root,
  entryPoints: { cli: 'cli/main.ts' },
  outdir,
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Chunks keep start-up short: `--version` does not read the engine.
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  packages: 'bundle',
  // jsonc-parser's CommonJS build loads its parts in a way that no bundler follows.
  mainFields: ['module', 'main'],
  external: ['oxc-parser', 'typescript', '@typescript-eslint/typescript-estree'],
  banner: { js: requireForBundledCommonJs() },
  legalComments: 'linked',
  logLevel: 'warning',
})
chmodSync(join(outdir, 'cli.js'), 0o755)

/** Bundled CommonJS packages call `require` for Node's own modules, which an ES module lacks. */
function requireForBundledCommonJs(): string {
  return "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);"
}

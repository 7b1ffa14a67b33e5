// Bundles the command line into dist/cli.js. What is heavy stays outside and is imported when a command needs it.
import { chmodSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Metafile } from 'esbuild'
import { parserFallback } from './parserFallback.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const outdir = join(root, 'dist')

/** Stays outside the bundle: native code, and what only some commands need. */
const EXTERNAL = ['oxc-parser', 'typescript', '@typescript-eslint/typescript-estree']
/** Bytes; most of it is the parser of arguments. */
const LARGEST_START = 200_000

mkdirSync(outdir, { recursive: true })
// The extension's bundle lies beside and has a script of its own.
for (const own of readdirSync(outdir).filter((name) => name !== 'extension')) rmSync(join(outdir, own), { recursive: true })
const { metafile } = await build({
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
  external: EXTERNAL,
  plugins: [parserFallback(root)],
  banner: { js: requireForBundledCommonJs() },
  legalComments: 'linked',
  logLevel: 'warning',
  metafile: true,
})
chmodSync(join(outdir, 'cli.js'), 0o755)
refuseHeavyStart(metafile)

/** Bundled CommonJS packages call `require` for Node's own modules, which an ES module lacks. */
function requireForBundledCommonJs(): string {
  return "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);"
}

/** What the executable imports statically delays every start, `--version` too. */
function refuseHeavyStart({ outputs }: Metafile): void {
  const waiting = ['dist/cli.js']
  const read = new Set<string>()
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (read.has(path)) continue
    read.add(path)
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (EXTERNAL.includes(imported)) throw new Error(`The executable imports ${imported} at start; import it where a command needs it.`)
      if (external !== true) waiting.push(imported)
    }
  }
  const bytes = [...read].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0)
  if (bytes > LARGEST_START)
    throw new Error(`The executable reads ${bytes} bytes at start, more than ${LARGEST_START}: import what is large where it is needed.`)
}

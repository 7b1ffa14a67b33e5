// Bundles the command line: dist/cli.js starts dist/program.js, which holds everything but what is heavy and seldom needed.
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type BuildOptions, type Metafile } from 'esbuild'
import { PROGRAM_PARAMETERS } from '../workspace/program.js'
import { arrayLoops } from './arrayLoops.js'
import { lateParts } from './lateParts.js'
import { parserFallback } from './parserFallback.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const outdir = join(root, 'dist')

/** Stays outside the bundle: native code, and what only some commands need. */
const EXTERNAL = ['oxc-parser', 'typescript', '@typescript-eslint/typescript-estree']
/** Bytes that are run before arguments are read; most of it is the parser of arguments. */
const LARGEST_START = 200_000

const SHARED: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  packages: 'bundle',
  // jsonc-parser's CommonJS build loads its parts in a way that no bundler follows.
  mainFields: ['module', 'main'],
  legalComments: 'linked',
  logLevel: 'warning',
}

mkdirSync(outdir, { recursive: true })
// The extension's bundle lies beside and has a script of its own.
for (const own of readdirSync(outdir).filter((name) => name !== 'extension')) rmSync(join(outdir, own), { recursive: true })
await build({ ...SHARED, entryPoints: ['cli/start.ts'], outfile: 'dist/cli.js', format: 'esm' })
chmodSync(join(outdir, 'cli.js'), 0o755)
const { metafile } = await build({
  ...SHARED,
  entryPoints: ['cli/main.ts'],
  outfile: 'dist/program.js',
  // What is imported dynamically runs when it is asked for, as a chunk of its own would.
  format: 'cjs',
  // Code that V8 kept has no loader for `import()`: what stays outside is required when it is asked for.
  supported: { 'dynamic-import': false },
  banner: { js: `(function (${PROGRAM_PARAMETERS.join(', ')}) {` },
  footer: { js: '})' },
  define: { 'import.meta.url': 'moduleUrl' },
  external: EXTERNAL,
  plugins: [parserFallback(root), lateParts(), arrayLoops(root)],
  metafile: true,
})
writeAsAscii(join(outdir, 'program.js'))
refuseHeavyStart(metafile)

/** A text of one byte for each character is quicker to compile. The bundler leaves others in regular expressions and comments alone, where an escape says the same. */
function writeAsAscii(file: string): void {
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  writeFileSync(file, readFileSync(file, 'utf8').replace(/[\u0080-\uffff]/g, escape), 'latin1')
}

/** What the program imports statically delays every start, `--version` too. */
function refuseHeavyStart({ inputs }: Metafile): void {
  const waiting = ['cli/main.ts']
  const run = new Set<string>()
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (run.has(path)) continue
    run.add(path)
    for (const { path: imported, kind, external } of inputs[path]?.imports ?? []) {
      if (kind !== 'import-statement' && kind !== 'require-call') continue
      if (EXTERNAL.includes(imported)) throw new Error(`The program imports ${imported} at start; import it where a command needs it.`)
      if (external !== true) waiting.push(imported)
    }
  }
  const bytes = [...run].reduce((sum, path) => sum + (inputs[path]?.bytes ?? 0), 0)
  if (bytes > LARGEST_START)
    throw new Error(`The program runs ${bytes} bytes at start, more than ${LARGEST_START}: import what is large where it is needed.`)
}

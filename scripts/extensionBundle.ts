// Bundles the extension into dist/extension/: the client for the editor's process, the language server with all that it needs, on any platform.
import { copyFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build, type BuildOptions } from 'esbuild'
import { arrayLoops } from './arrayLoops.js'
import { portableParser } from './portableParser.js'

const PARSER = '@oxc-parser/binding-wasm32-wasi'

/** Answers the files that went into the bundles, relative to `root`. */
export async function bundleExtension(root: string): Promise<readonly string[]> {
  const outdir = join(root, 'dist', 'extension')
  rmSync(outdir, { recursive: true, force: true })
  const common: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    platform: 'node',
    target: 'node22',
    minify: true,
    // jsonc-parser's CommonJS build loads its parts in a way that no bundler follows.
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  }
  const parts = await Promise.all([
    // CommonJS, which every editor that speaks this API can load.
    build({
      ...common,
      entryPoints: { client: 'client/extension.ts' },
      outdir,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      external: ['vscode'],
    }),
    build({
      ...common,
      entryPoints: { server: 'server/main.ts' },
      outdir,
      format: 'esm',
      // Chunks keep the start short: TypeScript is read when the first fix is asked for.
      splitting: true,
      banner: { js: COMMONJS_IN_A_MODULE },
      plugins: [portableParser(root), arrayLoops(root)],
    }),
    build({
      ...common,
      entryPoints: { parser: parserFile(root, 'parser.wasi.cjs') },
      outdir,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      // Its run-time library must be the one that it was made with, whichever version lies next to the library's other users.
      alias: { '@emnapi/core': createRequire(parserFile(root, 'parser.wasi.cjs')).resolve('@emnapi/core') },
      logOverride: { 'require-resolve-not-external': 'silent' },
    }),
  ])
  for (const file of ['parser.wasm32-wasi.wasm', 'wasi-worker.mjs']) copyFileSync(parserFile(root, file), join(outdir, file))
  return [...new Set(parts.flatMap(({ metafile }) => Object.keys(metafile?.inputs ?? {})))]
}

/** Bundled CommonJS packages expect these of their surroundings, and an ES module has none of them. */
const COMMONJS_IN_A_MODULE = [
  "import { createRequire as createRequireForBundle } from 'node:module'",
  "import { fileURLToPath as pathForBundle } from 'node:url'",
  'const require = createRequireForBundle(import.meta.url)',
  'const __filename = pathForBundle(import.meta.url)',
  "const __dirname = pathForBundle(new URL('.', import.meta.url))",
].join(';')

function parserFile(root: string, file: string): string {
  const resolve = createRequire(join(root, 'package.json')).resolve
  return join(dirname(resolve(`${PARSER}/package.json`)), file)
}

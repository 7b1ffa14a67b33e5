// The parser of the command line: the native one, or the reference parser where no binary of it loads.
import type { Plugin } from 'esbuild'

/** Stands between the engine, which imports the native parser statically, and the package. The bundle may load modules while it runs; the engine may not. */
export function parserFallback(root: string): Plugin {
  return {
    name: 'parser-fallback',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^oxc-parser$/ }, ({ namespace }) =>
        namespace === 'fallback' ? { path: 'oxc-parser', external: true } : { path: 'oxc-parser', namespace: 'fallback' },
      )
      onLoad({ filter: /.*/, namespace: 'fallback' }, () => ({ contents: CHOICE, loader: 'js', resolveDir: root }))
    },
  }
}

const CHOICE = `
import { chooseParse } from './analyzer/syntax/fallback.ts'

export const parseSync = chooseParse(
  () => require('oxc-parser'),
  () => require('./analyzer/syntax/estree.ts'),
  (why) => console.error('The fast parser did not load, a slower one reads the files: ' + why.split('\\n')[0]),
)
`

// The parser of the command line: the native one, or the reference parser where no binary of it loads.
import type { Plugin } from 'esbuild'

/** Stands between the engine, which imports the native parser statically, and the package. The bundle may load modules while it runs; the engine may not. */
export function parserFallback(root: string): Plugin {
  return {
    name: 'parser-fallback',
    setup({ onResolve, onLoad, resolve }) {
      onResolve({ filter: /^oxc-parser$/ }, ({ namespace }) =>
        namespace === 'fallback' ? { path: 'oxc-parser', external: true } : { path: 'oxc-parser', namespace: 'fallback' },
      )
      onResolve({ filter: /^bundled:/ }, ({ path }) =>
        resolve(`./node_modules/${path.slice('bundled:'.length)}`, { kind: 'require-call', resolveDir: root }),
      )
      onLoad({ filter: /.*/, namespace: 'fallback' }, () => ({ contents: CHOICE, loader: 'js', resolveDir: root }))
    },
  }
}

/**
 * The package loads eight files beside the one that finds the binary, which takes 8 ms, so that one is bundled.
 * Where the binary is no neighbour of this program, the package itself knows where it lies.
 */
const CHOICE = `
import { chooseParse } from './analyzer/syntax/fallback.ts'

export const parseSync = chooseParse(
  () => neighbour() ?? require('oxc-parser'),
  () => require('./analyzer/syntax/estree.ts'),
  (why) => console.error('The fast parser did not load, a slower one reads the files: ' + why.split('\\n')[0]),
)

function neighbour() {
  try {
    const binding = require('bundled:oxc-parser/src-js/bindings.js')
    const { wrap } = require('bundled:oxc-parser/src-js/wrap.js')
    return { parseSync: (file, text, options) => wrap(binding.parseSync(file, text, options)) }
  } catch {
    return null
  }
}
`

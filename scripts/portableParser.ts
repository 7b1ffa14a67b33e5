// The parser of the extension: one that every platform can load takes the place of oxc-parser in its bundle.
import type { Plugin } from 'esbuild'

/**
 * oxc-parser looks for a native binary of the platform it runs on. One extension serves all platforms, so its WebAssembly build takes that place:
 * three fifths of the speed of the native one and four times that of typescript-estree (ARCHITECTURE.md has the figures).
 * Where WebAssembly with shared memory does not load, such as in a process of 32 bits, typescript-estree reads the files, which goes along anyway.
 */
export function portableParser(root: string): Plugin {
  return {
    name: 'portable-parser',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^oxc-parser$/ }, () => ({ path: 'oxc-parser', namespace: 'portable' }))
      onLoad({ filter: /.*/, namespace: 'portable' }, () => ({ contents: PARSER, loader: 'js', resolveDir: root }))
    },
  }
}

/** Runs in the server. `wrap` is what oxc-parser itself does with the answer of a binding. */
const PARSER = `
import { createRequire } from 'node:module'
import { wrap } from 'oxc-parser/src-js/wrap.js'

export const parseSync = await choose()

async function choose() {
  try {
    const binding = createRequire(import.meta.url)('./parser.cjs')
    return (file, text, options) => wrap(binding.parseSync(file, text, options))
  } catch (error) {
    console.error('The fast parser did not load, a slower one reads the files: ' + error.message)
    const { parseWithReference } = await import('./analyzer/syntax/estree.ts')
    return (file, text) => {
      const source = parseWithReference(file, text)
      if (source.kind === 'parsed') return { program: source.program, comments: source.comments, errors: [] }
      const error = { severity: 'Error', message: source.message, labels: [{ start: source.offset }] }
      return { program: { type: 'Program', body: [] }, comments: [], errors: [error] }
    }
  }
}
`

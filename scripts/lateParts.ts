// What the packages of the bundle load at start and hardly ever use.
import type { Plugin } from 'esbuild'

/**
 * The parser of arguments loads `node:child_process` for commands that are programs of their own, which takes 5 ms of every start, and git is
 * asked by few commands. The library of schemas brings its messages in fifty languages, a tenth of the program's text.
 */
export function lateParts(): Plugin {
  return {
    name: 'late-parts',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^(node:)?child_process$/ }, ({ namespace }) =>
        namespace === 'late' ? { path: 'node:child_process', external: true } : { path: 'child_process', namespace: 'late' },
      )
      onLoad({ filter: /.*/, namespace: 'late' }, () => ({ contents: CHILD_PROCESS, loader: 'js' }))
      onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
        contents: "export { default as en } from './en.js'",
        loader: 'js',
      }))
    },
  }
}

const CHILD_PROCESS = ['spawn', 'spawnSync', 'fork', 'exec', 'execFile', 'execFileSync', 'execSync']
  .map((name) => `export const ${name} = (...parameters) => require('node:child_process').${name}(...parameters)\n`)
  .join('')

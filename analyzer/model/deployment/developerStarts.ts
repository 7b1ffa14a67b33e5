// What belongs to developers in the command that starts a server: programs that compile or restart it, and ports for debuggers.
import { baseNameOf } from '../../link/filePath.js'

export interface DeveloperStart {
  readonly kind: 'transpile' | 'watch' | 'inspect'
  /** The program or option, as a reader knows it. */
  readonly what: string
}

/** The worst of a command; null where it starts what was built. */
export function developerStartOf(words: readonly string[]): DeveloperStart | null {
  const plain = words.flatMap(optionsIn)
  return inspected(plain) ?? watched(plain) ?? transpiled(plain)
}

/** `NODE_OPTIONS=--import tsx` stands for its options. */
function optionsIn(word: string): readonly string[] {
  return word.startsWith('NODE_OPTIONS=') ? word.slice('NODE_OPTIONS='.length).split(/\s+/) : [word]
}

function inspected(words: readonly string[]): DeveloperStart | null {
  const option = words.flatMap((word) => /^(--inspect(?:-brk|-wait)?(?:=[\w.:[\]*]+)?)$/.exec(word)?.[1] ?? [])[0]
  return option === undefined ? null : { kind: 'inspect', what: option }
}

function watched(words: readonly string[]): DeveloperStart | null {
  const names = words.map(programOf)
  const program = names.find((name) => /^(nodemon|node-dev|ts-node-dev|tsnd|tsc-watch|pm2-dev)$/.test(name))
  if (program !== undefined) return { kind: 'watch', what: program }
  const runner = names.find((name) => /^(node|tsx|nest|bun|deno|pm2|pm2-runtime)$/.test(name))
  if (runner === 'tsx' && words.includes('watch')) return { kind: 'watch', what: 'tsx watch' }
  const option =
    runner === undefined ? undefined : words.find((word) => /^(--watch|--hot)$/.test(word) || (runner === 'nest' && word === '-w'))
  return runner === undefined || option === undefined ? null : { kind: 'watch', what: `${runner} ${option}` }
}

function transpiled(words: readonly string[]): DeveloperStart | null {
  const program = words.map(programOf).find((name) => transpilers.test(name))
  if (program !== undefined) return { kind: 'transpile', what: program }
  for (const [index, word] of words.entries()) {
    const [, inline] = /^(?:-r|--require|--import|--loader|--experimental-loader)(?:=(.+))?$/.exec(word) ?? []
    const loaded = inline ?? (/^(-r|--require|--import|--loader|--experimental-loader)$/.test(word) ? words[index + 1] : undefined)
    if (loaded !== undefined && loaders.test(loaded)) return { kind: 'transpile', what: loaded }
  }
  return null
}

/** `./node_modules/.bin/tsx` is `tsx`; `src/nodemon` is a file. */
function programOf(word: string): string {
  return !word.includes('/') || /(^|\/)(bin|\.bin)\/[^/]+$/.test(word) ? baseNameOf(word).replace(/@[\d.x^~]+$/, '') : word
}

const transpilers = /^(ts-node(-esm|-script|-transpile-only|-cwd)?|tsx|babel-node|vite-node|esno|esr|swc-node|sucrase-node|jiti)$/
const loaders =
  /^(ts-node\/(register|esm)|@babel\/register|babel-register|esbuild-register|@swc-node\/register|@swc\/register|sucrase\/register|tsx)(\/|$)/

// What a command line starts: a file, another package script, or the package's main file.
import { startedPlugin } from './fastifyCli.js'
import { baseNameOf, joinPath } from './filePath.js'
import { simpleCommands, withoutAssignments } from './shellCommand.js'

export type Started =
  /** `path` is relative to `folder`, as written. `words` are the arguments behind it. */
  | { readonly kind: 'file'; readonly folder: string; readonly path: string; readonly words: readonly string[] }
  /** `package` is the workspace that is named, by name or folder. `name` may hold stars. */
  | { readonly kind: 'script'; readonly folder: string; readonly name: string; readonly package: string | null }
  /** A shell script. `words` are the arguments behind it; `shell` runs it, null where it is run by its own first line. */
  | {
      readonly kind: 'shell'
      readonly folder: string
      readonly path: string
      readonly words: readonly string[]
      readonly shell: string | null
    }
  /** A runner without a file (`nodemon`, `node .`). */
  | { readonly kind: 'main'; readonly folder: string; readonly runner: string }

const RUNNERS: ReadonlySet<string> = new Set(
  (
    'node nodejs nodemon ts-node ts-node-dev ts-node-esm ts-node-script tsnd tsx babel-node node-dev supervisor forever pm2 pm2-runtime ' +
    'pm2-dev pm2-docker vite-node esno jiti swc-node sucrase-node esr nest fastify'
  ).split(' '),
)
const MANAGERS: ReadonlySet<string> = new Set(['npm', 'pnpm', 'yarn', 'bun'])
/** They run the command that stands behind their own options. */
const WRAPPERS: ReadonlySet<string> = new Set(
  (
    'cross-env cross-env-shell env exec npx bunx sudo time nice dotenv dotenvx dotenv-cli env-cmd dumb-init tini c8 nyc doppler infisical op ' +
    'gosu su-exec dockerize newrelic tsc-watch tsup catw heroku-exec'
  ).split(' '),
)
/** Options whose value is the next word. */
const VALUED: ReadonlySet<string> = new Set(
  (
    '-r --require --import --loader --experimental-loader -P --project --tsconfig -w -e --ext -i --ignore --delay --name -n --env ' +
    '--instances --interpreter --node-args --config -C --conditions --cwd --dir --ignore-watch --watch-path --max-memory-restart -l -p --port -a --address'
  ).split(' '),
)

/** Everything that `line` starts when it runs in `folder` (project-relative). `script` is the package script that it belongs to, '' for none. */
export function* startedPrograms(line: string, folder: string, script = ''): Generator<Started> {
  let current: string | null = folder
  for (const command of simpleCommands(line)) {
    const words = withoutAssignments(command)
    if (words[0] === 'cd') current = current === null ? null : joinPath(current, words[1] ?? '')
    else if (current !== null) yield* startedByWords(words, current, script, 0)
  }
}

/** The same for words that are split already, as in the JSON form of a Dockerfile. */
export function* startedByWords(words: readonly string[], folder: string, script = '', depth = 0): Generator<Started> {
  const [head, ...rest] = withoutAssignments(words)
  if (head === undefined || depth > 8) return
  const name = programName(head)
  const onSuccess = rest.findIndex((word) => /^--?on-?success$/i.test(word))
  const onSuccessCommand = onSuccess < 0 ? undefined : rest[onSuccess + 1]
  if (onSuccessCommand !== undefined) yield* startedPrograms(onSuccessCommand, folder, script)
  else if (RUNNERS.has(name)) yield* startedByRunner(name, rest, folder, script)
  else if (MANAGERS.has(name)) yield* startedByManager(name, rest, folder, script, depth)
  else if (name === 'run-script-os' || name === 'run-os') {
    for (const system of ['default', 'nix', 'linux', 'darwin:linux', 'linux:darwin'])
      yield { kind: 'script', folder, name: `${script}:${system}`, package: null }
  } else if (/^(npm-run-all2?|run-s|run-p)$/.test(name)) {
    for (const word of positionals(rest)) yield { kind: 'script', folder, name: word, package: null }
  } else if (/^conc(urrently)?$/.test(name)) yield* startedTogether(rest, folder, script)
  else if (/^(ba|da|a|z)?sh$/.test(name)) yield* startedByShell(name, rest, folder, script)
  else if (isScript(head)) yield { kind: 'shell', folder, path: head, words: rest, shell: null }
  else if (WRAPPERS.has(name)) yield* startedByWords(behindWrapper(rest), folder, script, depth + 1)
  else if (/^\.{0,2}\/?[\w.@/-]+$/.test(head) && (/^\.{1,2}\//.test(head) || /\.[mc]?[jt]s$/.test(head) || head.includes('/')))
    yield { kind: 'file', folder, path: head, words: rest }
}

/** `sh -c "…"` runs a line, `sh -e start.sh` a script. */
function* startedByShell(shell: string, words: readonly string[], folder: string, script: string): Generator<Started> {
  const line = words.findIndex((word) => /^-[a-z]*c$/i.test(word))
  if (line >= 0) return yield* startedPrograms(words[line + 1] ?? '', folder, script)
  const at = words.findIndex((word, index) => !/^[-+]/.test(word) && !/^[-+][a-z]*o$/i.test(words[index - 1] ?? ''))
  const path = words[at]
  if (path !== undefined) yield { kind: 'shell', folder, path, words: words.slice(at + 1), shell }
}

function isScript(head: string): boolean {
  return /\.(ba|da|k|z)?sh$|(^|\/)((docker|container)-)?entrypoint$/.test(head)
}

/** The command that a script is handed to start, where the script itself does not say what it makes of it. */
export function wordsBehindScript({ words }: Started & { readonly kind: 'shell' }): readonly string[] {
  return behindWrapper(words)
}

/** `/usr/local/bin/node`, `./node_modules/.bin/nodemon`, `nodemon.cmd` → the program's name. */
function programName(head: string): string {
  const isInstalled = !head.includes('/') || /(^|\/)(s?bin|\.bin)\/[^/]+$/.test(head)
  return isInstalled ? baseNameOf(head).replace(/\.(cmd|exe)$/, '') : head
}

/** The command behind `--`, else behind assignments and options, else from the first word that is known to run something. */
function behindWrapper(words: readonly string[]): readonly string[] {
  const dashes = words.indexOf('--')
  if (dashes >= 0) return words.slice(dashes + 1)
  const plain = withoutAssignments(words)
  if (/^\.{1,2}\/|\.[mc]?[jt]s$/.test(plain[0] ?? '')) return plain
  const start = plain.findIndex((word) => isProgram(programName(word)) || isScript(word))
  return start < 0 ? [] : plain.slice(start)
}

function isProgram(name: string): boolean {
  return (
    RUNNERS.has(name) || MANAGERS.has(name) || WRAPPERS.has(name) || /^(conc(urrently)?|run-[sp]|npm-run-all2?|run-script-os)$/.test(name)
  )
}

function* startedTogether(words: readonly string[], folder: string, script: string): Generator<Started> {
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (/^(-n|-c|-p|--names|--prefix|--prefix-colors)$/.test(word)) at += 1
    else if (/^(npm|yarn|pnpm|bun):/.test(word)) yield { kind: 'script', folder, name: word.slice(word.indexOf(':') + 1), package: null }
    else if (!word.startsWith('-')) yield* startedPrograms(word, folder, script)
  }
}

function* startedByRunner(runner: string, words: readonly string[], folder: string, script: string): Generator<Started> {
  if (runner === 'nest' && words[0] === 'start') return yield { kind: 'file', folder, path: 'src/main', words: [] }
  if (runner === 'fastify') {
    const path = startedPlugin(words)
    if (path !== null) yield { kind: 'file', folder, path, words: [] }
    return
  }
  if (words.some((word) => /^(--test|-e|--eval|-p|--print|--check)$/.test(word)) && /^node(js)?$/.test(runner)) return
  const execAt = runner === 'nodemon' ? words.findIndex((word) => /^(-x|--exec)$/.test(word)) : -1
  const rest = execAt < 0 ? words : [...words.slice(0, execAt), ...words.slice(execAt + 2)]
  const behind = positionals(rest, runner)
  if (execAt >= 0) return yield* startedPrograms([words[execAt + 1] ?? '', ...behind].join(' '), folder, script)
  const isManager = /^(pm2|forever)/.test(runner)
  if (
    isManager &&
    behind[0] !== undefined &&
    !/^(start|startOrRestart|startOrReload|startOrGracefulReload|reload|restart)$/.test(behind[0]) &&
    !/^pm2-/.test(runner)
  )
    return
  const [first, ...others] =
    (isManager && /^(start|reload|restart)/.test(behind[0] ?? '')) || (runner === 'tsx' && behind[0] === 'watch') ? behind.slice(1) : behind
  if (first === undefined || first === '.') yield { kind: 'main', folder, runner }
  else if (MANAGERS.has(first) || RUNNERS.has(first))
    yield* startedByWords([first, ...others, ...words.slice(words.indexOf('--') + 1 || words.length)], folder, script, 1)
  else yield { kind: 'file', folder, path: first, words: others }
}

/** Words that are neither options nor their values, up to `--`. */
function positionals(words: readonly string[], runner = ''): readonly string[] {
  const found: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (word === '--') break
    if (!word.startsWith('-')) found.push(word)
    else if (VALUED.has(word) || (word === '--watch' && runner === 'nodemon')) at += 1
  }
  return found
}

function* startedByManager(manager: string, words: readonly string[], folder: string, script: string, depth: number): Generator<Started> {
  let inFolder: string | null = folder
  let inPackage: string | null = null
  const rest: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const [word = '', inline] = (words[at] ?? '').split('=', 2)
    const value = (): string => inline ?? words[(at += 1)] ?? ''
    if (word === '--') break
    if (/^(--prefix|--cwd|-C|--dir)$/.test(word)) inFolder = inFolder === null ? null : joinPath(inFolder, value())
    else if (/^(--filter|-F|--workspace|-w)$/.test(word) && !(word === '-w' && manager === 'pnpm'))
      inPackage = value().replace(/\.\.\.$/, '')
    else if (!word.startsWith('-') || rest.length > 0) rest.push(words[at] ?? '')
  }
  if (rest[0] === 'workspace') inPackage = rest.splice(0, 2)[1] ?? null
  const isRun = /^(run|run-script|exec|dlx|x)$/.test(rest[0] ?? '')
  const [first, ...others] = isRun ? rest.slice(1) : rest
  if (first === undefined || inFolder === null) return
  if (RUNNERS.has(first) || WRAPPERS.has(first)) yield* startedByWords([first, ...others], inFolder, script, depth + 1)
  else if (manager === 'bun' && /\.[mc]?[jt]sx?$/.test(first)) yield { kind: 'file', folder: inFolder, path: first, words: others }
  else yield { kind: 'script', folder: inFolder, name: first, package: inPackage }
}

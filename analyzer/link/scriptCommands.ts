// What a shell script comes to when it is run with arguments: its commands in order, with what it exported before and whether it hands over to them.
import type { DeploymentFacts, NodeId } from '../extract/facts.js'
import { folderOf, joinPath } from './filePath.js'
import { withoutAssignments, wordsOf } from './shellCommand.js'
import { expanded, expandedWords, matchesPattern, type ShellVariables } from './shellExpansion.js'

export interface ScriptCommand {
  /** What was exported stands in front, as assignments. `exec` is left out. */
  readonly words: readonly string[]
  readonly node: NodeId
  /** As written after `cd`, relative to where the script was started, or absolute; '' for there. */
  readonly folder: string
  /** True where the command takes the place of the shell, or the shell hands signals on to it. */
  readonly isHandedOver: boolean
}

/** The commands that `words` start, which begin with the script's name. Arms that production or the arguments rule out are left out. */
export function scriptCommands(script: DeploymentFacts, words: readonly string[]): readonly ScriptCommand[] {
  const [name = '', ...args] = words
  const run: Run = {
    script,
    found: [],
    variables: new Map([['0', name]]),
    exported: new Map(),
    args,
    folder: '',
    isTrapping: script.entries.some(({ key, value }) => key.at(-1) === 'run' && /^\["trap", .*\b(SIG)?TERM\b/.test(value)),
    isOver: false,
    called: new Set(),
    subjects: new Map(),
  }
  for (const entry of script.entries) if (!entry.key.some((part) => part.startsWith('function '))) step(run, entry)
  return run.found
}

interface Run {
  readonly script: DeploymentFacts
  readonly found: ScriptCommand[]
  readonly variables: Map<string, string>
  readonly exported: Map<string, string>
  args: readonly string[]
  folder: string
  readonly isTrapping: boolean
  isOver: boolean
  readonly called: Set<string>
  /** What each `case` is about, where that is known. */
  readonly subjects: Map<string, string | null>
}

type Entry = DeploymentFacts['entries'][number]

function step(run: Run, { key, value, node }: Entry): void {
  const isRun = key.at(-1) === 'run'
  const blocks = key.slice(0, isRun || key.at(-1) === 'arm' ? -1 : -2)
  const chance = chanceOf(run, blocks)
  if (run.isOver || key.at(-1) === 'arm' || chance === 'none') return
  const isCertain = chance === 'certain'
  const variables: ShellVariables = { variables: run.variables, args: run.args, scriptFolder: folderOf(run.variables.get('0') ?? '') }
  if (!isRun) {
    const [kind = '', name = ''] = key.slice(-2)
    const text = value === `$${name}` ? (run.variables.get(name) ?? null) : expanded(value, variables)
    if (text !== null) run.variables.set(name, text)
    if (text !== null && (kind === 'export' || run.exported.has(name))) run.exported.set(name, text)
    return
  }
  const words = expandedWords(wordsOf(value), variables)
  const plain = withoutAssignments(words)
  const [program = '', ...rest] = plain
  if (program === 'cd') run.folder = folderAfter(run.folder, rest[0] ?? '')
  else if (program === 'shift' && isCertain) run.args = run.args.slice(Number(rest[0] ?? 1) || 1)
  else if (program === 'set') run.args = argumentsAfter(run.args, rest, chance)
  else if (program === 'exit' && isCertain) run.isOver = true
  else if (isFunction(run, program)) call(run, program)
  else if (!chores.test(program)) {
    const isReplacing = program === 'exec' && !blocks.some((block) => /^(pipe|background|subshell)$/.test(block))
    const command = program === 'exec' ? [...words.slice(0, words.length - plain.length), ...rest] : words
    const exported = [...run.exported].map(([name, text]) => `${name}=${text}`)
    if (plain.length > 0 && (program !== 'exec' || rest.length > 0))
      run.found.push({ words: [...exported, ...command], node, folder: run.folder, isHandedOver: isReplacing || run.isTrapping })
    if (isReplacing && rest.length > 0 && isCertain) run.isOver = true
  }
}

type Chance = 'certain' | 'open' | 'none'

/** `none` for an arm that NODE_ENV=production rules out, and for the arms of a `case` beside the one that its subject fits. */
function chanceOf(run: Run, blocks: readonly string[]): Chance {
  let chance: Chance = 'certain'
  for (let at = 0; at < blocks.length; at++) {
    const one = /^case \d+$/.test(blocks[at] ?? '') ? chanceOfArm(run, blocks.slice(at, (at += 2) + 1)) : chanceOfBlock(blocks[at] ?? '')
    if (one === 'none') return one
    if (one === 'open') chance = one
  }
  return chance
}

/** What follows `&&` is as certain as the script means it to be. */
function chanceOfBlock(block: string): Chance {
  const [, kind, test = ''] = /^(if|else) ([\s\S]*)$/.exec(block) ?? []
  const answer = kind === undefined ? null : productionAnswer(test)
  if (answer === null) return block === 'and' ? 'certain' : 'open'
  return answer === (kind === 'if') ? 'certain' : 'none'
}

function chanceOfArm(run: Run, [name = '', subject = '', pattern]: readonly string[]): Chance {
  const variables = new Map([['NODE_ENV', 'production'], ...run.variables])
  // An arm may change what its case was about.
  const text = run.subjects.get(name) ?? expanded(subject, { variables, args: run.args, scriptFolder: '' })
  run.subjects.set(name, text)
  if (text === null) return 'open'
  const patterns = run.script.entries.flatMap(({ key }) => {
    const at = key.at(-1) === 'arm' ? key.indexOf(name) : -1
    return at === -1 ? [] : [key[at + 2] ?? '']
  })
  return patterns.find((one) => matchesPattern(text, one)) === pattern ? 'certain' : 'none'
}

/** What a test of NODE_ENV alone says in production; null for every other test. */
function productionAnswer(test: string): boolean | null {
  const [, isNot, equals, wanted] = modeTest.exec(test.trim()) ?? []
  if (wanted === undefined) return null
  return ((wanted === 'production') === (equals !== '!=')) !== (isNot !== undefined)
}

const modeTest = /^(?:\[{1,2}|test) (! )?["']?x?\$(?:NODE_ENV|\{NODE_ENV(?::?-\w*)?\})["']? (==?|!=) ["']?x?(\w+)["']?(?: \]{1,2})?$/

function folderAfter(folder: string, path: string): string {
  if (path === '' || path === '-' || path.startsWith('$')) return folder
  return path.startsWith('/') || folder === '' ? path : (joinPath(folder, path) ?? `${folder}/${path}`)
}

/** `set -- node "$@"`: under a condition, that is for arguments which are options or files and no program. */
function argumentsAfter(args: readonly string[], words: readonly string[], chance: Chance): readonly string[] {
  const dashes = words.indexOf('--')
  if (dashes === -1) return args
  return chance === 'certain' || /^-|\.[mc]?js$/.test(args[0] ?? '-') ? words.slice(dashes + 1) : args
}

function isFunction({ script }: Run, name: string): boolean {
  return script.entries.some(({ key }) => key.includes(`function ${name}`))
}

function call(run: Run, name: string): void {
  if (run.called.has(name)) return
  run.called.add(name)
  for (const entry of run.script.entries) {
    const at = entry.key.indexOf(`function ${name}`)
    if (at !== -1) step(run, { ...entry, key: entry.key.slice(at + 1) })
  }
  run.isOver = false
  run.called.delete(name)
}

/** Builtins and small programs: they start nothing that serves. */
const chores =
  /^(\[{1,2}|:|\.|alias|apk|apt(-get)?|awk|break|cat|chmod|chown|command|continue|cp|curl|date|declare|dirname|echo|envsubst|eval|false|find|getopts|grep|hostname|id|kill|let|ln|local|ls|mkdir|mktemp|mv|nc|openssl|pg_isready|printenv|printf|pwd|read|readonly|return|rm|sed|sleep|shift|shopt|source|stat|tee|test|touch|tr|trap|true|ulimit|umask|unset|until|wait|wait-for(-it)?(\.sh)?|wc|wget|which|whoami)$/

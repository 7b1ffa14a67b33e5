// Shell scripts: what they assign, export and run, with the conditions around it.
import { addEntry, type DeploymentReader } from './deploymentDraft.js'
import { linesOf, within, type ShellLine as Line } from './shellLines.js'
import { shellTokens, type ShellToken } from './shellWords.js'

/**
 * Keys end with `run`, [`export`, name], [`assign`, name] or `arm`. In front of that stands what is around a command, from outside:
 * `if TEST`, `else TEST`, `and`, `or`, `loop`, `pipe`, `background`, `subshell`, `function NAME`, and [`case NUMBER`, SUBJECT, PATTERN].
 * The value of `run` is a list of words as in a Dockerfile, quotes taken out, expansions left as they are. What is not understood is left out.
 */
export const readShell: DeploymentReader = (text, draft) => {
  const tokens = shellTokens(text)
  const state: State = { tokens, at: 0, cases: 0, depth: 0 }
  while (state.at < tokens.length) {
    for (const { key, value, start, end } of list(state, new Set())) addEntry(draft, key, value, start, end)
    // A closing word without its opening one.
    state.at++
  }
  return null
}

interface State {
  readonly tokens: readonly ShellToken[]
  at: number
  cases: number
  depth: number
}

const NOTHING: ReadonlySet<string> = new Set()
const CLOSING: ReadonlySet<string> = new Set(['then', 'elif', 'else', 'fi', 'do', 'done', 'esac', '}'])

/** Commands up to a closing word, an operator that closes (`)`, `;;`), or the end. */
function list(state: State, closing: ReadonlySet<string>): Line[] {
  const found: Line[] = []
  if (state.depth++ > 200) throw new RangeError('nested too deeply')
  for (;;) {
    while (isOperator(state, ['\n', ';', '&'])) state.at++
    if (state.at >= state.tokens.length || isOperator(state, [')', ';;', ';&', ';;&']) || isClosing(state, closing)) break
    const before = state.at
    found.push(...andOr(state))
    if (state.at === before) state.at++
  }
  state.depth--
  return found
}

function isClosing(state: State, closing: ReadonlySet<string>): boolean {
  const word = plainWord(state)
  return word !== null && (closing.has(word) || CLOSING.has(word))
}

function andOr(state: State): Line[] {
  let found = pipeline(state)
  while (isOperator(state, ['&&', '||'])) {
    const block = state.tokens[state.at++]?.text === '&&' ? 'and' : 'or'
    skipLines(state)
    found = [...found, ...within([block], pipeline(state))]
  }
  return isOperator(state, ['&']) ? within(['background'], found) : found
}

function pipeline(state: State): Line[] {
  const parts = [command(state)]
  while (isOperator(state, ['|'])) {
    state.at++
    skipLines(state)
    parts.push(command(state))
  }
  return parts.length > 1 ? within(['pipe'], parts.flat()) : (parts[0] ?? [])
}

function command(state: State): Line[] {
  while (plainWord(state) === '!') state.at++
  if (isOperator(state, ['('])) {
    state.at++
    const inner = list(state, NOTHING)
    if (isOperator(state, [')'])) state.at++
    return within(['subshell'], inner)
  }
  switch (plainWord(state)) {
    case '{':
      return bracketed(state, '}')
    case 'if':
      state.at++
      return conditional(state)
    case 'while':
    case 'until':
    case 'for':
    case 'select':
      return loop(state)
    case 'case':
      return cases(state)
    case 'function':
      state.at++
      return functionBody(state)
  }
  const { tokens, at } = state
  if (tokens[at + 1]?.text === '(' && tokens[at + 2]?.text === ')' && tokens[at + 1]?.kind === 'operator') return functionBody(state)
  return simple(state)
}

function bracketed(state: State, close: string): Line[] {
  state.at++
  const inner = list(state, new Set([close]))
  if (plainWord(state) === close) state.at++
  return inner
}

function functionBody(state: State): Line[] {
  const name = state.tokens[state.at++]?.text ?? ''
  while (isOperator(state, ['(', ')', '\n'])) state.at++
  return within([`function ${name}`], command(state))
}

/** Behind `if` or `elif`. */
function conditional(state: State): Line[] {
  const from = state.at
  const tests = list(state, new Set(['then']))
  const text = textBetween(state, from, state.at)
  if (plainWord(state) === 'then') state.at++
  const then = within([`if ${text}`], list(state, NOTHING))
  const word = plainWord(state)
  if (word === 'elif' || word === 'else' || word === 'fi') state.at++
  const otherwise = word === 'elif' ? conditional(state) : word === 'else' ? list(state, NOTHING) : []
  if (word === 'else' && plainWord(state) === 'fi') state.at++
  return [...tests, ...then, ...within([`else ${text}`], otherwise)]
}

function loop(state: State): Line[] {
  const isCounted = /^(for|select)$/.test(plainWord(state) ?? '')
  state.at++
  const tests: Line[] = []
  if (isCounted) while (state.at < state.tokens.length && plainWord(state) !== 'do') state.at++
  else tests.push(...list(state, new Set(['do'])))
  const body = plainWord(state) === 'do' ? bracketed(state, 'done') : []
  return within(['loop'], [...tests, ...body])
}

function cases(state: State): Line[] {
  const number = `case ${state.cases++}`
  const subject = state.tokens[state.at + 1]?.text ?? ''
  state.at += 3
  const found: Line[] = []
  for (;;) {
    while (isOperator(state, ['\n', ';', ';;', ';&', ';;&', '('])) state.at++
    const first = state.tokens[state.at]
    if (first === undefined || plainWord(state) === 'esac') break
    const from = state.at
    while (state.at < state.tokens.length && !isOperator(state, [')'])) state.at++
    const pattern = textBetween(state, from, state.at).replace(/ \| /g, '|')
    const arm = { key: ['arm'], value: '', start: first.start, end: first.end }
    state.at++
    found.push(...within([number, subject, pattern], [arm, ...list(state, new Set(['esac']))]))
  }
  state.at++
  return found
}

function simple(state: State): Line[] {
  const words: ShellToken[] = []
  for (let word = state.tokens[state.at]; word?.kind === 'word'; word = state.tokens[++state.at]) words.push(word)
  return linesOf(words)
}

function textBetween({ tokens }: State, from: number, to: number): string {
  const texts = tokens.slice(from, to).map(({ raw, text }) => (text === '\n' ? ';' : raw))
  return texts.join(' ').replace(/(\s*;)+$/, '')
}

function skipLines(state: State): void {
  while (isOperator(state, ['\n'])) state.at++
}

function isOperator({ tokens, at }: State, texts: readonly string[]): boolean {
  const token = tokens[at]
  return token?.kind === 'operator' && texts.includes(token.text)
}

/** The word that comes next, where it is written without quotes. */
function plainWord({ tokens, at }: State): string | null {
  const token = tokens[at]
  return token?.kind === 'word' && token.raw === token.text ? token.text : null
}

// Dockerfiles: instructions by build stage, continued lines joined.
import { addEntry, type DeploymentReader } from './deploymentDraft.js'

interface Line {
  readonly start: number
  readonly text: string
}

/** Keys are [stage, INSTRUCTION]; what stands before the first FROM counts to stage 0. A here-document belongs to its instruction. */
export const readDockerfile: DeploymentReader = (text, draft) => {
  const escape = /^\s*#\s*escape\s*=\s*`/i.test(text) ? '`' : '\\'
  const lines = linesOf(text)
  const unclosed = new Set<string>()
  let stages = 0
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index]
    const head = line && /^(\s*)([A-Za-z]+)(?:\s+|$)/.exec(line.text)
    if (!line || !head) continue
    const [matched, indent = '', written = ''] = head
    const joined = joinContinued(lines, index, matched.length, escape)
    const whole = joinHereDocuments(lines, joined, unclosed)
    index = whole.last
    const instruction = written.toUpperCase()
    if (instruction === 'FROM') stages++
    const end = lines[whole.last]
    addEntry(draft, [String(Math.max(0, stages - 1)), instruction], whole.value, line.start + indent.length, end ? endOf(end) : line.start)
  }
  return null
}

interface Joined {
  readonly value: string
  /** Index of the last line that belongs to it. */
  readonly last: number
}

function joinContinued(lines: readonly Line[], first: number, skipped: number, escape: string): Joined {
  const parts: string[] = []
  let last = first
  let text = lines[first]?.text.slice(skipped).trim() ?? ''
  while (text.endsWith(escape)) {
    parts.push(text.slice(0, -1).trim())
    const next = indexFrom(lines, last + 1, (line) => !/^\s*(#|$)/.test(line))
    text = lines[next]?.text.trim() ?? ''
    if (next !== -1) last = next
  }
  parts.push(text)
  return { value: parts.filter((part) => part !== '').join(' '), last }
}

/** `unclosed` collects names that no later line closes. */
function joinHereDocuments(lines: readonly Line[], { value, last }: Joined, unclosed: Set<string>): Joined {
  let joined = { value, last }
  for (const match of value.matchAll(/<<-?["']?([A-Za-z_]\w*)["']?/g)) {
    const from = joined.last + 1
    const name = match[1] ?? ''
    const close = unclosed.has(name) ? -1 : indexFrom(lines, from, (line) => line.trim() === name)
    if (close === -1) {
      unclosed.add(name)
      continue
    }
    const inner = lines.slice(from, close).map((line) => line.text)
    joined = { value: [joined.value, ...inner].join('\n'), last: close }
  }
  return joined
}

function indexFrom(lines: readonly Line[], from: number, isWanted: (text: string) => boolean): number {
  for (let index = from; index < lines.length; index++) if (isWanted(lines[index]?.text ?? '')) return index
  return -1
}

function endOf(line: Line): number {
  return line.start + line.text.trimEnd().length
}

function linesOf(text: string): Line[] {
  return [...text.matchAll(/[^\r\n]*(?:\r\n|\n|\r|$)/g)].map((match) => ({ start: match.index, text: match[0].replace(/[\r\n]+$/, '') }))
}

// One simple command of a shell script: what it assigns, exports or runs.
import type { DeploymentEntry } from './facts.js'
import type { ShellToken } from './shellWords.js'

export interface ShellLine extends Omit<DeploymentEntry, 'node'> {
  readonly start: number
  readonly end: number
}

/** The entries of one command, keys without what is around it. */
export function linesOf(words: readonly ShellToken[]): ShellLine[] {
  const [first] = words
  const last = words.at(-1)
  if (first === undefined || last === undefined) return []
  const place = { start: first.start, end: last.end }
  const assigned = (kind: string, some: readonly ShellToken[]): ShellLine[] =>
    some.flatMap(({ text, start, end }) => {
      const [, name, value] = /^([A-Za-z_]\w*)(?:\+?=([\s\S]*))?$/.exec(text) ?? []
      return name === undefined ? [] : [{ key: [kind, name], value: value ?? `$${name}`, start, end }]
    })
  if (words.every(({ raw }) => /^[A-Za-z_]\w*\+?=/.test(raw))) return assigned('assign', words)
  const isDeclared = /^(declare|typeset)$/.test(first.text) && words.some(({ text }) => /^-[a-z]*x/.test(text))
  if (first.text === 'export' || isDeclared) return assigned('export', words.slice(1))
  if (/^(local|readonly|declare|typeset)$/.test(first.text)) return assigned('assign', words.slice(1))
  const [, name, value] = (first.text === ':' && /^\$\{(\w+):?=([\s\S]*)\}$/.exec(words[1]?.text ?? '')) || []
  if (name !== undefined) return [{ key: ['assign', name], value: `\${${name}:-${value ?? ''}}`, ...place }]
  return [{ key: ['run'], value: `[${words.map(({ text }) => `"${text.replace(/[\\"]/g, '\\$&')}"`).join(', ')}]`, ...place }]
}

/** The same with what is around them in front. */
export function within(blocks: readonly string[], lines: readonly ShellLine[]): ShellLine[] {
  return lines.map((line) => ({ ...line, key: [...blocks, ...line.key] }))
}

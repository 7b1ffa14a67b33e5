// Reads the page of a rule: its parts, and the code in them as small projects that can be checked.
import type { Rule } from '../analyzer/check/rule.js'
import { findingsOf } from './check.js'
import { parseFixture } from './fixture.js'

export interface RulePage {
  readonly title: string
  /** The first paragraph. */
  readonly summary: string
  /** Second-level headings, in order. */
  readonly headings: readonly string[]
  readonly incorrect: readonly Example[]
  readonly correct: readonly Example[]
}

/** Fences that stand together: one project. */
export interface Example {
  /** Line of the page, from 1. */
  readonly line: number
  readonly files: ReadonlyMap<string, string>
}

/** Parses a rule's README.md. A fence without `file=` is `app.` and its language; any text between two fences starts another example. */
export function parseRulePage(page: string): RulePage {
  const lines = page.split('\n')
  const headings = lines.flatMap((line) => /^## (.+)$/.exec(line)?.[1] ?? [])
  return {
    title: /^# (.+)$/.exec(lines[0] ?? '')?.[1] ?? '',
    summary:
      lines
        .slice(1)
        .join('\n')
        .trim()
        .split(/\n\s*\n/)[0]
        ?.replace(/\s+/g, ' ') ?? '',
    headings,
    incorrect: examplesUnder(lines, 'Incorrect'),
    correct: examplesUnder(lines, 'Correct'),
  }
}

/** Each incorrect example must yield a finding of the rule that is shown by default, each correct one none at all. */
export function checkRulePage(rule: Rule, page: string): void {
  const { incorrect, correct } = parseRulePage(page)
  const silent = incorrect.filter(({ files }) => findingsOf(rule, files, { minConfidence: 'medium' }).length === 0)
  const problems = silent.map(({ line }) => `README.md:${line} is called incorrect, and ${rule.id} says nothing`)
  const loud = correct.flatMap(({ line, files }) =>
    findingsOf(rule, files).map(
      (finding) => `README.md:${line} is called correct: ${finding.file}:${finding.range.start.line} ${finding.message}`,
    ),
  )
  problems.push(...loud)
  if (problems.length > 0) throw new Error(`\n${problems.join('\n')}`)
}

function examplesUnder(lines: readonly string[], heading: string): Example[] {
  const examples: { line: number; files: Map<string, string> }[] = []
  let isInside = false
  let isTogether = false
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? ''
    if (/^## /.test(line)) isInside = line === `## ${heading}`
    const fence = /^```(\w+)(.*)$/.exec(line)
    if (fence === null) {
      if (line.trim() !== '') isTogether = false
      continue
    }
    const end = lines.indexOf('```', index + 1)
    const start = index
    index = end < 0 ? lines.length : end
    if (!isInside || fence[1] === 'text' || fence[1] === 'sh') continue
    const file = /file=(\S+)/.exec(fence[2] ?? '')?.[1] ?? `app.${fence[1] ?? 'js'}`
    const current = examples.at(-1)
    const text = `${lines.slice(start + 1, index).join('\n')}\n`
    if (isTogether && current !== undefined && !current.files.has(file)) current.files.set(file, text)
    else examples.push({ line: start + 1, files: new Map([[file, text]]) })
    isTogether = true
  }
  return examples.map(({ line, files }) => ({ line, files: withPackage(files) }))
}

/** The package.json that fixtures get, where the example has none. */
function withPackage(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map([...parseFixture('').files, ...files])
}

// The figures of mutated files, as the page shows them.
import { markdownTable } from '../markers.js'
import type { Outcome } from './judge.js'
import type { Mutant } from './mutants.js'

export interface FileResult {
  readonly file: string
  /** Of the text that was broken. */
  readonly hash: string
  /** How many mutants the file has; `mutants` may be a sample of them. */
  readonly possible: number
  readonly mutants: readonly { readonly mutant: Mutant; readonly outcome: Outcome }[]
}

interface PageContent {
  readonly results: readonly FileResult[]
  /** Files that have changed since they were tried, or never were. */
  readonly untried: readonly string[]
  /** Why survivors survive, by the words of `describeMutant`. */
  readonly notes: Readonly<Record<string, string>>
  readonly seed: number
}

/** A table, and each survivor with its reason. */
export function mutationPage({ results, untried, notes, seed }: PageContent): string {
  const rows = results.map(({ file, possible, mutants }) => {
    const count = (outcome: Outcome): number => mutants.filter((one) => one.outcome === outcome).length
    return { file, possible, all: mutants.length, dead: mutants.length - count('survived'), endless: count('endless') }
  })
  const total = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((sum, row) => sum + pick(row), 0)
  const all = total((row) => row.all)
  const dead = total((row) => row.dead)
  const survivors = results.flatMap(({ mutants }) => mutants.filter(({ outcome }) => outcome === 'survived').map(({ mutant }) => mutant))
  return [
    `Samples are drawn with the seed ${seed}.${untried.length === 0 ? '' : ` Not tried as they are now: ${untried.map((file) => `\`${file}\``).join(', ')}.`}`,
    markdownTable(
      ['file', 'possible mutants', 'tried', 'killed', 'of these by not ending', 'share'],
      [
        ...rows.map((row) => [`\`${row.file}\``, row.possible, row.all, row.dead, row.endless, share(row.dead, row.all)]),
        ['**all**', total((row) => row.possible), all, dead, total((row) => row.endless), share(dead, all)],
      ],
    ),
    '## Survivors',
    survivors.length === 0 ? 'None.' : survivors.map((mutant) => `- ${describeMutant(mutant)}. ${reasonOf(mutant, notes)}`).join('\n'),
  ].join('\n\n')
}

/** `file:line`, what was done, before and after. */
export function describeMutant(mutant: Mutant): string {
  return `\`${mutant.file}:${mutant.line}\` ${changeOf(mutant)}`
}

/** A note is found by its line where one change is made several times in a file, and otherwise without it: lines move. */
function reasonOf(mutant: Mutant, notes: Readonly<Record<string, string>>): string {
  return notes[describeMutant(mutant)] ?? notes[`\`${mutant.file}\` ${changeOf(mutant)}`] ?? 'Not explained yet.'
}

function changeOf({ operator, before, after }: Mutant): string {
  return `${operator}: \`${shorten(before)}\` → \`${shorten(after)}\``
}

function shorten(code: string): string {
  const line = code.replace(/\s+/g, ' ').replaceAll('`', "'")
  return line.length > 60 ? `${line.slice(0, 60)}…` : line || 'nothing'
}

/** Rounded down: a mark is not reached by rounding. */
function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`
}

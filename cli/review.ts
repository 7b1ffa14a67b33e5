// Goes through findings with a person, who accepts each, with a note, or leaves it.
import type { BaselineEntry } from '../analyzer/check/baseline.js'
import type { Finding } from '../analyzer/check/finding.js'
import { codeFrame } from './report/codeFrame.js'
import { wrapped } from './report/wrapped.js'
import { colorsFor, printable, type Terminal } from './terminal.js'

export interface Reviewing {
  readonly terminal: Terminal
  readonly texts: (file: string) => string
  /** Note and end of what is accepted without a word of its own. */
  readonly news: Pick<BaselineEntry, 'note' | 'expires'>
}

export interface Decided extends Pick<BaselineEntry, 'note' | 'expires'> {
  readonly finding: Finding
}

const HELP = `a  accept            n  accept with a note
A  accept this and all that follow
s  skip              S  skip this and all that follow
w  write and stop    q  stop and change nothing
`

/** What was accepted; null when nothing is to change. */
export async function review(findings: readonly Finding[], reviewing: Reviewing): Promise<readonly Decided[] | null> {
  const { terminal, news } = reviewing
  const { ask } = terminal
  if (ask === null) return null
  const decided: Decided[] = []
  if (findings.length === 0) terminal.out('There is nothing that is not accepted.\n')
  else terminal.out(HELP)
  for (const [index, finding] of findings.entries()) {
    show(finding, `${index + 1} of ${findings.length}`, reviewing)
    const answer = await askUntilKnown(ask, terminal)
    if (answer === 'q') return null
    if (answer === 'w' || answer === 'S') break
    if (answer === 'a') decided.push({ finding, ...news })
    if (answer === 'n') decided.push({ finding, ...news, note: ((await ask('Note: ')) ?? '').trim() })
    if (answer === 'A') {
      decided.push(...findings.slice(index).map((rest) => ({ finding: rest, ...news })))
      break
    }
  }
  return decided
}

/** No answer skips, so that an input that ended cannot run for ever. */
async function askUntilKnown(ask: NonNullable<Terminal['ask']>, terminal: Terminal): Promise<string> {
  for (;;) {
    const answer = ((await ask('Accept? [a/n/A/s/S/w/q/?] ')) ?? '').trim()
    if (answer === '') return 's'
    if (/^[anAsSwq]$/.test(answer)) return answer
    terminal.out(HELP)
  }
}

function show({ file, range, severity, message, ruleId, why }: Finding, count: string, { terminal, texts }: Reviewing): void {
  const colors = colorsFor(terminal)
  const place = `${printable(file)}:${range.start.line}:${range.start.column}`
  const lines = [
    '',
    `${colors.dim(count)}  ${colors.cyan(place)}  ${severity}  ${printable(message)}  ${colors.dim(ruleId)}`,
    ...codeFrame(texts(file), range, colors).map((line) => `    ${line}`),
    ...(why === '' ? [] : wrapped(printable(why), 100, '    ', '    ')),
  ]
  terminal.out(lines.map((line) => `${line}\n`).join(''))
}

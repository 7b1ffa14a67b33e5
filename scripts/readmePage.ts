// README.md with what the command line really prints.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCaught } from '../cli/testTerminal.js'
import { betweenMarkers } from './markers.js'

/** The application that the README and `npm run try` show. */
const SAMPLE = 'test-fixtures/plain-commonjs'
/** The findings that are shown whole; the others are left out, which a line says. */
const SHOWN = ['require-rate-limit', 'no-stack-in-response']

/** The page with the report on the sample between its marks. */
export async function readmePage(root: string): Promise<string> {
  const shown = excerpt(await report(root))
  return betweenMarkers(
    readFileSync(join(root, 'README.md'), 'utf8'),
    'output',
    ['```text', `$ parapet check ${SAMPLE}`, shown, '```'].join('\n'),
  )
}

async function report(root: string): Promise<string> {
  return (await runCaught(['check', SAMPLE, '--no-cache'], { cwd: root })).out.trimEnd()
}

/** A finding begins with its line and column, two spaces in; the closing lines are the paragraph at the end. */
function excerpt(printed: string): string {
  const closingAt = printed.lastIndexOf('\n\n') + 2
  const [head = '', ...findings] = printed.slice(0, closingAt).split(/\n(?= {2}\d+:\d+ {2})/)
  const shown = findings.filter((finding) => SHOWN.some((id) => finding.split('\n', 1)[0]?.endsWith(id)))
  const left = findings.length - shown.length
  return [
    head,
    ...shown.map((finding) => finding.trimEnd() + '\n'),
    ...(left > 0 ? [`  … and ${left} more findings\n`] : []),
    printed.slice(closingAt),
  ].join('\n')
}

// Breaks the code on purpose, one small change at a time, and counts how many changes some test notices.
import { mkdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { mutantsOf, sample, type Mutant } from './mutation/mutants.js'
import { runMutant, type Outcome } from './mutation/runMutant.js'
import { markdownTable, writeBetweenMarkers } from './markers.js'

/** One rule of each family: mutants of a rule are judged by its own tests. */
const RULES = [
  'require-security-headers',
  'no-permissive-cors',
  'require-auth-rate-limit',
  'no-error-object-in-response',
  'no-console',
  'no-hardcoded-secret',
]

/** Source files under test, each with the tests that should notice. */
const TARGETS: readonly { readonly file: string; readonly tests: readonly string[] }[] = [
  { file: 'analyzer/model/queries.ts', tests: ['analyzer/model/', 'rules/require-rate-limit/', 'rules/require-security-headers/'] },
  ...RULES.map((id) => ({ file: `rules/${id}/rule.ts`, tests: [`rules/${id}/`] })),
]

const USAGE = 'npm run mutate -- [--sample 60] [file,test,test …]'
const SEED = 20_251

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values: options, positionals } = parseArgs({ options: { sample: { type: 'string', default: '60' } }, allowPositionals: true })
const targets = positionals.length === 0 ? TARGETS : positionals.map(parseTarget)

interface Result {
  readonly mutant: Mutant
  readonly outcome: Outcome
}

const results: Result[] = []
const waiting: { readonly mutant: Mutant; readonly tests: readonly string[] }[] = []
for (const { file, tests } of targets) {
  const unchanged: Mutant = { file, start: 0, end: 0, before: '', after: '', operator: 'none', line: 1 }
  if ((await runMutant(root, unchanged, tests)) !== 'survived') throw new Error(`The tests of ${file} fail before anything is broken.`)
  const mutants = mutantsOf(file, readFileSync(join(root, file), 'utf8'))
  for (const mutant of sample(mutants, Number(options.sample), SEED)) waiting.push({ mutant, tests })
}
mkdirSync(join(root, '.tsbuild'), { recursive: true })
console.log(`${waiting.length} mutants in ${targets.length} files`)
await Promise.all(cpus().map(runNext))

const page = report()
console.log(page)
if (positionals.length === 0) writeBetweenMarkers(join(root, 'docs', 'mutation.md'), 'figures', page)

async function runNext(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const outcome = await runMutant(root, next.mutant, next.tests)
    results.push({ mutant: next.mutant, outcome })
    if (outcome === 'survived') console.log(`survived ${describe(next.mutant)}`)
  }
}

function report(): string {
  const rows = targets.map(({ file }) => {
    const own = results.filter(({ mutant }) => mutant.file === file)
    const dead = own.filter(({ outcome }) => outcome !== 'survived')
    return { file, all: own.length, dead: dead.length, timeouts: dead.filter(({ outcome }) => outcome === 'timeout').length }
  })
  const all = rows.reduce((sum, row) => sum + row.all, 0)
  const dead = rows.reduce((sum, row) => sum + row.dead, 0)
  const survivors = results.filter(({ outcome }) => outcome === 'survived').map(({ mutant }) => mutant)
  return [
    markdownTable(
      ['file', 'mutants', 'killed', 'of these by not ending', 'share'],
      [
        ...rows.map((row) => [`\`${row.file}\``, row.all, row.dead, row.timeouts, share(row.dead, row.all)]),
        ['**all**', all, dead, '', share(dead, all)],
      ],
    ),
    'Survivors:',
    survivors.length === 0
      ? 'None.'
      : survivors
          .map((mutant) => `- ${describe(mutant)}`)
          .sort()
          .join('\n'),
  ].join('\n\n')
}

function describe({ file, line, operator, before, after }: Mutant): string {
  return `\`${file}:${line}\` ${operator}: \`${shorten(before)}\` → \`${shorten(after)}\``
}

function shorten(code: string): string {
  const line = code.replace(/\s+/g, ' ').replaceAll('`', "'")
  return line.length > 60 ? `${line.slice(0, 60)}…` : line || 'nothing'
}

function parseTarget(text: string): { file: string; tests: readonly string[] } {
  const [file, ...tests] = text.split(',')
  if (!file || tests.length === 0) throw new Error(`Name a file and its tests, separated by commas: ${USAGE}`)
  return { file, tests }
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${((100 * part) / whole).toFixed(0)} %`
}

// Breaks the code on purpose, one small change at a time, and counts how many changes some test notices.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { hashText } from '../analyzer/text/hash.js'
import { writeBetweenMarkers } from './markers.js'
import { judge } from './mutation/judge.js'
import { mutantsOf, sample } from './mutation/mutants.js'
import { describeMutant, mutationPage, type FileResult } from './mutation/page.js'
import { TARGETS, type Target } from './mutation/targets.js'

const USAGE = 'npm run mutate -- [--only part-of-a-file-name] [--sample 40] [--seed 20251]'

const SEED = '20251'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values: options } = parseArgs({
  options: { only: { type: 'string', default: '' }, sample: { type: 'string' }, seed: { type: 'string', default: SEED } },
})
const seed = Number(options.seed)
const chosen = TARGETS.filter(({ file }) => file.includes(options.only))
if (chosen.length === 0) throw new Error(`No file to break has "${options.only}" in its name: ${USAGE}`)

for (const target of chosen) {
  const started = Date.now()
  const result = await breakFile(target)
  mkdirSync(dirname(keptAt(target)), { recursive: true })
  writeFileSync(keptAt(target), JSON.stringify(result, null, 2))
  const dead = result.mutants.filter(({ outcome }) => outcome !== 'survived').length
  console.log(`${result.file}: ${dead} of ${result.mutants.length} killed in ${Math.round((Date.now() - started) / 1000)} s`)
  for (const one of result.mutants) if (one.outcome === 'survived') console.log(`  survived ${describeMutant(one.mutant)}`)
}

if (options.sample === undefined && options.seed === SEED) {
  const kept = TARGETS.flatMap((target) => keptResult(target) ?? [])
  const untried = TARGETS.map(({ file }) => file).filter((file) => !kept.some((result) => result.file === file))
  const notes = JSON.parse(readFileSync(join(root, 'docs', 'mutation-notes.json'), 'utf8')) as Readonly<Record<string, string>>
  writeBetweenMarkers(join(root, 'docs', 'mutation.md'), 'figures', mutationPage({ results: kept, untried, notes, seed }))
} else console.log('The page is left as it is: it has samples and a seed of its own.')

async function breakFile(target: Target): Promise<FileResult> {
  const text = readFileSync(join(root, target.file), 'utf8')
  const all = mutantsOf(target.file, text)
  const size = options.sample === undefined ? target.sample : Number(options.sample)
  const tried = size === null ? all : sample(all, size, seed)
  const outcomes = await judge(root, target.file, tried, target.tests)
  const mutants = tried.map((mutant, index) => ({ mutant, outcome: outcomes[index] ?? ('survived' as const) }))
  return { file: target.file, hash: hashText(text), possible: all.length, mutants }
}

function keptAt({ file }: Target): string {
  return join(root, '.tsbuild', 'mutation', 'results', `${file.replaceAll('/', '-')}.json`)
}

/** What an earlier run found about the very same text. */
function keptResult(target: Target): FileResult | null {
  if (!existsSync(keptAt(target))) return null
  const result = JSON.parse(readFileSync(keptAt(target), 'utf8')) as FileResult
  return result.hash === hashText(readFileSync(join(root, target.file), 'utf8')) ? result : null
}

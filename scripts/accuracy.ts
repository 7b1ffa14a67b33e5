// Scores the command line against hand-checked claims about real backends, and keeps docs/accuracy.md true.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { analyseBackend } from './accuracy/backends.js'
import { readCorpus } from './accuracy/corpus.js'
import { accuracyPage } from './accuracy/report.js'
import { scoreFindings } from './accuracy/score.js'
import { writeBetweenMarkers } from './markers.js'

const USAGE =
  'npm run accuracy -- --checkouts <folder of checkouts> [--corpus <folder>] [--framework express] [--categories headers,cors,…]'
const CATEGORIES = ['headers', 'x-powered-by', 'cors', 'rate-limit', 'error-leak', 'console', 'secrets']

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values: options } = parseArgs({
  options: {
    checkouts: { type: 'string' },
    corpus: { type: 'string', default: '../shared/corpus' },
    framework: { type: 'string', default: 'express' },
    categories: { type: 'string', default: CATEGORIES.join(',') },
  },
})

if (options.checkouts === undefined) {
  console.error(`Say where the checkouts are: ${USAGE}`)
  process.exitCode = 2
} else {
  process.exitCode = run(resolve(options.checkouts), resolve(root, options.corpus), options.framework, options.categories.split(','))
}

/** Answers 1 where a missed claim or a false alarm has no explanation in docs/accuracy-notes.json. */
function run(checkouts: string, corpusFolder: string, framework: string, categories: readonly string[]): number {
  const corpus = readCorpus(corpusFolder, framework, categories)
  const findings = mkdtempSync(join(tmpdir(), 'parapet-accuracy-'))
  try {
    const backends = corpus.repositories.map((repository) => analyseBackend(root, checkouts, findings, repository, corpus))
    const high = scoreFindings(corpus, findings, 'high')
    const all = scoreFindings(corpus, findings, 'all')
    const notes = JSON.parse(readFileSync(join(root, 'docs', 'accuracy-notes.json'), 'utf8')) as Record<string, string>
    const page = accuracyPage({ backends, high, all, notes })
    writeBetweenMarkers(join(root, 'docs', 'accuracy.md'), framework === 'express' ? 'figures' : `figures-${framework}`, page.markdown)
    console.log(page.markdown)
    return page.unexplained === 0 ? 0 : 1
  } finally {
    rmSync(findings, { recursive: true, force: true })
  }
}

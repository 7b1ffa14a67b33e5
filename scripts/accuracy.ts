// Scores the command line against hand-checked claims about real backends, and keeps docs/accuracy.md true.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { analyseBackend } from './accuracy/backends.js'
import { readCorpus, type Corpus } from './accuracy/corpus.js'
import { accuracyPage, claimsPage } from './accuracy/report.js'
import { scoreFindings } from './accuracy/score.js'
import { writeBetweenMarkers } from './markers.js'

const USAGE = 'npm run accuracy -- --checkouts <folder of checkouts> [--corpus <folder>] [--framework express|fastify|nestjs | --further]'
/** What is scored backend by backend. */
const CATEGORIES = ['headers', 'x-powered-by', 'cors', 'rate-limit', 'error-leak', 'console', 'secrets']
/** What is scored over all backends together. */
const FURTHER = [
  'body-limit',
  'cookies-session',
  'csrf',
  'env-validation',
  'health',
  'input-validation',
  'jwt',
  'process-errors',
  'sensitive-logging',
  'shutdown',
  'timeouts',
  'tls',
  'trust-proxy',
]

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values: options } = parseArgs({
  options: {
    checkouts: { type: 'string' },
    corpus: { type: 'string', default: '../shared/corpus' },
    framework: { type: 'string', default: 'express' },
    further: { type: 'boolean', default: false },
  },
})

if (options.checkouts === undefined) {
  console.error(`Say where the checkouts are: ${USAGE}`)
  process.exitCode = 2
} else {
  const part = options.framework === 'express' ? 'figures' : `figures-${options.framework}`
  process.exitCode = options.further
    ? run(options.checkouts, readCorpus(resolve(root, options.corpus), '', FURTHER), 'figures-further', claimsPage)
    : run(options.checkouts, readCorpus(resolve(root, options.corpus), options.framework, CATEGORIES), part, accuracyPage)
}

/** Answers 1 where a missed claim or a false alarm has no explanation in docs/accuracy-notes.json. */
function run(checkouts: string, corpus: Corpus, part: string, pageOf: typeof accuracyPage): number {
  const findings = mkdtempSync(join(tmpdir(), 'parapet-accuracy-'))
  try {
    const backends = corpus.repositories.map((repository) => analyseBackend(root, resolve(checkouts), findings, repository, corpus))
    const high = scoreFindings(corpus, findings, 'high')
    const all = scoreFindings(corpus, findings, 'all')
    const notes = JSON.parse(readFileSync(join(root, 'docs', 'accuracy-notes.json'), 'utf8')) as Record<string, string>
    const page = pageOf({ backends, high, all, notes })
    writeBetweenMarkers(join(root, 'docs', 'accuracy.md'), part, page.markdown)
    console.log(page.markdown)
    return page.unexplained === 0 ? 0 : 1
  } finally {
    rmSync(findings, { recursive: true, force: true })
  }
}

// The hand-checked claims and the repositories that they are about.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Repository {
  readonly repo: string
  /** Name of the checkout's folder. */
  readonly dir: string
  readonly framework: string
}

export interface Claim {
  readonly id: string
  readonly repo: string
  readonly category: string
  readonly rule: string
  readonly claim: string
  readonly verdict: 'flag' | 'ok'
  readonly file: string
  readonly line: number
  readonly confidence: 'high' | 'medium' | 'low'
}

export interface ConsoleCall {
  readonly dir: string
  readonly file: string
  readonly line: number
  readonly kind: 'server' | 'cli' | 'test'
  /** False where the console is handed on and not called. */
  readonly call: boolean
}

export interface Corpus {
  readonly folder: string
  readonly repositories: readonly Repository[]
  readonly claims: readonly Claim[]
  readonly consoleCalls: readonly ConsoleCall[]
  /** Repositories of which every error leak is labelled. */
  readonly fullyRead: ReadonlySet<string>
}

/** Reads the corpus, keeping frameworks whose name begins so and some categories of claims. */
export function readCorpus(folder: string, framework: string, categories: readonly string[]): Corpus {
  const path = (name: string): string => join(folder, name)
  if (!existsSync(path('claims.jsonl'))) throw new Error(`${folder} holds no claims.jsonl: name the folder of claims with --corpus.`)
  const coverage = JSON.parse(readFileSync(path('coverage.json'), 'utf8')) as { 'error-leak-exhaustive': string[] }
  const repositories = jsonLines<Repository>(path('repositories.jsonl')).filter((one) => one.framework.startsWith(framework))
  const names = new Set(repositories.map(({ repo }) => repo))
  return {
    folder,
    repositories,
    claims: jsonLines<Claim>(path('claims.jsonl')).filter((claim) => names.has(claim.repo) && categories.includes(claim.category)),
    consoleCalls: jsonLines<ConsoleCall>(path('console-calls.jsonl')),
    fullyRead: new Set(coverage['error-leak-exhaustive'].filter((repo) => names.has(repo))),
  }
}

function jsonLines<Line>(path: string): Line[] {
  return readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

// Runs the corpus's own scorer over the findings and reads its answer.
import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Claim, Corpus } from './corpus.js'

interface Row {
  readonly flags: number
  readonly hits: number
  readonly quiet: number
  readonly oks: number
  readonly alarms: number
}

export interface Score {
  readonly total: Row
  readonly categories: Readonly<Record<string, Row>>
  readonly console: { readonly reports: number; readonly wrong: number; readonly known: number; readonly caught: number }
  readonly leak: { readonly reports: number; readonly unlabelled: number }
  readonly missed: readonly Claim[]
  readonly falseAlarms: readonly Claim[]
}

/** `high` scores the claims that were checked twice; `all` those of medium confidence too. */
export function scoreFindings(corpus: Corpus, findings: string, which: 'high' | 'all'): Score {
  const claimsPath = join(findings, 'claims.jsonl')
  const repositoriesPath = join(findings, 'repositories.jsonl')
  writeFileSync(claimsPath, toLines(corpus.claims))
  writeFileSync(repositoriesPath, toLines(repositoriesWithFolders(corpus)))
  const args = [join(corpus.folder, 'score.mjs'), '--findings', findings, '--claims', claimsPath, '--repos', repositoriesPath]
  if (which === 'all') args.push('--all')
  const figures = JSON.parse(execFileSync(process.execPath, [...args, '--json'], { encoding: 'utf8' })) as {
    total: Row
    categories: Record<string, Row>
    extra: Pick<Score, 'console' | 'leak'>
  }
  const lines = execFileSync(process.execPath, [...args, '--misses'], { encoding: 'utf8' }).split('\n')
  rmSync(claimsPath)
  rmSync(repositoriesPath)
  return {
    total: figures.total,
    categories: figures.categories,
    ...figures.extra,
    missed: named(lines, 'MISSED', corpus.claims),
    falseAlarms: named(lines, 'FALSE ALARM', corpus.claims),
  }
}

/** The scorer wants every field of a repository, so the lines are taken over as they are. */
function repositoriesWithFolders(corpus: Corpus): readonly unknown[] {
  const wanted = new Set(corpus.repositories.map(({ repo }) => repo))
  return readFileSync(join(corpus.folder, 'repositories.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { repo: string })
    .filter(({ repo }) => wanted.has(repo))
}

/** The scorer prints claims without their ids: `MISSED owner/name file:line rule – text`. */
function named(lines: readonly string[], mark: string, claims: readonly Claim[]): Claim[] {
  const printed = new Set(lines.filter((line) => line.startsWith(`${mark} `)).map((line) => line.slice(mark.length + 1)))
  return claims.filter((claim) => printed.has(`${claim.repo} ${claim.file}:${claim.line} ${claim.rule} – ${claim.claim}`))
}

function toLines(objects: readonly unknown[]): string {
  return objects.map((object) => `${JSON.stringify(object)}\n`).join('')
}

// Decides which mutants of a file some test notices.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Assignment, Event } from './assignment.js'
import type { Mutant } from './mutants.js'
import { runTests } from './runTests.js'

export type Outcome = 'killed' | 'endless' | 'survived'

/**
 * The outcome of each mutant. All are tried in one process, each test right after the unbroken one; what survives that is tried again
 * alone, in a fresh process, with the file replaced, by the test files that call it: a test that ran before must not be able to hide a fault.
 */
export async function judge(root: string, file: string, mutants: readonly Mutant[], tests: readonly string[]): Promise<readonly Outcome[]> {
  const folder = join(root, '.tsbuild', 'mutation')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, `${file.replaceAll('/', '-')}.json`)
  const log = `${path}l`
  const outcomes = new Map<number, Outcome>()
  rmSync(log, { force: true })

  async function tryWith(
    assignment: Omit<Assignment, 'file' | 'log'>,
    among: readonly string[] = tests,
  ): Promise<'passed' | 'failed' | 'stalled'> {
    writeFileSync(path, JSON.stringify({ file, log, ...assignment } satisfies Assignment))
    return runTests(root, path, log, among)
  }

  for (;;) {
    const ended = await tryWith({ mode: 'switched', mutants, decided: [...outcomes.keys()] })
    const events = eventsIn(log)
    for (const { kind, mutant } of events) if (kind === 'killed') outcomes.set(mutant, 'killed')
    if (ended === 'passed') break
    const last = events.at(-1)
    // A process that died or stands still was at work on the mutant that it named last.
    if (last?.kind === 'begun' && last.mutant > 0) outcomes.set(last.mutant, ended === 'stalled' ? 'endless' : 'killed')
    else if (last?.kind !== 'spoiled') throw new Error(`A test fails although nothing is broken: ${last?.test ?? tests.join(' ')}`)
    rmSync(log, { force: true })
  }
  const calling = [...new Set(eventsIn(log).flatMap(({ kind, testFile }) => (kind === 'lived' ? testFile : [])))]
  for (const [index, mutant] of mutants.entries()) {
    if (outcomes.has(index + 1) || calling.length === 0) continue
    const ended = await tryWith({ mode: 'replaced', mutants: [mutant], decided: [] }, calling)
    outcomes.set(index + 1, ended === 'passed' ? 'survived' : ended === 'stalled' ? 'endless' : 'killed')
  }
  return mutants.map((_, index) => outcomes.get(index + 1) ?? 'survived')
}

function eventsIn(log: string): readonly Event[] {
  if (!existsSync(log)) return []
  const lines = readFileSync(log, 'utf8').split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Event)
}

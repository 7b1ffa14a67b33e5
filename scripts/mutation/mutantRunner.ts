// A test runner that repeats each test for every mutant that still lives, in one process with everything loaded once.
import { appendFileSync, readFileSync } from 'node:fs'
import { relative } from 'node:path'
import { TestRunner, type RunnerTestCase } from 'vitest'
import type { Assignment, Event } from './assignment.js'
import { mutationSwitch } from './switched.js'

const assignment = JSON.parse(readFileSync(process.env['PARAPET_MUTANTS'] ?? '', 'utf8')) as Assignment
const isSwitched = assignment.mode === 'switched'
const numbers = isSwitched ? assignment.mutants.map((_, index) => index + 1) : []
const alive = new Set(numbers.filter((number) => !assignment.decided.includes(number)))

export default class MutantRunner extends TestRunner {
  /** A test that never calls the file cannot notice anything, and is not repeated. */
  async runTask(test: RunnerTestCase): Promise<void> {
    const run = TestRunner.getTestFn(test)
    const state = mutationSwitch()
    const place = { test: test.name, testFile: relative(process.cwd(), test.file.filepath) }
    // Whoever waits sees that it goes on.
    note({ kind: 'begun', mutant: 0, ...place })
    state.calls = 0
    await run()
    if (state.calls === 0) return
    for (const mutant of alive) {
      note({ kind: 'begun', mutant, ...place })
      state.on = mutant
      const isKilled = await fails(run)
      state.on = 0
      note({ kind: isKilled ? 'killed' : 'lived', mutant, ...place })
      if (!isKilled) continue
      alive.delete(mutant)
      if (!(await fails(run))) continue
      note({ kind: 'spoiled', mutant, ...place })
      throw new Error(`After a mutant the test fails without one: ${test.name}`)
    }
  }
}

async function fails(run: () => unknown): Promise<boolean> {
  try {
    await run()
    return false
  } catch {
    return true
  }
}

function note(event: Event): void {
  appendFileSync(assignment.log, `${JSON.stringify(event)}\n`)
}

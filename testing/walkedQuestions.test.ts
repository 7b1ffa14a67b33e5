// Questions find the same where they are given every call and every value as where they are given what they say that they want.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { analyze } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import type { Rule } from '../analyzer/check/rule.js'
import type * as Sorted from '../analyzer/model/sorted.js'
import { rules } from '../rules/index.js'
import { fixtureFolder, fixtureNames, readFixture, repositoryRoot } from './oracle/fixture.js'
import { loadFolder } from './oracle/loadFolder.js'
import type { LoadedFixture } from './project.js'
import { loadTexts } from './project.js'
import { parseRulePage } from './readme.js'

const questions = vi.hoisted(() => ({ areWalked: false, asked: 0 }))

vi.mock('../analyzer/model/sorted.js', async (original) => {
  const sorted = await original<typeof Sorted>()
  /** Small parts are walked; those of fixtures are small, so they are filled up. */
  const filled = <One>(part: readonly One[], ask: (part: readonly One[]) => readonly One[]): readonly One[] => {
    const own = new Set(part)
    const more = part.length === 0 ? [] : Array.from({ length: 20 }, () => ({ ...(part[0] as One) }))
    return ask([...part, ...more]).filter((one) => own.has(one))
  }
  return {
    ...sorted,
    callsAmong: (part, wanted) => {
      questions.asked++
      if (!questions.areWalked) return filled(part, (all) => sorted.callsAmong(all, wanted))
      return wanted.writes === undefined && wanted.given === undefined ? part.filter(({ isWrite }) => !isWrite) : part
    },
    bindingsAmong: (part, kinds) => (questions.areWalked ? part : filled(part, (all) => sorted.bindingsAmong(all, kinds))),
  } satisfies typeof sorted
})

/** Fixes are compared by what they say of themselves. */
function findings(project: LoadedFixture['input'], how: 'walked' | 'sorted', only: readonly Rule[]): string {
  questions.areWalked = how === 'walked'
  return JSON.stringify(analyze(project, only, { configuration: DEFAULT_CONFIGURATION, only: [] }).findings, null, 1)
}

test.each(fixtureNames())('%s', (name) => {
  const folder = fixtureFolder(name)
  const project = loadFolder(folder, readFixture(folder).express.at(-1) ?? 5)
  questions.asked = 0
  expect(findings(project, 'sorted', rules)).toBe(findings(project, 'walked', rules))
  expect(questions.asked).toBeGreaterThan(10)
})

test.each(rules.map((rule) => [rule.id, rule] as const))('the examples of %s', (id, rule) => {
  const { incorrect, correct } = parseRulePage(readFileSync(join(repositoryRoot, 'rules', id, 'README.md'), 'utf8'))
  for (const { files } of [...incorrect, ...correct]) {
    const { input } = loadTexts(files)
    expect(findings(input, 'sorted', [rule])).toBe(findings(input, 'walked', [rule]))
  }
})

// Questions find the same where they are given every call and every value as where they are given what they say that they want.
import { expect, test, vi } from 'vitest'
import { analyze } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import { rules } from '../rules/index.js'
import { fixtureFolder, fixtureNames, readFixture } from './oracle/fixture.js'
import { loadFolder } from './oracle/loadFolder.js'

const walks = vi.hoisted(() => ({ isOn: false, asked: 0 }))

vi.mock('../analyzer/model/sorted.js', async (original) => {
  const sorted = await original<typeof import('../analyzer/model/sorted.js')>()
  return {
    ...sorted,
    callsAmong: (part, wanted) => {
      walks.asked++
      if (!walks.isOn) return sorted.callsAmong(part, wanted)
      return wanted.writes === undefined && wanted.given === undefined ? part.filter(({ isWrite }) => !isWrite) : part
    },
    bindingsAmong: (part, kinds) => (walks.isOn ? part : sorted.bindingsAmong(part, kinds)),
  } satisfies typeof sorted
})

test.each(fixtureNames())('%s', (name) => {
  const folder = fixtureFolder(name)
  const project = loadFolder(folder, readFixture(folder).express.at(-1) ?? 5)
  const findings = [false, true].map((isOn) => {
    walks.isOn = isOn
    walks.asked = 0
    const { findings } = analyze(project, rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
    expect(walks.asked).toBeGreaterThan(10)
    // Fixes are compared by what they say of themselves.
    return JSON.stringify(findings, null, 1)
  })
  expect(findings[1]).toBe(findings[0])
})

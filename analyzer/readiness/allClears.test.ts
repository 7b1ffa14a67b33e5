// No control of the readiness report is in place while a finding of one of its rules says that it fails.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { rules } from '../../rules/index.js'
import { fixtureFolder, fixtureNames, readFixture } from '../../testing/oracle/fixture.js'
import { loadFolder } from '../../testing/oracle/loadFolder.js'
import { loadTexts } from '../../testing/project.js'
import { parseRulePage } from '../../testing/readme.js'
import { analyze, type ProjectInput } from '../analyze.js'
import { DEFAULT_CONFIGURATION } from '../check/configuration.js'
import { CONTROLS } from './areas/index.js'
import { readinessOf } from './readiness.js'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const ran = new Set(rules.map(({ id }) => id))
const configuration = { ...DEFAULT_CONFIGURATION, preset: 'strict' as const }
const listing = new Map(rules.map(({ id }) => [id, CONTROLS.filter((control) => control.rules.includes(id)).map((control) => control.id)]))

/** All-clears that findings speak against: a rule of one control alone holds that control, a rule of several at least one of them. */
function falseAllClears(input: ProjectInput): readonly string[] {
  const all = analyze(input, rules, { configuration, only: [] })
  const readiness = readinessOf(all, ran)
  const clear = new Set(
    readiness.areas.flatMap(({ controls }) =>
      controls.filter(({ status }) => status === 'in-place' || status === 'not-applicable').map(({ id }) => id),
    ),
  )
  if (readiness.applications.length === 0) return []
  return all.findings.flatMap(({ ruleId, file, range, message }) => {
    const controls = listing.get(ruleId) ?? []
    return controls.length > 0 && controls.every((id) => clear.has(id))
      ? [`${controls.join(' and ')} in spite of ${file}:${range.start.line} ${message}`]
      : []
  })
}

test.each(fixtureNames())('the application %s', (name) => {
  const folder = fixtureFolder(name)
  expect(falseAllClears(loadFolder(folder, readFixture(folder).express.at(-1) ?? 5))).toEqual([])
})

test.each(rules.map(({ id }) => id))('the examples of %s', (id) => {
  const { incorrect } = parseRulePage(readFileSync(join(root, 'rules', id, 'README.md'), 'utf8'))
  expect(incorrect.flatMap(({ files, line }) => falseAllClears(loadTexts(files).input).map((text) => `line ${line}: ${text}`))).toEqual([])
})

// Model and findings of every fixture application, as kept beside it. `UPDATE=1` writes them anew; a change is to be read before it is committed.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { analyze } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import type { Finding } from '../analyzer/check/finding.js'
import { modelText } from '../cli/report/model.js'
import { rules } from '../rules/index.js'
import { fixtureFolder, fixtureNames, readFixture } from './oracle/fixture.js'
import { loadFolder } from './oracle/loadFolder.js'

test.each(fixtureNames())('%s', (name) => {
  const folder = fixtureFolder(name)
  const project = loadFolder(folder, readFixture(folder).express.at(-1) ?? 5)
  const { model, findings, internalErrors } = analyze(project, rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  expect(internalErrors).toEqual([])
  expectKept(path.join(folder, 'model.txt'), modelText(model))
  expectKept(path.join(folder, 'findings.txt'), findings.map(findingText).join('\n'))
})

function expectKept(file: string, text: string): void {
  if (process.env['UPDATE'] === '1') keep(file, text)
  expect(text, `${path.basename(file)} (UPDATE=1 writes it anew)`).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '')
}

/** An application without findings keeps no file. */
function keep(file: string, text: string): void {
  if (text === '') rmSync(file, { force: true })
  else writeFileSync(file, text)
}

function findingText({ file, range, severity, confidence, ruleId, message, related, fix }: Finding): string {
  const lines = [
    `${file}:${range.start.line}:${range.start.column} ${severity} ${ruleId} (${confidence})`,
    `  ${message}`,
    ...related.map((place) => `  ${place.role} ${place.file}:${place.range.start.line} ${place.message}`),
    ...(fix === null ? [] : [`  ${fix.safety} fix: ${fix.title}`]),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

// Checks the fixes of one rule: the text that they make, and four things that hold for every fix.
import { expect } from 'vitest'
import type { AnalyzeOptions } from '../analyzer/analyze.js'
import type { Rule } from '../analyzer/check/rule.js'
import { fixAll } from '../analyzer/fixAll.js'
import type { FixOutcome } from '../analyzer/fixAll.js'
import { parseWithTokens } from '../analyzer/syntax/parseWithTokens.js'
import { findingsOf } from './check.js'
import { parseFixture } from './fixture.js'
import { configurationOf } from './model.js'
import type { TestConfiguration } from './model.js'
import { loadTexts } from './project.js'

export interface CheckFixOptions {
  readonly configuration?: TestConfiguration
  /** How many findings of the rule the fixes leave, for a fixture in which some have none. 0 unless given. */
  readonly leaves?: number
}

/**
 * Applies all fixes of the rule to `before` and compares with `after`, which names the files that change (and may name others).
 * A package.json that the fixture does not write may change unnamed. Also asserts that the result parses, that the findings are gone,
 * that no comment is lost, and that a second application changes nothing.
 */
export function checkFix(rule: Rule, before: string, after: string, options: CheckFixOptions = {}): void {
  const start = parseFixture(before)
  const expected = parseFixture(after)
  const { outcome } = fixed(rule, start.files, options)
  expect(outcome.fixed, 'no fix was applied').toBeGreaterThan(0)
  const result = new Map([...start.files, ...outcome.texts])
  for (const [file, text] of result) {
    const wanted = expected.files.get(file)
    if (file === 'package.json' && expected.isPackageImplicit) continue
    if (wanted !== undefined || outcome.texts.has(file))
      expect(text, `${file} after the fix`).toBe(wanted ?? `${file} is not named in the fixture`)
  }
  expect(
    [...expected.files.keys()].filter((file) => !result.has(file)),
    'files that the fix did not make',
  ).toEqual([])
  for (const [file, text] of outcome.texts) expectSound(file, start.files.get(file) ?? '', text)
  expect(findingsOf(rule, result, options.configuration).map((finding) => `${finding.file}: ${finding.message}`)).toHaveLength(
    options.leaves ?? 0,
  )
  expect([...fixed(rule, result, options).outcome.texts.keys()], 'files that a second application changes').toEqual([])
}

/** Asserts that the rule reports something on the fixture and offers no fix that applies. */
export function checkNoFix(rule: Rule, source: string, options: CheckFixOptions = {}): void {
  const { files } = parseFixture(source)
  const { outcome } = fixed(rule, files, options)
  expect([...outcome.texts.keys()]).toEqual([])
  expect(outcome.analysis.findings.length).toBeGreaterThan(0)
}

function fixed(rule: Rule, files: ReadonlyMap<string, string>, options: CheckFixOptions): { readonly outcome: FixOutcome } {
  const { input, text } = loadTexts(files)
  const settings: AnalyzeOptions = { configuration: configurationOf(options.configuration ?? {}), only: [rule.id] }
  const outcome = fixAll(input, [rule], { ...settings, grade: 'suggestion', fits: () => true, text })
  expect(outcome.internalErrors.map((error) => error.message)).toEqual([])
  return { outcome }
}

function expectSound(file: string, before: string, after: string): void {
  if (file.endsWith('.json')) expect(() => JSON.parse(after) as unknown).not.toThrow()
  if (!/\.[cm]?[jt]sx?$/.test(file)) return
  const parsed = parseWithTokens(after, file)
  expect(parsed, `${file} parses after the fix`).not.toBeNull()
  const left = (parsed?.comments ?? []).map((comment) => comment.value.trim())
  const lost = (parseWithTokens(before, file)?.comments ?? [])
    .map((comment) => comment.value.trim())
    .filter((comment) => !left.includes(comment))
  expect(lost, `comments lost in ${file}`).toEqual([])
}

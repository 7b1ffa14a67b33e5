// Checks one rule on a fixture: the findings must be exactly those that are marked.
import { expect } from 'vitest'
import { analyze } from '../analyzer/analyze.js'
import type { Finding } from '../analyzer/check/finding.js'
import type { Rule } from '../analyzer/check/rule.js'
import { parseFixture } from './fixture.js'
import { disagreements } from './marks.js'
import { configurationOf } from './model.js'
import type { TestConfiguration } from './model.js'
import { loadTexts } from './project.js'

/**
 * Fails for a finding that is not marked, a mark that is not met, a file that does not parse and a rule that throws.
 * A fixture without marks is a quiet case. Answers with the findings, for what marks cannot say.
 */
export function check(rule: Rule, source: string, configuration: TestConfiguration = {}): readonly Finding[] {
  const fixture = parseFixture(source)
  const findings = findingsOf(rule, fixture.files, configuration)
  const problems = disagreements(fixture, findings)
  // An equality would cut the text off.
  if (problems.length > 0) throw new Error(`\n${problems.join('\n\n')}`)
  return findings
}

/** The findings of one rule, of every confidence. */
export function findingsOf(rule: Rule, files: ReadonlyMap<string, string>, configuration: TestConfiguration = {}): readonly Finding[] {
  const { input } = loadTexts(files)
  const { findings, internalErrors, unparsed } = analyze(input, [rule], { configuration: configurationOf(configuration), only: [rule.id] })
  expect(internalErrors.map((error) => error.message)).toEqual([])
  expect(unparsed.map((facts) => `${facts.file}:${facts.line} ${facts.message}`)).toEqual([])
  return findings
}

// JUnit's XML: a suite for each rule that ran, in which each finding is a test that failed.
import type { Finding } from '../../analyzer/check/finding.js'
import type { InternalError } from '../../analyzer/check/runRules.js'
import type { Rule } from '../../analyzer/check/rule.js'
import { escapeAttribute, escapeXml } from './escape.js'
import type { Reported } from './reported.js'

/** A rule without findings is one test that passed. Infos pass too, with their text as output, since they fail no run. */
export function junitReport({ analysis, rules, prefix }: Reported): string {
  const suites = rules.map((rule) => ({ rule, findings: analysis.findings.filter(({ ruleId }) => ruleId === rule.id) }))
  const tests = suites.reduce((sum, { findings }) => sum + Math.max(1, findings.length), 0)
  const failures = analysis.findings.filter(isFailure).length
  const errors = analysis.internalErrors.length
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<testsuites name="parapet" tests="${tests + errors}" failures="${failures}" errors="${errors}">`,
    ...suites.flatMap(({ rule, findings }) => suiteLines(rule, findings, prefix)),
    ...(errors === 0 ? [] : internalErrorSuite(analysis.internalErrors)),
    '</testsuites>',
    '',
  ].join('\n')
}

function suiteLines(rule: Rule, findings: readonly Finding[], prefix: string): readonly string[] {
  const tests = Math.max(1, findings.length)
  const failures = findings.filter(isFailure).length
  const cases =
    findings.length === 0 ? [`    <testcase name="${escapeAttribute(rule.summary)}" classname="${escapeAttribute(rule.id)}"/>`] : []
  return [
    `  <testsuite name="${escapeAttribute(rule.id)}" tests="${tests}" failures="${failures}" errors="0">`,
    ...cases,
    ...findings.flatMap((finding) => caseLines(finding, prefix)),
    '  </testsuite>',
  ]
}

function caseLines(finding: Finding, prefix: string): readonly string[] {
  const { ruleId, severity, message, why, how, range } = finding
  const place = `${prefix}${finding.file}:${range.start.line}:${range.start.column}`
  const body = escapeXml([place, why, how].filter((text) => text !== '').join('\n'))
  const inner = isFailure(finding)
    ? `      <failure type="${severity}" message="${escapeAttribute(message)}">${body}</failure>`
    : `      <system-out>${escapeXml(message)}\n${body}</system-out>`
  return [`    <testcase name="${escapeAttribute(place)}" classname="${escapeAttribute(ruleId)}">`, inner, '    </testcase>']
}

function internalErrorSuite(errors: readonly InternalError[]): readonly string[] {
  return [
    `  <testsuite name="internal errors" tests="${errors.length}" failures="0" errors="${errors.length}">`,
    ...errors.map(
      ({ ruleId, message }) =>
        `    <testcase name="${escapeAttribute(ruleId ?? 'boot')}" classname="parapet"><error message="${escapeAttribute(message)}"/></testcase>`,
    ),
    '  </testsuite>',
  ]
}

function isFailure({ severity }: Finding): boolean {
  return severity !== 'info'
}

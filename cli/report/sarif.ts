// SARIF 2.1.0, as code scanning and other readers take it.
import type { Log, Notification, Result, Run, Suppression } from 'sarif'
import { compareFindings, type Finding } from '../../analyzer/check/finding.js'
import { VERSION } from '../version.js'
import { lineHashes } from './lineHash.js'
import type { Reported } from './reported.js'
import { sarifText } from './sarifLimits.js'
import { resultOf, uriOf } from './sarifResult.js'
import { descriptorOf, isWeakness, weaknessesOf } from './sarifRules.js'

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'

/** Findings, and those that comments or a baseline took away as suppressed results, the worst first. Deterministic: no times, no absolute paths. */
export function sarifReport(reported: Reported): string {
  const { analysis, accepted, rules, prefix } = reported
  const hashOf = lineHasher(reported)
  const all: { finding: Finding; suppression: Suppression | null }[] = [
    ...analysis.findings.map((finding) => ({ finding, suppression: null })),
    ...accepted.map(({ finding, note }) => ({ finding, suppression: suppressionOf('external', note) })),
    ...analysis.suppressed.map((finding) => ({ finding, suppression: suppressionOf('inSource', finding.suppression ?? '') })),
  ]
  const results: Result[] = all
    .toSorted((a, b) => rankOf(a) - rankOf(b) || compareFindings(a.finding, b.finding))
    .map(({ finding, suppression }) =>
      resultOf(finding, reported, {
        ruleIndex: rules.findIndex(({ id }) => id === finding.ruleId),
        suppression,
        lineHash: hashOf(finding),
      }),
    )
  const hasWeaknesses = rules.some(({ references }) => references.some(isWeakness))
  const run: Run = {
    tool: {
      driver: {
        name: 'Parapet',
        semanticVersion: VERSION,
        version: VERSION,
        rules: rules.map((rule) => descriptorOf(rule, reported.page(rule.id), confidencesOf(rule.id, analysis.findings))),
        ...(hasWeaknesses ? { supportedTaxonomies: [{ name: 'CWE' }] } : {}),
      },
    },
    ...(hasWeaknesses ? { taxonomies: [weaknessesOf(rules)] } : {}),
    // Uploads of several folders must not replace each other.
    automationDetails: { id: `parapet/${prefix}` },
    columnKind: 'utf16CodeUnits',
    invocations: [{ executionSuccessful: analysis.internalErrors.length === 0, toolExecutionNotifications: notificationsOf(reported) }],
    results,
    ...(reported.shard === null ? {} : { properties: { shard: reported.shard } }),
  }
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] }
  return sarifText(log)
}

/** What was not seen: internal errors, files that did not parse, warnings. */
function notificationsOf({ analysis, notices, skipped, prefix }: Reported): Notification[] {
  return [
    ...analysis.internalErrors.map(({ ruleId, message }): Notification => ({
      level: 'error',
      message: { text: message },
      ...(ruleId === null ? {} : { associatedRule: { id: ruleId } }),
    })),
    ...analysis.unparsed.map(({ file, line, column, message }): Notification => ({
      level: 'warning',
      message: { text: `Not parsed: ${message}` },
      locations: [
        { physicalLocation: { artifactLocation: { uri: uriOf(prefix + file) }, region: { startLine: line, startColumn: column } } },
      ],
    })),
    ...notices.map(({ message, isWarning }): Notification => ({ level: isWarning ? 'warning' : 'note', message: { text: message } })),
    ...skipped.map(({ path, reason }): Notification => ({ level: 'note', message: { text: `Not read: ${path} (${reason})` } })),
  ]
}

/** Without a status it is accepted; the schemas in use do not agree on that property's name. */
function suppressionOf(kind: Suppression['kind'], justification: string): Suppression {
  return { kind, ...(justification === '' ? {} : { justification }) }
}

const SEVERITIES = ['error', 'warning', 'info'] as const
const CONFIDENCES = ['high', 'medium', 'low'] as const

/** What counts comes before what is suppressed, so that a limit cuts off the least. */
function rankOf({ finding, suppression }: { finding: Finding; suppression: Suppression | null }): number {
  return (suppression === null ? 0 : 100) + SEVERITIES.indexOf(finding.severity) * 10 + CONFIDENCES.indexOf(finding.confidence)
}

function confidencesOf(ruleId: string, findings: readonly Finding[]): ReadonlySet<Finding['confidence']> {
  return new Set(findings.filter((finding) => finding.ruleId === ruleId).map(({ confidence }) => confidence))
}

function lineHasher({ texts }: Reported): (finding: Finding) => string | null {
  const byFile = new Map<string, readonly string[]>()
  return ({ file, range }) => {
    const known = byFile.get(file) ?? lineHashes(texts(file))
    byFile.set(file, known)
    return known[range.start.line - 1] ?? null
  }
}

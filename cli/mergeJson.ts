// Puts JSON reports of parts together to the report of the whole.
import { compareText } from '../analyzer/check/finding.js'
import { identityOf } from '../analyzer/check/fingerprint.js'

export interface JsonPlace {
  readonly file: string
  readonly range: { readonly start: JsonPosition; readonly end: JsonPosition }
  readonly message: string
}

interface JsonPosition {
  readonly line: number
  readonly column: number
}

export interface JsonFinding extends JsonPlace {
  readonly ruleId: string
  readonly severity: 'error' | 'warning' | 'info'
  readonly confidence: 'high' | 'medium' | 'low'
  readonly related: readonly (JsonPlace & { readonly role: string })[]
  readonly fingerprint: string
  readonly fix: { readonly safety: 'safe' | 'suggestion' } | null
}

export interface JsonReport {
  readonly version: 1
  readonly findings: readonly JsonFinding[]
  readonly summary: Readonly<Record<string, number>>
  readonly seen: Readonly<Record<string, unknown>>
  readonly unparsed: readonly { readonly file: string }[]
  readonly internalErrors: readonly { readonly message: string }[]
  readonly accepted?: readonly JsonFinding[]
  readonly shard?: { readonly index: number; readonly count: number }
}

/**
 * Packages that several parts use are in each of them: equal findings are one, as sure as the surest, with the places of all.
 * Figures of what was seen, of hidden and of suppressed findings are sums, in which a package that parts share counts in each; lists are joined.
 */
export function mergeJson(reports: readonly JsonReport[]): JsonReport {
  const findings = renumbered(joined(reports.flatMap((report) => report.findings)))
  const accepted = joined(reports.flatMap((report) => report.accepted ?? []))
  return {
    version: 1,
    findings,
    summary: summaryOf(findings, reports),
    seen: seenOf(reports.map(({ seen }) => seen)),
    unparsed: distinct(reports.flatMap(({ unparsed }) => unparsed)).sort((a, b) => compareText(a.file, b.file)),
    internalErrors: distinct(reports.flatMap(({ internalErrors }) => internalErrors)),
    ...(accepted.length === 0 ? {} : { accepted }),
  }
}

const RANK = { low: 0, medium: 1, high: 2 } as const

function joined(findings: readonly JsonFinding[]): readonly JsonFinding[] {
  const byKey = new Map<string, JsonFinding>()
  for (const finding of findings) {
    const key = JSON.stringify([finding.ruleId, finding.file, finding.range, finding.message, identityOf(finding.fingerprint)])
    const known = byKey.get(key)
    byKey.set(key, known === undefined ? finding : union(known, finding))
  }
  return [...byKey.values()].sort(comparePlaces)
}

function union(a: JsonFinding, b: JsonFinding): JsonFinding {
  const surer = RANK[b.confidence] > RANK[a.confidence] ? b : a
  return { ...surer, related: distinct([...a.related, ...b.related]) }
}

/** Parts number equal findings each for itself, so a number may be taken. */
function renumbered(findings: readonly JsonFinding[]): readonly JsonFinding[] {
  const taken = new Set<string>()
  return findings.map((finding) => {
    let { fingerprint } = finding
    for (let number = 2; taken.has(fingerprint); number++) fingerprint = `${identityOf(fingerprint)}-${number}`
    taken.add(fingerprint)
    return { ...finding, fingerprint }
  })
}

function summaryOf(findings: readonly JsonFinding[], reports: readonly JsonReport[]): Readonly<Record<string, number>> {
  const count = (fits: (finding: JsonFinding) => boolean): number => findings.filter(fits).length
  const sum = (name: string): number => reports.reduce((total, { summary }) => total + (summary[name] ?? 0), 0)
  return {
    errors: count(({ severity }) => severity === 'error'),
    warnings: count(({ severity }) => severity === 'warning'),
    infos: count(({ severity }) => severity === 'info'),
    files: new Set(findings.map(({ file }) => file)).size,
    safeFixes: count(({ fix }) => fix?.safety === 'safe'),
    suggestions: count(({ fix }) => fix?.safety === 'suggestion'),
    hidden: sum('hidden'),
    suppressed: sum('suppressed'),
  }
}

function seenOf(all: readonly Readonly<Record<string, unknown>>[]): Readonly<Record<string, unknown>> {
  const names = [...new Set(all.flatMap((seen) => Object.keys(seen)))]
  return Object.fromEntries(
    names.map((name) => {
      const values = all.map((seen) => seen[name]).filter((value) => value !== undefined)
      if (values.every((value) => typeof value === 'number')) return [name, values.reduce((sum, value) => sum + value, 0)]
      return [name, values.every(Array.isArray) ? distinct(values.flat() as unknown[]) : values[0]]
    }),
  )
}

function comparePlaces(a: JsonFinding, b: JsonFinding): number {
  return (
    compareText(a.file, b.file) ||
    comparePositions(a.range.start, b.range.start) ||
    comparePositions(a.range.end, b.range.end) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

function comparePositions(a: JsonPosition, b: JsonPosition): number {
  return a.line - b.line || a.column - b.column
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

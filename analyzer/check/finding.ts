// A finding: a problem of a rule with its places resolved and its texts filled in.
import type { FileFacts } from '../extract/facts.js'
import type { Fix } from '../fix/fix.js'
import type { Confidence } from '../model/model.js'
import type { Location } from '../text/location.js'
import { rangeOf, type PlacedRange } from './range.js'
import type { Category, Problem, Reference, RelatedPlace, Rule, Severity } from './rule.js'

export interface Finding {
  readonly ruleId: string
  readonly category: Category
  readonly severity: Severity
  readonly confidence: Confidence
  /** What is wrong; the first sentence has at most 90 characters. */
  readonly message: string
  readonly why: string
  readonly how: string
  readonly at: Location
  readonly file: string
  readonly range: PlacedRange
  readonly related: readonly RelatedFinding[]
  /** Stays the same when lines move, text is reformatted or the file is renamed. */
  readonly fingerprint: string
  /** Its edit runs on demand. */
  readonly fix: Fix | null
  readonly references: readonly Reference[]
  /** Of a suppressed finding: the reason that its comment gives, '' without one. */
  readonly suppression?: string
}

export interface RelatedFinding {
  readonly at: Location
  readonly file: string
  readonly range: PlacedRange
  readonly message: string
  readonly role: RelatedPlace['role']
}

/** A problem on its way to a finding, while configuration, precedence and suppressions still change it. */
export interface Candidate {
  readonly rule: Rule
  readonly problem: Problem
  readonly severity: Severity
  readonly fingerprint: string
}

/** Fills in texts and places. In texts `{affected}` is the number of affected places that are left. */
export function toFinding(candidate: Candidate, files: ReadonlyMap<string, FileFacts>): Finding {
  const { rule, problem } = candidate
  const message = rule.messages[problem.message]
  const related = (problem.related ?? []).map((place) => ({
    at: place.at,
    file: place.at.file,
    range: rangeOf(files, place.at),
    message: place.note,
    role: place.role,
  }))
  const data = { affected: String(related.filter((place) => place.role === 'affected').length), ...problem.data }
  return {
    ruleId: rule.id,
    category: rule.category,
    severity: candidate.severity,
    confidence: problem.confidence,
    message: fillIn(message?.what ?? rule.summary, data),
    why: fillIn(message?.why ?? '', data),
    how: fillIn(message?.how ?? '', data),
    at: problem.at,
    file: problem.at.file,
    range: rangeOf(files, problem.at),
    related,
    fingerprint: candidate.fingerprint,
    fix: problem.fix ?? null,
    references: rule.references,
  }
}

/** Sorts by place, then by rule and text: the same findings always come in the same order. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    compareText(a.file, b.file) ||
    a.range.start.offset - b.range.start.offset ||
    a.range.end.offset - b.range.end.offset ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.message, b.message) ||
    compareText(a.fingerprint, b.fingerprint)
  )
}

/** Compares by code units: the order does not depend on the machine's language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** A placeholder without data stays as it is, so that it is seen. */
function fillIn(text: string, data: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => (Object.hasOwn(data, name) ? (data[name] ?? placeholder) : placeholder))
}

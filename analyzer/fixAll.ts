// Applies fixes until nothing changes any more: pass after pass over texts in memory.
import { createSession, type Session } from './session.js'
import type { Analysis, ProjectInput } from './analyze.js'
import type { Finding } from './check/finding.js'
import { compareWithKnown, type KnownFinding } from './check/known.js'
import { routePlaces } from './check/places.js'
import type { Category, Rule } from './check/rule.js'
import { describe, type InternalError } from './check/runRules.js'
import { editsOf, mergeFixes, textsAfter, type MergedFixes } from './fix/applyFixes.js'
import type { Fix, WorkspaceEdit } from './fix/fix.js'
import type { FixContext } from './fix/openFile.js'
import type { RegionOptions } from './regions.js'

export interface FixOptions extends RegionOptions {
  /** `suggestion` applies both grades. */
  readonly grade: Fix['safety']
  /** Fix only findings for which this holds. */
  readonly fits: (finding: Finding) => boolean
  /** Findings that are accepted, and stay as they are. */
  readonly known?: readonly KnownFinding[]
  /** The text of a file as it is; null when there is none. */
  readonly text: (file: string) => string | null
}

export interface FixOutcome {
  /** New texts of the files that changed. */
  readonly texts: ReadonlyMap<string, string>
  /** The texts of these files before any fix; null for a file that there was not. */
  readonly before: ReadonlyMap<string, string | null>
  /** Findings that were fixed. */
  readonly fixed: number
  /** Findings whose fix does not apply: a verb refused, or the finding stayed. */
  readonly refused: readonly Finding[]
  /** The findings that are left. */
  readonly analysis: Analysis
  readonly internalErrors: readonly InternalError[]
}

const MOST_PASSES = 10
const MOST_RETRIES = 50

/**
 * Fixes what can be fixed. Fixes that overlap wait for the next pass. A pass in which a finding outlives its own fix is taken back and done again
 * without that fix, so that a wrong one can neither pile up nor run for ever.
 */
export function fixAll(project: ProjectInput, rules: readonly Rule[], options: FixOptions): FixOutcome {
  const session = createSession(project, rules, options)
  const texts = new Map<string, string>()
  const text = (file: string): string | null => texts.get(file) ?? options.text(file)
  const blocked = new Set<string>()
  const internalErrors: InternalError[] = []
  let analysis = session.analyze()
  let fixed = 0
  for (let pass = 0, retry = 0; pass < MOST_PASSES && retry < MOST_RETRIES;) {
    const context: FixContext = { model: analysis.model, text }
    const candidates = fixable(analysis, options).filter((finding) => !blocked.has(finding.fingerprint))
    const { edits, applied } = mergeInOrder(candidates, context, internalErrors)
    if (applied.length === 0) break
    const changed = textsAfter(edits, context)
    const before = new Map([...changed.keys()].map((file) => [file, text(file)]))
    updateAll(session, changed)
    const next = session.analyze()
    const stubborn = outliving(applied, analysis, next)
    if (stubborn.length > 0) {
      for (const { fingerprint } of stubborn) blocked.add(fingerprint)
      updateAll(session, before)
      retry++
      continue
    }
    for (const [file, content] of changed) texts.set(file, content)
    fixed += applied.length
    analysis = next
    pass++
  }
  return {
    texts: withoutUnchanged(texts, options),
    before: new Map([...texts.keys()].map((file) => [file, options.text(file)])),
    fixed,
    refused: fixable(analysis, options),
    analysis,
    internalErrors,
  }
}

/** What is written at one place stands in this order: headers and CORS before limits, so that a refused request carries them too; probes as well, which must not be refused. */
const FIRST: readonly Category[] = ['headers', 'cors', 'operations', 'rate-limit']

function fixable(analysis: Analysis, { grade, fits, known = [] }: FixOptions): readonly Finding[] {
  // Numbers of equal findings shift when one is fixed, so who is accepted is asked anew each time.
  const accepted = acceptedIn(analysis, known)
  const rank = ({ category }: Finding): number => (FIRST.includes(category) ? FIRST.indexOf(category) : FIRST.length)
  return analysis.findings
    .filter(
      (finding) =>
        finding.fix !== null &&
        (grade === 'suggestion' || finding.fix.safety === 'safe') &&
        fits(finding) &&
        !accepted.has(finding.fingerprint),
    )
    .toSorted((a, b) => rank(a) - rank(b))
}

function acceptedIn({ findings, model }: Analysis, known: readonly KnownFinding[]): ReadonlySet<string> {
  if (known.length === 0) return new Set()
  const { accepted } = compareWithKnown(findings, known, { files: model.files, isRoute: routePlaces(model) })
  return new Set(accepted.map(({ finding }) => finding.fingerprint))
}

/** Limits of Nest are decorators of what they leave out, so they wait until probes are there. */
function mergeInOrder(candidates: readonly Finding[], context: FixContext, internalErrors: InternalError[]): Merged {
  const isWaiting =
    context.model.apps.some(({ framework }) => framework === 'nest') && candidates.some(({ category }) => category === 'operations')
  const early = isWaiting ? candidates.filter(({ category }) => category !== 'rate-limit') : candidates
  const merged = merge(early, context, internalErrors)
  return merged.applied.length === 0 && early.length < candidates.length ? merge(candidates, context, internalErrors) : merged
}

/** A fix that throws is left out and reported; the others go on. */
function merge(candidates: readonly Finding[], context: FixContext, internalErrors: InternalError[]): Merged {
  const byFix = new Map(candidates.flatMap((finding) => (finding.fix ? [[finding.fix, finding] as const] : [])))
  const merged = mergeOrNull([...byFix.keys()], context) ?? mergeFixes(withoutThrowing(byFix, context, internalErrors), context)
  return { edits: merged.edits, applied: merged.applied.flatMap((fix) => byFix.get(fix) ?? []) }
}

/** Asking every fix alone would parse every file once more for each, so that is done only when one has thrown. */
function mergeOrNull(fixes: readonly Fix[], context: FixContext): MergedFixes | null {
  try {
    return mergeFixes(fixes, context)
  } catch {
    return null
  }
}

function withoutThrowing(byFix: ReadonlyMap<Fix, Finding>, context: FixContext, internalErrors: InternalError[]): readonly Fix[] {
  return [...byFix].flatMap(([fix, { ruleId }]) => {
    try {
      return editsOf(fix, context) === null ? [] : [fix]
    } catch (error) {
      const message = `The fix "${fix.title}" of ${ruleId} failed: ${describe(error)}`
      if (!internalErrors.some((known) => known.message === message)) internalErrors.push({ ruleId, message })
      return []
    }
  })
}

interface Merged {
  readonly edits: WorkspaceEdit
  readonly applied: readonly Finding[]
}

/** Fixed findings that are still there. Where equal code was fixed in part, the rest takes over the fingerprints, so the number of findings has to tell first. */
function outliving(applied: readonly Finding[], before: Analysis, after: Analysis): readonly Finding[] {
  const count = (findings: readonly Finding[], ruleId: string): number => findings.filter((finding) => finding.ruleId === ruleId).length
  const left = new Set(after.findings.map(({ fingerprint }) => fingerprint))
  return applied.filter(({ ruleId, fingerprint }) => {
    const expected = count(before.findings, ruleId) - count(applied, ruleId)
    return count(after.findings, ruleId) > expected && left.has(fingerprint)
  })
}

function updateAll(session: Session, texts: ReadonlyMap<string, string | null>): void {
  for (const [file, content] of texts) session.update(file, content)
}

function withoutUnchanged(texts: ReadonlyMap<string, string>, { text }: FixOptions): ReadonlyMap<string, string> {
  return new Map([...texts].filter(([file, content]) => text(file) !== content).sort(([a], [b]) => (a < b ? -1 : 1)))
}

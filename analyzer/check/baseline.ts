// The baseline: findings that a team has decided to live with for now, each with a note and, if they like, a day on which that ends.
import { z } from 'zod'
import { compareText, type Finding } from './finding.js'
import type { KnownFinding } from './known.js'

export interface BaselineEntry extends KnownFinding {
  /** What the finding says, for whoever reads the file. */
  readonly message: string
  /** Why it is accepted; '' for no reason. */
  readonly note: string
  /** The last day on which it is accepted, as YYYY-MM-DD; null for ever. */
  readonly expires: string | null
}

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a day such as 2027-01-31')
const baselineSchema = z.strictObject({
  version: z.literal(1),
  findings: z.array(
    z.strictObject({
      rule: z.string(),
      file: z.string(),
      message: z.string(),
      fingerprint: z.string(),
      places: z.record(z.string(), z.array(z.string())).optional(),
      note: z.string().optional(),
      expires: day.optional(),
    }),
  ),
})

export type ReadBaseline = { readonly entries: readonly BaselineEntry[] } | { readonly problem: string }

/** Reads the text of a baseline. A problem is a sentence that says what is wrong. */
export function readBaseline(text: string): ReadBaseline {
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    return { problem: `It is not JSON: ${error instanceof Error ? error.message : String(error)}.` }
  }
  const outcome = baselineSchema.safeParse(json)
  if (!outcome.success) {
    const [issue] = outcome.error.issues
    const place = issue === undefined || issue.path.length === 0 ? 'What it holds' : `"${issue.path.map(String).join('.')}"`
    return { problem: `${place} is wrong: ${issue?.message ?? ''}.` }
  }
  const entries = outcome.data.findings.map(({ rule, file, message, fingerprint, places = {}, note = '', expires = null }) => ({
    ruleId: rule,
    file,
    message,
    identity: fingerprint,
    places,
    note,
    expires,
  }))
  return { entries }
}

/** The text of a baseline: sorted, so that changes of it are small and merge well. */
export function baselineText(entries: readonly BaselineEntry[]): string {
  const findings = entries.toSorted(compareEntries).map(({ ruleId, file, message, identity, places, note, expires }) => ({
    rule: ruleId,
    file,
    message,
    fingerprint: identity,
    ...(Object.keys(places).length === 0 ? {} : { places: sortedKeys(places) }),
    ...(note === '' ? {} : { note }),
    ...(expires === null ? {} : { expires }),
  }))
  return `${JSON.stringify({ version: 1, findings }, null, 2)}\n`
}

export function entryOf(finding: Finding, known: KnownFinding, { note, expires }: Pick<BaselineEntry, 'note' | 'expires'>): BaselineEntry {
  return { ...known, message: finding.message, note, expires }
}

/** The entries with all their paths changed. */
export function withPaths(entries: readonly BaselineEntry[], change: (file: string) => string): readonly BaselineEntry[] {
  return entries.map((entry) => ({
    ...entry,
    file: change(entry.file),
    places: Object.fromEntries(Object.entries(entry.places).map(([file, places]) => [change(file), places])),
  }))
}

function compareEntries(a: BaselineEntry, b: BaselineEntry): number {
  return (
    compareText(a.file, b.file) ||
    compareText(a.ruleId, b.ruleId) ||
    compareText(a.identity, b.identity) ||
    compareText(a.message, b.message) ||
    compareText(a.note, b.note)
  )
}

function sortedKeys(places: BaselineEntry['places']): BaselineEntry['places'] {
  return Object.fromEntries(Object.entries(places).sort(([a], [b]) => compareText(a, b)))
}

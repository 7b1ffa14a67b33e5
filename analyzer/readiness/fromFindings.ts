// Judgements that rest on rules: a finding speaks against a control, and its absence only counts where everything was seen.
import type { Finding } from '../check/finding.js'
import { combined, type Context, type ControlDefinition, type Judgement, type Shown, type Status } from './control.js'

const MOST_SHOWN = 12

/** What a control answers. No control is in place, and none has nothing to protect, while a finding of its rules says otherwise. */
export function judgementsOf({ rules, judge, concerns = () => true }: ControlDefinition, context: Context): readonly Judgement[] {
  const judgements = judge(context)
  const status = combined(judgements)
  if (status === 'partly' || status === 'missing') return judgements
  const findings = context.findingsOf(rules).filter((finding) => concerns(context, finding))
  return [...judgements, ...spoken(context, findings, status === 'in-place' ? 'partly' : 'missing')]
}

/** What findings say: `missing` from errors and warnings, `partly` from remarks. Each finding is one judgement, and the worst decides. */
export function againstIt(context: Context, rules: readonly string[], worst: Status = 'missing'): readonly Judgement[] {
  return spoken(context, context.findingsOf(rules), worst)
}

function spoken({ apps }: Context, findings: readonly Finding[], worst: Status): readonly Judgement[] {
  // A remark beside a fault does not make the fault smaller.
  const status = findings.every(({ severity }) => severity === 'info') ? 'partly' : worst
  return findings.map((finding) => ({
    status,
    text: `${finding.message}${finding.suppression === undefined ? '' : ' (suppressed)'}`,
    shown: placesOf(finding),
    app: apps.find(({ at }) => finding.at === at) ?? null,
  }))
}

/** For controls that are in place where nothing speaks against them: `clean` says what was looked at, and `shown` where. */
export function unlessFound(
  context: Context,
  rules: readonly string[],
  clean: { readonly text: string; readonly shown: readonly Shown[] },
): readonly Judgement[] {
  const found = againstIt(context, rules)
  if (found.length > 0) return found
  const doubt = withheld(context, rules)
  if (doubt !== null) return [doubt]
  return clean.shown.length === 0
    ? [{ status: 'not-applicable', text: clean.text, shown: [], app: null }]
    : [{ status: 'in-place', text: clean.text, shown: clean.shown, app: null }]
}

/** Why nothing can be said although nothing was found; null where there is no reason. */
export function withheld({ hasRun, doubtsOf, blindness }: Context, rules: readonly string[]): Judgement | null {
  const off = rules.filter((rule) => !hasRun(rule))
  if (off.length > 0) return { status: 'not-judged', text: `Not looked at: ${off.join(', ')} did not run.`, shown: [], app: null }
  const [doubt] = doubtsOf(rules)
  if (doubt !== undefined) return { status: 'not-known', text: `Not sure: ${doubt.message}`, shown: placesOf(doubt), app: null }
  if (blindness !== null)
    return { status: 'not-known', text: `Nothing was found, but not everything was understood.`, shown: [blindness], app: null }
  return null
}

function placesOf(finding: Finding): readonly Shown[] {
  const affected = finding.related.filter(({ role }) => role === 'affected')
  const more = affected.length >= MOST_SHOWN ? [{ at: finding.at, note: `and ${affected.length - MOST_SHOWN + 1} more places` }] : []
  return [
    { at: finding.at, note: finding.ruleId },
    ...affected.slice(0, MOST_SHOWN - 1).map(({ at, message }) => ({ at, note: message })),
    ...more,
  ]
}

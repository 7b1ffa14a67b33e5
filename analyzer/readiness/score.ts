// The score of an area. docs/report.md gives the formula to readers.
import type { Status } from './control.js'

/** What a control earns of its weight. What is not known earns nothing: a score is never higher than what is shown. */
const EARNED: Readonly<Record<Status, number | null>> = {
  'in-place': 1,
  partly: 0.5,
  missing: 0,
  'not-known': 0,
  'not-applicable': null,
  'not-judged': null,
}

/** 0 to 100: 100 × Σ weight × earned ÷ Σ weight over the controls that apply and were judged. null where not one answer is known. */
export function scoreOf(controls: readonly { readonly status: Status; readonly weight: number }[]): number | null {
  const judged = controls.filter(({ status }) => EARNED[status] !== null)
  if (judged.every(({ status }) => status === 'not-known')) return null
  const weight = judged.reduce((sum, control) => sum + control.weight, 0)
  const earned = judged.reduce((sum, control) => sum + control.weight * (EARNED[control.status] ?? 0), 0)
  return Math.round((100 * earned) / weight)
}

// The readiness report for programs. docs/report.md describes the fields.
import type { ReadinessReport } from './readinessReport.js'

/** The same project gives the same text: no time, no machine, no version of Parapet stands in it. */
export function readinessJson({ readiness, change, notices }: ReadinessReport): string {
  return `${JSON.stringify({ ...readiness, change, notices }, null, 2)}\n`
}

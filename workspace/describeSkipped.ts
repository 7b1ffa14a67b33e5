// Says in sentences what was not read.
import type { SkippedPath } from './discover.js'

/** Left out as a matter of course: nobody needs to be told on every run. */
const SILENT = /^(build output|symbolic link)/

/** One sentence per reason, with up to three paths. */
export function describeSkipped(skipped: readonly SkippedPath[]): readonly string[] {
  const byReason = new Map<string, string[]>()
  for (const { path, reason } of skipped) {
    if (SILENT.test(reason)) continue
    byReason.set(reason, [...(byReason.get(reason) ?? []), path])
  }
  return [...byReason].map(([reason, paths]) => {
    if (/^\d/.test(reason)) return `Not read: ${reason}.`
    const named = paths.slice(0, 3).join(', ') + (paths.length > 3 ? ` and ${paths.length - 3} more` : '')
    return `Not read (${reason}): ${named}.`
  })
}

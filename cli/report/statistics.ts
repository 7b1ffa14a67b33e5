// Figures of one run, for `--stats`.
import type { Analysis } from '../../analyzer/analyze.js'

const SLOWEST = 10

/** Times in milliseconds, the work of the boot, and the slowest rules. */
export function statisticsLines(analysis: Analysis, loadTime: number): readonly string[] {
  const { seen, times, linkTime, model } = analysis
  const rules = [...times].sort(([, a], [, b]) => b - a)
  const checkTime = rules.reduce((sum, [, time]) => sum + time, 0)
  const rows: [string, string][] = [
    ['read and extract', milliseconds(loadTime)],
    ['boot', milliseconds(linkTime)],
    ['rules', milliseconds(checkTime)],
    ['files', String(seen.files)],
    ['server files', String(model.serverFiles.size)],
    ['entries', String(model.entries.length)],
    ['scopes', `${seen.scopes} (${seen.incompleteScopes} incomplete)`],
    ['registrations', `${seen.registrations} (${seen.reachedRegistrations} reached)`],
    ['routes', String(seen.routes)],
    ['steps of the boot', String(seen.steps)],
    ['exhausted budgets', String(seen.exhaustedBudgets)],
    ['suppressed findings', String(analysis.suppressed.length)],
    ['hidden findings', String(analysis.hidden.length)],
    ...rules.slice(0, SLOWEST).map(([id, time]): [string, string] => [`rule ${id}`, milliseconds(time)]),
  ]
  const width = Math.max(...rows.map(([label]) => label.length))
  return ['Statistics', ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`)]
}

function milliseconds(time: number): string {
  return `${time.toFixed(1)} ms`
}

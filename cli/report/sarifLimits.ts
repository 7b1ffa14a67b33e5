// The limits of code scanning: a file that breaks one of them is refused whole, so the least important is left out and that is said.
import { gzipSync } from 'node:zlib'
import type { Log, Notification, Result } from 'sarif'
import { plural } from '../../analyzer/model/words.js'

export interface SarifLimits {
  /** Results of a run. Code scanning shows 5,000, by severity, and refuses more than 25,000. */
  readonly results: number
  /** Bytes of the file when it is compressed. */
  readonly bytes: number
}

const CODE_SCANNING: SarifLimits = { results: 5000, bytes: 10 * 1024 * 1024 }

/** The log as text within the limits. Its results have to come with the most important first. */
export function sarifText(log: Log, limits: SarifLimits = CODE_SCANNING): string {
  let fitting = mapResults(log, (results) => results.slice(0, limits.results))
  for (const lighter of [withoutFixes, withoutRelated]) {
    if (!isTooLarge(fitting, limits)) break
    fitting = mapResults(fitting, (results) => results.map(lighter))
  }
  while (isTooLarge(fitting, limits) && countOf(fitting) > 0) {
    fitting = mapResults(fitting, (results) => results.slice(0, Math.floor(results.length / 2)))
  }
  return textOf(withRemark(fitting, countOf(log) - countOf(fitting)))
}

function isTooLarge(log: Log, { bytes }: SarifLimits): boolean {
  const text = textOf(log)
  // Text is never larger when compressed, so most need no compression to know.
  return text.length > bytes && gzipSync(text).length > bytes
}

function withRemark(log: Log, left: number): Log {
  if (left === 0) return log
  const remark: Notification = {
    level: 'warning',
    message: { text: `${plural(left, 'result')} left out to stay within the limits of code scanning.` },
  }
  return {
    ...log,
    runs: log.runs.map((run, index) =>
      index > 0
        ? run
        : {
            ...run,
            invocations: (run.invocations ?? []).map((invocation) => ({
              ...invocation,
              toolExecutionNotifications: [...(invocation.toolExecutionNotifications ?? []), remark],
            })),
          },
    ),
  }
}

function withoutFixes({ fixes: _, ...result }: Result): Result {
  return result
}

function withoutRelated({ relatedLocations: _, ...result }: Result): Result {
  return result
}

function mapResults(log: Log, change: (results: Result[]) => Result[]): Log {
  return { ...log, runs: log.runs.map((run) => ({ ...run, results: change(run.results ?? []) })) }
}

function countOf({ runs }: Log): number {
  return runs.reduce((sum, { results }) => sum + (results?.length ?? 0), 0)
}

function textOf(log: Log): string {
  return `${JSON.stringify(log, null, 2)}\n`
}

// What stands below the findings: their number, what was seen of the project, and what was not.
import type { Analysis } from '../../analyzer/analyze.js'
import { idiomOf } from '../../analyzer/model/idioms.js'
import type { App } from '../../analyzer/model/model.js'
import { servingApplications } from '../../analyzer/model/queries.js'
import type { InternalError } from '../../analyzer/check/runRules.js'
import type { UnparsedFacts } from '../../analyzer/extract/facts.js'
import { PLAIN, printable, type Colors } from '../terminal.js'
import type { NoticeLine } from './limits.js'
import type { Reported } from './reported.js'
import { listed, plural } from '../../analyzer/model/words.js'

const MOST_SKIPPED = 10

/** `3 errors and 1 warning in 2 files.` with what can be fixed and what is hidden. */
export function summaryLines({ analysis, remarks }: Pick<Reported, 'analysis' | 'remarks'>, colors: Colors): readonly string[] {
  const { errors, warnings, infos, files, safeFixes, suggestions, hidden, suppressed } = analysis.summary
  const counts = [
    errors > 0 ? colors.red(plural(errors, 'error')) : '',
    warnings > 0 ? colors.yellow(plural(warnings, 'warning')) : '',
    infos > 0 ? colors.blue(plural(infos, 'info', 'infos')) : '',
  ].filter((text) => text !== '')
  const lines = counts.length === 0 ? [colors.green('No findings.')] : [`${listed(counts)} in ${plural(files, 'file')}.`]
  if (safeFixes > 0) lines.push(`${safeFixes} can be fixed safely: --fix.`)
  if (suggestions > 0) lines.push(`${plural(suggestions, 'suggested fix', 'suggested fixes')} to look at: --fix --unsafe --diff.`)
  if (suppressed > 0) lines.push(`${plural(suppressed, 'finding')} suppressed by comments.`)
  if (hidden > 0) lines.push(`${hidden} less certain ${hidden === 1 ? 'finding is' : 'findings are'} not shown: --min-confidence low.`)
  return [...lines, ...remarks]
}

/** What was seen and what was not, without colours, for reports that are read elsewhere. */
export function closingLines({ analysis, notices, skipped }: Reported): readonly string[] {
  return [
    ...seenLines(analysis),
    ...internalErrorLines(analysis.internalErrors, PLAIN),
    ...unparsedLines(analysis.unparsed, PLAIN),
    ...noticeLines(notices, PLAIN),
    ...skippedLines(skipped),
  ]
}

/** What was seen, so that silence cannot be mistaken for safety. */
export function seenLines({ seen, model, unparsed }: Analysis): readonly string[] {
  const applications = servingApplications(model)
  const names = [...new Set(applications.map((app) => app.scope.name).filter((name) => name !== ''))]
  const parts = [
    `${applicationsText(seen.applications, applications)}${names.length > 0 && names.length <= 4 ? ` (${listed(names)})` : ''}`,
    plural(seen.routes, 'route'),
    `${seen.reachedRegistrations} of ${plural(seen.registrations, 'registration')} reached`,
    `${plural(seen.incompleteScopes, 'scope')} incomplete`,
    `${plural(seen.files, 'file')} read${unparsed.length > 0 ? `, ${unparsed.length} of them not parsed` : ''}`,
  ]
  return [
    `Seen: ${parts.map(printable).join(', ')}.`,
    ...(seen.exhaustedBudgets > 0 ? [`${plural(seen.exhaustedBudgets, 'budget')} exhausted: what lies behind is marked incomplete.`] : []),
  ]
}

/** `2 Express applications`; `3 applications of Express and Nest`. */
function applicationsText(count: number, applications: readonly App[]): string {
  const frameworks = [...new Set(applications.map((app) => idiomOf(app).framework))]
  if (count === 0) return 'no application'
  return frameworks.length === 1
    ? plural(count, `${frameworks.join('')} application`)
    : `${plural(count, 'application')} of ${listed(frameworks)}`
}

export function noticeLines(notices: readonly NoticeLine[], colors: Colors): readonly string[] {
  return notices.map((notice) => `${notice.isWarning ? colors.yellow('warning:') : 'note:'} ${printable(notice.message)}`)
}

export function unparsedLines(unparsed: readonly UnparsedFacts[], colors: Colors): readonly string[] {
  return unparsed.map(
    ({ file, line, column, message }) => `${colors.yellow('not parsed:')} ${printable(file)}:${line}:${column} ${printable(message)}`,
  )
}

export function skippedLines(skipped: readonly { readonly path: string; readonly reason: string }[]): readonly string[] {
  const shown = skipped.slice(0, MOST_SKIPPED).map(({ path, reason }) => `not read: ${printable(path)} (${printable(reason)})`)
  return skipped.length > MOST_SKIPPED ? [...shown, `not read: ${skipped.length - MOST_SKIPPED} more (--format json lists all)`] : shown
}

export function internalErrorLines(errors: readonly InternalError[], colors: Colors): readonly string[] {
  return errors.map(({ message }) => `${colors.red('internal error:')} ${printable(message)}. The other rules went on; please report this.`)
}

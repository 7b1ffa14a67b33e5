// `parapet baseline`: accepts findings for now, and keeps the list of them true.
import { limitedTo, type Analysis } from '../../analyzer/analyze.js'
import { entryOf, type BaselineEntry } from '../../analyzer/check/baseline.js'
import type { Configuration } from '../../analyzer/check/configuration.js'
import type { Finding } from '../../analyzer/check/finding.js'
import { compareWithKnown } from '../../analyzer/check/known.js'
import { analyzeProject, type Choices } from '../analyzeProject.js'
import { splitExpired } from '../../workspace/baselineFile.js'
import { hasBaseline, loadBaseline, saveBaseline } from '../baselineFile.js'
import { knownOf, presentOf, stillMissing } from '../compare.js'
import { EXIT, WrongUse, type ExitCode } from '../exitCode.js'
import { openProject, type OpenProject } from '../openProject.js'
import { plural } from '../../analyzer/model/words.js'
import { selects } from '../selection.js'
import { printable, type Terminal } from '../terminal.js'

export interface BaselineCommand {
  readonly file: string
  readonly preset?: Configuration['preset']
  readonly minConfidence?: Configuration['minConfidence']
  readonly config?: string
  readonly cache: boolean
  readonly note?: string
  readonly expires?: string
  readonly force?: boolean
}

export type BaselineAction = 'create' | 'update' | 'prune' | 'review'

/** Runs one of the commands and answers its exit code. */
export async function baseline(
  action: BaselineAction,
  paths: readonly string[],
  options: BaselineCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const hasFile = hasBaseline(options.file, terminal.cwd)
  refuse(action, options, terminal)
  const open = await openProject(paths, options, terminal)
  const { root, selection } = open.target
  const choices: Choices = { preset: options.preset, minConfidence: options.minConfidence, only: [], now: terminal.now }
  const analysis = limitedTo(analyzeProject(open, choices), selects(selection))
  const isNew = action === 'create' || !hasFile
  const old = isNew && action !== 'prune' ? [] : (await loadBaseline(options.file, root, terminal.cwd)).entries
  const state = stateOf(old, analysis, open, choices, terminal.today())
  const save = (entries: readonly BaselineEntry[]): Promise<void> => saveBaseline(options.file, root, terminal.cwd, entries)
  const name = printable(options.file)
  const { note = '', expires = null } = options
  if (action === 'prune') {
    const left = old.filter((entry) => !state.gone.has(entry))
    await save(left)
    terminal.out(`${plural(old.length - left.length, 'entry', 'entries')} removed, ${left.length} left in ${name}.\n`)
  } else if (action === 'review') {
    const { review } = await import('../review.js')
    const decided = await review([...state.fresh, ...state.lapsed], { terminal, texts: open.project.texts, news: { note, expires } })
    if (decided === null) terminal.out('Nothing was changed.\n')
    else {
      const entries = decided.map(({ finding, ...parts }) => entryOf(finding, knownOf(finding, analysis), parts))
      await save([...state.kept, ...state.expired, ...state.gone, ...entries])
      terminal.out(`${plural(entries.length, 'finding')} accepted in ${name}.\n`)
    }
  } else {
    // What a decision let lapse is not accepted again without a new end.
    const accepted = expires === null ? state.fresh : [...state.fresh, ...state.lapsed]
    const expired = expires === null ? state.expired : []
    await save([...state.kept, ...expired, ...accepted.map((finding) => entryOf(finding, knownOf(finding, analysis), { note, expires }))])
    const rest = isNew ? '' : `, ${state.kept.length} kept, ${state.gone.size} forgotten`
    terminal.out(`${plural(accepted.length, 'finding')} accepted in ${name}${rest}.\n`)
    if (expired.length > 0)
      terminal.out(`${plural(expired.length, 'entry', 'entries')} expired: fix the findings, or accept them again with --expires.\n`)
    if (isNew) terminal.out(`Check against it: parapet check --baseline ${name}\n`)
  }
  return EXIT.clean
}

function refuse(action: BaselineAction, { expires, force, file }: BaselineCommand, { ask, cwd, today }: Terminal): void {
  if (expires !== undefined && !isDay(expires))
    throw new WrongUse(`--expires wants a day such as 2027-01-31, and not ${printable(expires)}.`)
  if (expires !== undefined && expires < today()) throw new WrongUse(`--expires wants a day to come, and ${expires} is over.`)
  if (action === 'create' && force !== true && hasBaseline(file, cwd))
    throw new WrongUse(`There is a baseline at ${printable(file)} already. Use \`parapet baseline update\`, or --force to begin anew.`)
  if (action === 'review' && ask === null)
    throw new WrongUse('A review asks about each finding, so it needs a terminal. Use `parapet baseline update` elsewhere.')
}

interface BaselineState {
  /** Entries that stay, with what was found again brought up to date. */
  readonly kept: readonly BaselineEntry[]
  readonly expired: readonly BaselineEntry[]
  readonly gone: ReadonlySet<BaselineEntry>
  /** Findings that no entry speaks of. */
  readonly fresh: readonly Finding[]
  /** Findings that only an expired entry speaks of. */
  readonly lapsed: readonly Finding[]
}

function stateOf(old: readonly BaselineEntry[], analysis: Analysis, open: OpenProject, choices: Choices, today: string): BaselineState {
  const { valid, expired } = splitExpired(old, today)
  const present = presentOf(analysis)
  const first = compareWithKnown(analysis.findings, valid, present)
  const spread = new Set(first.spread.map(({ finding }) => finding.fingerprint))
  const unknown = first.fresh.filter(({ fingerprint }) => !spread.has(fingerprint))
  const second = compareWithKnown(unknown, expired, present)
  const gone = new Set(stillMissing(first.obsolete, analysis, open, choices))
  return {
    kept: [
      ...[...first.accepted, ...first.spread].map(({ finding, known }) => entryOf(finding, knownOf(finding, analysis), known)),
      // What was not asked about stays as it is.
      ...first.obsolete.filter((entry) => !gone.has(entry)),
    ],
    expired,
    gone,
    fresh: second.fresh,
    lapsed: [...second.accepted, ...second.spread].map(({ finding }) => finding),
  }
}

/** True for a day of the calendar: JavaScript takes the 30th of February for the 2nd of March. */
function isDay(text: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

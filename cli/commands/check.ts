// `parapet check`: findings, fixes and diffs.
import { join } from 'node:path'
import { analyze, limitedTo, type Analysis } from '../../analyzer/analyze.js'
import type { Configuration } from '../../analyzer/check/configuration.js'
import { suppressionRules } from '../../analyzer/check/suppressionRules.js'
import type { Finding } from '../../analyzer/check/finding.js'
import type { FixOutcome } from '../../analyzer/fixAll.js'
import { lacksApplication } from '../../analyzer/notices.js'
import { readEditableText, writeFiles } from '../../workspace/writeFiles.js'
import { exitCodeOf, WrongUse, type ExitCode } from '../exitCode.js'
import { checkRuleIds, openProject, type OpenProject } from '../openProject.js'
import { unifiedDiff } from '../report/diff.js'
import { jsonReport } from '../report/json.js'
import { printDiffClosing, printReport } from '../report/report.js'
import { noticesFor, skippedFor } from '../report/limits.js'
import { createProgress, type Terminal } from '../terminal.js'

export interface CheckCommand {
  readonly rule: readonly string[]
  readonly preset?: Configuration['preset']
  readonly minConfidence?: Configuration['minConfidence']
  readonly fix: boolean
  readonly unsafe: boolean
  readonly diff: boolean
  readonly maxWarnings: number
  readonly requireApp: boolean
  readonly quiet: boolean
  readonly stats: boolean
  readonly config?: string
  readonly cache: boolean
  readonly format: 'pretty' | 'json'
}

/** Runs the command and answers its exit code. */
export async function check(paths: readonly string[], options: CheckCommand, terminal: Terminal): Promise<ExitCode> {
  refuseContradictions(options)
  const open = await openProject(paths, options, terminal)
  checkRuleIds(
    options.rule,
    [...open.rules, ...suppressionRules].map((rule) => rule.id),
  )
  const configuration = {
    ...open.configuration,
    preset: options.preset ?? open.configuration.preset,
    minConfidence: options.minConfidence ?? open.configuration.minConfidence,
  }
  const settings = { configuration, only: options.rule, now: terminal.now }
  const progress = createProgress(terminal)
  progress.show('Checking')
  const outcome = options.fix || options.diff ? await fix(open, settings, options) : null
  const fits = selects(open.target.selection)
  const whole = outcome && !options.diff ? outcome.analysis : analyze(open.project, open.rules, settings)
  const analysis = limitedTo(withErrors(whole, outcome), fits)
  progress.clear()
  if (outcome && options.diff) {
    terminal.out(unifiedDiff(outcome.texts, open.project.texts))
    printDiffClosing(analysis, outcome, terminal)
  } else {
    if (outcome) writeFiles(open.target.root, outcome.texts)
    report(analysis, outcome, open, options, terminal)
  }
  open.project.saveCache()
  return exitCodeOf({
    errors: analysis.summary.errors,
    warnings: analysis.summary.warnings,
    internalErrors: analysis.internalErrors.length,
    maxWarnings: options.maxWarnings,
    lacksApp: options.requireApp && lacksApplication(analysis.model),
  })
}

function report(analysis: Analysis, outcome: FixOutcome | null, open: OpenProject, options: CheckCommand, terminal: Terminal): void {
  const skipped = skippedFor(open)
  const notices = noticesFor(analysis, open)
  if (options.format === 'json') return terminal.out(jsonReport(analysis, { skipped, notices }))
  const texts = (file: string): string => outcome?.texts.get(file) ?? open.project.texts(file)
  printReport(
    { analysis, outcome, skipped, notices, texts, loadTime: open.loadTime, isQuiet: options.quiet, hasStats: options.stats },
    terminal,
  )
}

type Settings = Parameters<typeof analyze>[2]

/** The editor of fixes brings TypeScript's parser with it, so it is loaded here and not before. */
async function fix(open: OpenProject, settings: Settings, options: CheckCommand): Promise<FixOutcome> {
  const { fixAll } = await import('../../analyzer/fixAll.js')
  const fits = selects(open.target.selection)
  return fixAll(open.project, open.rules, {
    ...settings,
    grade: options.unsafe ? 'suggestion' : 'safe',
    fits: (finding: Finding) => fits(finding.file),
    text: (file) => readEditableText(join(open.target.root, file)),
  })
}

function withErrors(analysis: Analysis, outcome: FixOutcome | null): Analysis {
  return outcome ? { ...analysis, internalErrors: [...analysis.internalErrors, ...outcome.internalErrors] } : analysis
}

/** Whether a file is asked about: itself, or a folder that holds it. */
function selects(selection: readonly string[] | null): (file: string) => boolean {
  if (selection === null) return () => true
  return (file) => selection.some((path) => path === '' || file === path || file.startsWith(`${path}/`))
}

function refuseContradictions({ unsafe, fix: fixes, diff, format }: CheckCommand): void {
  if (unsafe && !fixes && !diff) throw new WrongUse('--unsafe says which fixes to apply: use it with --fix or --diff.')
  if (diff && format === 'json') throw new WrongUse('--diff prints a unified diff: use it without --format json.')
}

// `parapet check`: findings, fixes and diffs.
import { join } from 'node:path'
import { analyze, limitedTo, type Analysis } from '../../analyzer/analyze.js'
import { isEnabled, type Configuration } from '../../analyzer/check/configuration.js'
import { suppressionRules } from '../../analyzer/check/suppressionRules.js'
import { compareText, type Finding } from '../../analyzer/check/finding.js'
import type { Rule } from '../../analyzer/check/rule.js'
import type { FixOutcome } from '../../analyzer/fixAll.js'
import { lacksApplication } from '../../analyzer/notices.js'
import { repositoryOf, toProject } from '../../workspace/locateProject.js'
import { readRulePage } from '../../workspace/rulePages.js'
import { readEditableText, writeFiles } from '../../workspace/writeFiles.js'
import { exitCodeOf, WrongUse, type ExitCode } from '../exitCode.js'
import { checkRuleIds, openProject, type OpenProject } from '../openProject.js'
import { unifiedDiff } from '../report/diff.js'
import { fixEditsOf } from '../fixEdits.js'
import { deliver } from '../report/deliver.js'
import { readOutput, refuseClashes, type Output } from '../report/formats.js'
import { noticesFor, skippedFor } from '../report/limits.js'
import { printDiffClosing } from '../report/report.js'
import type { Reported } from '../report/reported.js'
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
  /** `name` or `name=file`, each. */
  readonly format: readonly string[]
}

/** Runs the command and answers its exit code. */
export async function check(paths: readonly string[], options: CheckCommand, terminal: Terminal): Promise<ExitCode> {
  refuseContradictions(options)
  const outputs = outputsOf(options)
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
    await deliver(outputs, await gather(analysis, outcome, open, { ...options, configuration, outputs }), terminal)
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

/** Where the reports go: what `--format` says, else one for people. */
function outputsOf({ format, quiet }: CheckCommand): readonly Output[] {
  const outputs: readonly Output[] = format.length > 0 ? format.map(readOutput) : [{ format: quiet ? 'concise' : 'pretty', file: null }]
  refuseClashes(outputs)
  return outputs
}

interface Gathering {
  readonly configuration: Configuration
  readonly rule: readonly string[]
  readonly outputs: readonly Output[]
  readonly stats: boolean
}

async function gather(analysis: Analysis, outcome: FixOutcome | null, open: OpenProject, options: Gathering): Promise<Reported> {
  const { root } = open.target
  const texts = (file: string): string => outcome?.texts.get(file) ?? open.project.texts(file)
  const needsEdits = options.outputs.some(({ format }) => format === 'sarif' || format === 'rdjson')
  return {
    analysis,
    rules: rulesThatRan(open.rules, options),
    outcome,
    skipped: skippedFor(open),
    notices: noticesFor(analysis, open),
    accepted: [],
    texts,
    edits: needsEdits ? await fixEditsOf(analysis, (file) => readEditableText(join(root, file))) : () => null,
    page: readRulePage,
    prefix: prefixOf(root),
    loadTime: open.loadTime,
    hasStats: options.stats,
    remarks: [],
  }
}

function rulesThatRan(rules: readonly Rule[], { rule: only, configuration }: Gathering): readonly Rule[] {
  return [...rules, ...suppressionRules]
    .filter((rule) => (only.length > 0 ? only.includes(rule.id) : isEnabled(rule, configuration)))
    .sort((a, b) => compareText(a.id, b.id))
}

/** The way from the repository to the checked folder. */
function prefixOf(root: string): string {
  const way = toProject(repositoryOf(root) ?? root, root)
  return way === '' ? '' : `${way}/`
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
  const [first] = format
  if (diff && first !== undefined) throw new WrongUse(`--diff prints a unified diff: use it without --format ${first}.`)
}

// `parapet check`: findings, fixes and diffs.
import { join } from 'node:path'
import { limitedTo, type Analysis } from '../../analyzer/analyze.js'
import type { KnownFinding } from '../../analyzer/check/known.js'
import { suppressionRules } from '../../analyzer/check/suppressionRules.js'
import type { FixOutcome } from '../../analyzer/fixAll.js'
import { lacksApplication } from '../../analyzer/notices.js'
import { readEditableText, writeFiles } from '../../workspace/writeFiles.js'
import { analyzeProject, rulesThatRun, type Choices } from '../analyzeProject.js'
import { acceptedFor, compare } from '../compare.js'
import { exitCodeOf, type ExitCode } from '../exitCode.js'
import { gather } from '../gather.js'
import { checkRuleIds, openProject, type OpenOptions, type OpenProject } from '../openProject.js'
import { deliver } from '../report/deliver.js'
import { unifiedDiff } from '../report/diff.js'
import type { Output } from '../report/formats.js'
import { printDiffClosing } from '../report/report.js'
import { readShard } from '../shard.js'
import { selects } from '../selection.js'
import { createProgress, type Terminal } from '../terminal.js'
import { outputsOf, type CheckCommand } from './checkOptions.js'

/** Runs the command and answers its exit code. */
export async function check(paths: readonly string[], options: CheckCommand, terminal: Terminal): Promise<ExitCode> {
  const outputs = outputsOf(paths, options)
  const opening = await openOptions(options, terminal)
  if (options.watch) {
    const { watch } = await import('./watch.js')
    return watch(paths, opening, outputs, terminal, (open) => checkOpen(open, options, outputs, terminal))
  }
  const open = await openProject(paths, opening, terminal)
  try {
    return await checkOpen(open, options, outputs, terminal)
  } finally {
    open.close()
  }
}

async function openOptions(
  { config, cache, staged, stdinFilename, shard, application }: CheckCommand,
  terminal: Terminal,
): Promise<OpenOptions> {
  const part = shard !== undefined ? { part: { shard: readShard(shard) } } : application !== undefined ? { part: { application } } : {}
  const input = stdinFilename === undefined ? {} : { input: { file: stdinFilename, text: await terminal.readInput() } }
  return {
    cache,
    staged,
    ...(config === undefined ? {} : { config }),
    ...part,
    ...input,
  }
}

async function checkOpen(open: OpenProject, options: CheckCommand, outputs: readonly Output[], terminal: Terminal): Promise<ExitCode> {
  checkRuleIds(
    options.rule,
    [...open.rules, ...suppressionRules].map((rule) => rule.id),
  )
  const choices: Choices = { preset: options.preset, minConfidence: options.minConfidence, only: options.rule, now: terminal.now }
  const progress = createProgress(terminal)
  progress.show('Checking')
  const outcome = options.fix || options.diff ? await fix(open, choices, options, await acceptedOf(open, options, terminal)) : null
  const fits = selects(open.target.selection)
  const whole = outcome && !options.diff ? outcome.analysis : analyzeProject(open, choices)
  const compared = await compare(limitedTo(withErrors(whole, outcome), fits), open, options, choices, terminal)
  const { analysis } = compared
  progress.clear()
  if (outcome && options.diff) {
    terminal.out(unifiedDiff(outcome.texts, open.project.texts))
    printDiffClosing(analysis, outcome, terminal)
  } else {
    if (outcome) writeFiles(open.target.root, outcome.texts)
    await deliver(
      outputs,
      await gather(compared, outcome, open, { rulesThatRan: rulesThatRun(open, choices), outputs, stats: options.stats }),
      terminal,
    )
  }
  open.project.saveCache()
  const { errors, warnings } = options.exitZero ? { errors: 0, warnings: 0 } : analysis.summary
  return exitCodeOf({
    errors,
    warnings,
    internalErrors: analysis.internalErrors.length,
    maxWarnings: options.maxWarnings,
    // A part without an application leaves that to the others.
    lacksApp: options.requireApp && open.part?.applications.length !== 0 && lacksApplication(analysis.model),
  })
}

/** The editor of fixes brings TypeScript's parser with it, so it is loaded here and not before. */
async function fix(open: OpenProject, choices: Choices, options: CheckCommand, known: readonly KnownFinding[]): Promise<FixOutcome> {
  const { fixProject } = await import('../fixProject.js')
  return fixProject(open, choices, {
    grade: options.unsafe ? 'suggestion' : 'safe',
    fits: selects(open.target.selection),
    known,
    text: (file) =>
      options.stdin && open.project.files.has(file) ? open.project.texts(file) : readEditableText(join(open.target.root, file)),
  })
}

async function acceptedOf(open: OpenProject, { baseline }: CheckCommand, terminal: Terminal): Promise<readonly KnownFinding[]> {
  return (await acceptedFor(baseline, open, terminal)).flatMap(({ valid }) => valid)
}

function withErrors(analysis: Analysis, outcome: FixOutcome | null): Analysis {
  return outcome ? { ...analysis, internalErrors: [...analysis.internalErrors, ...outcome.internalErrors] } : analysis
}

// `parapet report`: what stands between a server and production, with the place of every answer.
import { resolve } from 'node:path'
import { isEnabled } from '../../analyzer/check/configuration.js'
import { compareWithKnown } from '../../analyzer/check/known.js'
import { readinessOf } from '../../analyzer/readiness/readiness.js'
import type { Analysis } from '../../analyzer/analyze.js'
import { writeReport } from '../../workspace/writeReport.js'
import { analyzeProject, configurationFor, rulesThatRun, type Choices } from '../analyzeProject.js'
import { splitExpired } from '../../workspace/baselineFile.js'
import { loadBaseline } from '../baselineFile.js'
import { presentOf, stillMissing } from '../compare.js'
import { EXIT, WrongUse, type ExitCode } from '../exitCode.js'
import { openProject, type OpenOptions, type OpenProject } from '../openProject.js'
import type { Change, ReadinessReport } from '../readiness/readinessReport.js'
import { noticesFor, skippedFor } from '../report/limits.js'
import { createProgress, type Terminal } from '../terminal.js'

export const REPORT_FORMATS = ['markdown', 'json', 'html'] as const
type ReportFormat = (typeof REPORT_FORMATS)[number]

export interface ReportCommand extends OpenOptions {
  /** `html=readiness.html`; without a file it is printed. */
  readonly format: readonly string[]
  readonly baseline?: string
}

/** Every rule looks: an area of which half the rules are off would look better than it is. */
const CHOICES: Choices = { preset: 'strict', only: [] }

export async function report(path: string | undefined, options: ReportCommand, terminal: Terminal): Promise<ExitCode> {
  const outputs = outputsOf(options.format)
  const open = await openProject(path === undefined ? [] : [path], options, terminal)
  try {
    const progress = createProgress(terminal)
    progress.show('Checking')
    const analysis = analyzeProject(open, CHOICES)
    const ran = new Set(rulesThatRun(open, CHOICES).map(({ id }) => id))
    const content: ReadinessReport = {
      readiness: readinessOf(analysis, ran),
      change: options.baseline === undefined ? null : await changeSince(options.baseline, analysis, open, terminal),
      notices: [
        ...noticesFor(analysis, open).map(({ message }) => message),
        ...skippedFor(open).map(({ path: file, reason }) => `${file} was not read: ${reason}`),
      ],
    }
    progress.clear()
    for (const { format, file } of outputs) {
      const text = await render(format, content)
      if (file === null) terminal.out(text)
      else writeReport(resolve(terminal.cwd, file), text)
    }
    const errors = analysis.internalErrors.map(({ message }) => `parapet: ${message}\n`)
    if (errors.length > 0) terminal.err(errors.join(''))
    open.project.saveCache()
    return errors.length > 0 ? EXIT.internalError : EXIT.clean
  } finally {
    open.close()
  }
}

function outputsOf(formats: readonly string[]): readonly { readonly format: ReportFormat; readonly file: string | null }[] {
  const asked = formats.length === 0 ? ['markdown'] : formats
  return asked.map((text) => {
    const [name = '', ...rest] = text.split('=')
    const format = REPORT_FORMATS.find((one) => one === name)
    const file = rest.join('=')
    if (format === undefined || (rest.length > 0 && file === ''))
      throw new WrongUse(`A report is ${REPORT_FORMATS.join(', ')}, each with a file where it is to be written: html=readiness.html.`)
    return { format, file: file === '' ? null : file }
  })
}

async function render(format: ReportFormat, content: ReadinessReport): Promise<string> {
  switch (format) {
    case 'markdown':
      return (await import('../readiness/markdown.js')).readinessMarkdown(content)
    case 'html':
      return (await import('../readiness/html.js')).readinessHtml(content)
    case 'json':
      return (await import('../readiness/json.js')).readinessJson(content)
  }
}

/** A baseline knows what its preset reports: what strict alone sees is not new since then. */
async function changeSince(baseline: string, analysis: Analysis, open: OpenProject, terminal: Terminal): Promise<Change> {
  const { entries } = await loadBaseline(baseline, open.target.root, terminal.cwd)
  const { valid } = splitExpired(entries, terminal.today())
  const { fresh, accepted, obsolete } = compareWithKnown(analysis.findings, valid, presentOf(analysis))
  const isUsual = (ruleId: string, file: string): boolean => {
    const rule = open.rules.find(({ id }) => id === ruleId)
    return rule === undefined || isEnabled(rule, configurationFor(open, file, { only: [] }))
  }
  return {
    baseline,
    fresh: fresh
      .filter(({ ruleId, file }) => isUsual(ruleId, file))
      .map(({ ruleId, file, range, message }) => ({ ruleId, file, line: range.start.line, message })),
    gone: stillMissing(obsolete, analysis, open, CHOICES).map(({ ruleId, file, message }) => ({ ruleId, file, line: null, message })),
    accepted: accepted.length,
  }
}

// `parapet merge`: the reports of parts, as one.
import { resolve } from 'node:path'
import type { Log } from 'sarif'
import { readTextFile } from '../../workspace/readTextFile.js'
import { writeReport } from '../../workspace/writeReport.js'
import { exitCodeOf, WrongUse, type ExitCode } from '../exitCode.js'
import { mergeJson, type JsonReport } from '../mergeJson.js'
import { mergeSarif } from '../mergeSarif.js'
import { sarifText } from '../report/sarifLimits.js'
import { plural } from '../../analyzer/model/words.js'
import { printable, type Terminal } from '../terminal.js'

export interface MergeCommand {
  readonly output?: string
  readonly maxWarnings: number
}

interface Merged {
  readonly text: string
  readonly errors: number
  readonly warnings: number
  readonly internalErrors: number
}

/** Prints or writes the whole, and answers the exit code that one run over everything would have. */
export function merge(files: readonly string[], { output, maxWarnings }: MergeCommand, terminal: Terminal): ExitCode {
  const parts = files.map((file) => ({ file, content: readPart(file, terminal.cwd) }))
  const logs = parts.flatMap(({ content }) => (isLog(content) ? [content] : []))
  const reports = parts.flatMap(({ content }) => (isReport(content) ? [content] : []))
  const stranger = parts.find(({ content }) => !isLog(content) && !isReport(content))
  if (stranger !== undefined) throw new WrongUse(`${printable(stranger.file)} is no report of Parapet in JSON or SARIF.`)
  if (logs.length > 0 && reports.length > 0) throw new WrongUse('Parts in JSON and in SARIF cannot be put together: merge each kind alone.')
  refuseGaps(
    logs.length > 0 ? logs.flatMap(({ runs }) => runs.map(({ properties }) => properties?.['shard'])) : reports.map(({ shard }) => shard),
  )
  const { text, ...counts } = logs.length > 0 ? mergedLogs(logs) : mergedReports(reports)
  if (output === undefined) terminal.out(text)
  else {
    writeReport(resolve(terminal.cwd, output), text)
    terminal.err(
      `${plural(counts.errors, 'error')} and ${plural(counts.warnings, 'warning')} from ${plural(files.length, 'part')}. Written: ${output}.\n`,
    )
  }
  return exitCodeOf({ ...counts, maxWarnings, lacksApp: false })
}

function mergedReports(reports: readonly JsonReport[]): Merged {
  const report = mergeJson(reports)
  const { errors = 0, warnings = 0 } = report.summary
  return { text: `${JSON.stringify(report, null, 2)}\n`, errors, warnings, internalErrors: report.internalErrors.length }
}

function mergedLogs(logs: readonly Log[]): Merged {
  const log = mergeSarif(logs)
  const results = log.runs.flatMap((run) => run.results ?? []).filter(({ suppressions }) => suppressions === undefined)
  const hasFailed = log.runs.some(({ invocations = [] }) => invocations.some(({ executionSuccessful }) => !executionSuccessful))
  return {
    text: sarifText(log),
    errors: results.filter(({ level }) => level === 'error').length,
    warnings: results.filter(({ level }) => level === 'warning').length,
    internalErrors: hasFailed ? 1 : 0,
  }
}

function readPart(file: string, cwd: string): unknown {
  const text = readTextFile(resolve(cwd, file))
  if (text === null) throw new WrongUse(`There is nothing to read at ${printable(file)}.`)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new WrongUse(`${printable(file)} is not JSON: ${printable(error instanceof Error ? error.message : String(error))}.`)
  }
}

function isLog(content: unknown): content is Log {
  return isObject(content) && content['version'] === '2.1.0' && Array.isArray(content['runs'])
}

function isReport(content: unknown): content is JsonReport {
  return isObject(content) && content['version'] === 1 && Array.isArray(content['findings']) && isObject(content['summary'])
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** A part that is missing would look like one without findings; one that is given twice would be counted twice. */
function refuseGaps(shards: readonly unknown[]): void {
  const known = shards.filter(isObject)
  const [first] = known
  if (first === undefined) return
  const count = Number(first['count'])
  if (known.some((shard) => shard['count'] !== count))
    throw new WrongUse('These parts are of different splits: make them with the same --shard count.')
  const missing = Array.from({ length: count }, (_, index) => index + 1).filter((index) => !known.some((shard) => shard['index'] === index))
  const doubled = known.find((shard, at) => known.findIndex((other) => other['index'] === shard['index']) !== at)
  if (doubled !== undefined)
    throw new WrongUse(
      `Part ${printable(String(doubled['index']))} of ${count} is given twice, so its figures would count twice: give each part once.`,
    )
  if (missing.length > 0) throw new WrongUse(`Of ${count} parts ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`)
}

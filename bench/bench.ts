// Measures the command line beside ESLint and oxlint over the same files, then edits in a large project, and keeps docs/performance.md true.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { markdownTable, writeBetweenMarkers } from '../scripts/markers.js'
import { compare, type Comparison } from './compare.js'
import { measureEdits } from './edit.js'
import { generateApp, LARGE } from './generateApp.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values: options } = parseArgs({
  options: { checkouts: { type: 'string' }, runs: { type: 'string', default: '3' }, edits: { type: 'string', default: '40' } },
})

const scratch = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
const generated = join(scratch, 'generated')
const large = generateApp(LARGE)
try {
  writeFiles(generated, large.files)
  const comparisons = projects().map(([name, folder]) => {
    const comparison = compare(root, name, folder, Number(options.runs))
    console.log(`${name}: check ${seconds(comparison.cold.seconds)}, ESLint ${seconds(comparison.eslint.seconds)}`)
    return comparison
  })
  const figures = [setting(), comparisonTable(comparisons), verdict(comparisons)].join('\n\n')
  const edits = editTable()
  console.log(`\n${figures}\n\n${edits}`)
  writeBetweenMarkers(join(root, 'docs', 'performance.md'), 'check', figures)
  writeBetweenMarkers(join(root, 'docs', 'performance.md'), 'edits', edits)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}

/** Every folder of checkouts and the generated project; without checkouts the fixture applications stand in. */
function projects(): readonly (readonly [name: string, folder: string])[] {
  const folder = options.checkouts === undefined ? join(root, 'test-fixtures') : resolve(options.checkouts)
  const checkouts = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'package.json')),
  )
  return [...checkouts.map(({ name }) => [name.replace('__', '/'), join(folder, name)] as const), ['generated project', generated]]
}

function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

function setting(): string {
  return `Node ${process.versions.node}, ${cpus().length} cores; medians of ${options.runs} runs, start of the process included.`
}

function comparisonTable(comparisons: readonly Comparison[]): string {
  const rows = [...comparisons, total(comparisons)]
  return markdownTable(
    [
      'project',
      'files',
      'MB',
      'check, cold',
      'check, warm',
      'ESLint + security',
      'ESLint ÷ cold',
      'oxlint no-console',
      'processor s: cold',
      'warm',
      'ESLint',
      'oxlint',
      'peak MB: cold',
      'warm',
      'ESLint',
      'oxlint',
    ],
    rows.map(({ name, files, bytes, cold, warm, eslint, oxlint }) => [
      name,
      files,
      (bytes / 1e6).toFixed(1),
      seconds(cold.seconds),
      seconds(warm.seconds),
      seconds(eslint.seconds),
      `${(eslint.seconds / cold.seconds).toFixed(1)} ×`,
      seconds(oxlint.seconds),
      ...[cold, warm, eslint, oxlint].map(({ processorSeconds }) => processorSeconds.toFixed(1)),
      ...[cold, warm, eslint, oxlint].map(({ peakMegabytes }) => Math.round(peakMegabytes)),
    ]),
  )
}

/** Times add up; of memory the largest counts. */
function total(comparisons: readonly Comparison[]): Comparison {
  const sum = (of: (one: Comparison) => number): number => comparisons.reduce((all, one) => all + of(one), 0)
  const over = (of: (one: Comparison) => Comparison['cold']): Comparison['cold'] => ({
    seconds: sum((one) => of(one).seconds),
    processorSeconds: sum((one) => of(one).processorSeconds),
    peakMegabytes: Math.max(...comparisons.map((one) => of(one).peakMegabytes)),
  })
  return {
    name: '**together**',
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
    cold: over(({ cold }) => cold),
    warm: over(({ warm }) => warm),
    eslint: over(({ eslint }) => eslint),
    oxlint: over(({ oxlint }) => oxlint),
  }
}

function verdict(comparisons: readonly Comparison[]): string {
  const { cold, eslint } = total(comparisons)
  const ratio = eslint.seconds / cold.seconds
  return [
    `- ten times faster than ESLint with its security plugin, over all projects: ${ratio.toFixed(1)} × (${(eslint.processorSeconds / cold.processorSeconds).toFixed(1)} × in processor time), ${ratio >= 10 ? 'met' : '**missed**'}`,
    `- peak memory under 400 MB: ${Math.round(cold.peakMegabytes)} MB, ${cold.peakMegabytes < 400 ? 'met' : '**missed**'}`,
  ].join('\n')
}

function editTable(): string {
  const edits = measureEdits(generated, large, Number(options.edits))
  const handler = edits.find(({ name }) => name === 'handler')
  const milliseconds = (value: number): string => `${value.toFixed(1)} ms`
  return [
    markdownTable(
      ['edit in', 'edits', 'p50', 'p95', 'files extracted'],
      edits.map(({ name, times, p50, p95, extracted }) => [name, times, milliseconds(p50), milliseconds(p95), extracted]),
    ),
    `- an edit in a handler under 50 ms at p95: ${milliseconds(handler?.p95 ?? NaN)}, ${(handler?.p95 ?? Infinity) < 50 ? 'met' : '**missed**'}`,
  ].join('\n\n')
}

function seconds(value: number): string {
  return `${value.toFixed(2)} s`
}

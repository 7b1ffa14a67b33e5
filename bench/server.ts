// Measures the language server in a large project through a real connection, and keeps docs/performance.md true.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { markdownTable, writeBetweenMarkers } from '../scripts/markers.js'
import { generateApp, LARGE } from './generateApp.js'
import { median, percentile } from './measure.js'
import { startServerProcess, type ServerMemory, type ServerProcess } from './serverProcess.js'

const NOTHING: ServerMemory = { held: NaN, resident: NaN }
const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { values: options } = parseArgs({ options: { edits: { type: 'string', default: '1000' }, idle: { type: 'string', default: '60' } } })

const folder = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
try {
  const figures = await measure()
  console.log(`\n${figures}`)
  writeBetweenMarkers(join(root, 'docs', 'performance.md'), 'server', figures)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

async function measure(): Promise<string> {
  const app = generateApp(LARGE)
  for (const [path, text] of app.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const starts: number[] = []
  for (let run = 0; run < 5; run += 1) {
    const server = await startServerProcess(folder)
    starts.push(server.ready)
    await server.stop()
  }
  const began = performance.now()
  const server = await startServerProcess(folder)
  await server.settled()
  const first = performance.now() - began
  const file = app.edited.handler
  const text = app.files.get(file) ?? ''
  server.open(file, text)
  await server.settled()
  const times: number[] = []
  const memory: ServerMemory[] = []
  for (let edit = 1; edit <= Number(options.edits); edit += 1) {
    times.push(await server.edit(file, text.replace("'The amount is too large'", `'The amount is too large (${edit})'`)))
    if (edit === 100 || edit === Number(options.edits)) memory.push(await restingMemory(server))
  }
  // The server's own rounds of the collector come after five seconds.
  await pause(10_000)
  const before = server.processorTime()
  await pause(Number(options.idle) * 1000)
  const idle = server.processorTime() - before
  await server.stop()
  const [early = NOTHING, late = NOTHING] = memory
  const growth = late.held / early.held - 1
  const p95 = percentile(times.slice(10), 0.95)
  return [
    `Node ${process.versions.node}, a generated project of ${app.files.size} files; the pause of 150 ms after typing is not counted.`,
    markdownTable(
      ['what', 'figure', 'mark', ''],
      [
        ['ready after start', `${median(starts).toFixed(0)} ms`, 'under 500 ms', verdict(median(starts) < 500)],
        ['first findings after start', `${(first / 1000).toFixed(1)} s`, '', ''],
        [`edit in a handler to findings, p50 of ${times.length}`, `${percentile(times.slice(10), 0.5).toFixed(1)} ms`, '', ''],
        ['edit in a handler to findings, p95', `${p95.toFixed(1)} ms`, 'under 50 ms', verdict(p95 < 50)],
        ['held after 100 edits', `${early.held.toFixed(0)} MB of ${early.resident.toFixed(0)} MB resident`, '', ''],
        [
          `held after ${times.length} edits`,
          `${late.held.toFixed(0)} MB (${(growth * 100).toFixed(1)} % more) of ${late.resident.toFixed(0)} MB resident`,
          'within 10 %',
          verdict(growth <= 0.1),
        ],
        [
          `processor time in ${options.idle} idle seconds, from 10 s after the last edit`,
          `${idle.toFixed(2)} s`,
          'none',
          verdict(idle < 0.02),
        ],
      ],
    ),
  ].join('\n\n')
}

/** What is held once the server rests, which it does some seconds after the last edit. */
async function restingMemory(server: ServerProcess): Promise<ServerMemory> {
  await pause(8_000)
  return server.memory()
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

// eslint-disable-next-line no-restricted-syntax -- the two words for the two values
function verdict(isMet: boolean): string {
  return isMet ? 'met' : '**missed**'
}

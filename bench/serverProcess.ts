// The built language server as a process of its own, and what can be measured of it.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ProtocolConnection } from 'vscode-languageserver/node'
import { SETTLED_REQUEST } from '../server/protocol.js'

export interface ServerProcess {
  /** Milliseconds from the start of the process to the answer of `initialize`. */
  readonly ready: number
  /** Opens a file of the project. */
  readonly open: (file: string, text: string) => void
  /** Replaces the text of an open file and answers with the milliseconds until its findings are here, without the pause for typing. */
  readonly edit: (file: string, text: string) => Promise<number>
  /** Resolves when everything that was sent is analysed. */
  readonly settled: () => Promise<void>
  readonly memory: () => Promise<ServerMemory>
  /** Seconds of processor time since the process began. */
  readonly processorTime: () => number
  readonly stop: () => Promise<void>
}

/** In megabytes (10⁶ bytes). */
export interface ServerMemory {
  /** Of the heap, in use. Right after a collection that is what is held on to. */
  readonly held: number
  /** Of the whole process. It swings by a fifth with how pages are filled. */
  readonly resident: number
}

const executable = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'cli.js')
const REPORT = 'report.json'
/** Ticks of the processor clock in a second, as Linux counts for programs. */
const TICKS = 100

/** Starts `parapet lsp` over a folder. `dist/` has to be built. */
export async function startServerProcess(folder: string): Promise<ServerProcess> {
  const started = performance.now()
  const reports = mkdtempSync(join(tmpdir(), 'parapet-report-'))
  const reporting = ['--report-on-signal', `--report-directory=${reports}`, `--report-filename=${REPORT}`, '--report-compact']
  const child = spawn(process.execPath, [...reporting, executable, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] })
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin))
  connection.onRequest('workspace/diagnostic/refresh', () => null)
  connection.listen()
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'bench' }],
    capabilities: { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
  })
  const ready = performance.now() - started
  await connection.sendNotification('initialized', {})
  const versions = new Map<string, number>()
  const uriOf = (file: string): string => pathToFileURL(join(folder, file)).href
  const settled = async (): Promise<void> => void (await connection.sendRequest(SETTLED_REQUEST))
  return {
    ready,
    open: (file, text) => {
      versions.set(file, 1)
      const textDocument = { uri: uriOf(file), languageId: 'typescript', version: 1, text }
      void connection.sendNotification('textDocument/didOpen', { textDocument })
    },
    edit: async (file, text) => {
      const version = (versions.get(file) ?? 1) + 1
      versions.set(file, version)
      const began = performance.now()
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uriOf(file), version },
        contentChanges: [{ text }],
      })
      void connection.sendRequest(SETTLED_REQUEST)
      await connection.sendRequest('textDocument/diagnostic', { textDocument: { uri: uriOf(file) } })
      return performance.now() - began
    },
    settled,
    memory: async () => ({ held: await heldMemory(child, join(reports, REPORT)), resident: residentMemory(child) }),
    processorTime: () => processorTicks(child) / TICKS,
    stop: async () => {
      await end(connection, child)
      rmSync(reports, { recursive: true, force: true })
    },
  }
}

/** Node writes a report of itself when it is asked by a signal. */
async function heldMemory(child: ChildProcess, path: string): Promise<number> {
  rmSync(path, { force: true })
  child.kill('SIGUSR2')
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    const report = readReport(path)
    if (report !== null) return report.javascriptHeap.usedMemory / 1e6
  }
}

/** null while the report is not there, or not whole. */
function readReport(path: string): { readonly javascriptHeap: { readonly usedMemory: number } } | null {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { javascriptHeap: { usedMemory: number } }
  } catch {
    return null
  }
}

function residentMemory({ pid }: ChildProcess): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1000
}

/** User and system time; the name of the process, which may hold blanks, ends with the last parenthesis. */
function processorTicks({ pid }: ChildProcess): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

async function end(connection: ProtocolConnection, child: ChildProcess): Promise<void> {
  const closed = new Promise((resolve) => child.once('exit', resolve))
  await connection.sendRequest('shutdown')
  await connection.sendNotification('exit')
  await closed
  connection.dispose()
}

// The built language server as a process of its own, and what can be measured of it.
import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
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
  /** Resident memory in megabytes (10⁶ bytes). */
  readonly memory: () => number
  /** Seconds of processor time since the process began. */
  readonly processorTime: () => number
  readonly stop: () => Promise<void>
}

const executable = join(dirname(dirname(fileURLToPath(import.meta.url))), 'dist', 'cli.js')
/** Ticks of the processor clock in a second, as Linux counts for programs. */
const TICKS = 100

/** Starts `parapet lsp` over a folder. `dist/` has to be built. */
export async function startServerProcess(folder: string): Promise<ServerProcess> {
  const started = performance.now()
  const child = spawn(process.execPath, [executable, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] })
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
    memory: () => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? NaN) / 1000,
    processorTime: () => processorTicks(child) / TICKS,
    stop: () => end(connection, child),
  }
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

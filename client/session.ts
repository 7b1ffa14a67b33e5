// The life of the connection to the language server: start, stop, restart, and what is told meanwhile.
import * as vscode from 'vscode'
import type { LanguageClient } from 'vscode-languageclient/node'
import type { FolderStatus, StatusParams } from '../server/protocol.js'
import { judgeCrash } from './crashes.js'
import { analysisLine } from './statusText.js'

/** What the client itself knows of the server's process. */
export type Connection = 'waiting' | 'starting' | 'running' | 'stopped' | 'failed'

export interface Session {
  /** Starts the server unless it runs. A start that fails is told by the status, never by an exception. */
  start(): Promise<void>
  stop(): Promise<void>
  restart(): Promise<void>
  /** The connection, where the server runs. */
  client(): LanguageClient | null
  connection(): Connection
  /** What the server said last; null before it said anything. */
  status(): StatusParams | null
  /** Fires when connection() or status() answers something else. */
  readonly onChange: vscode.Event<void>
}

export function createSession(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Session {
  const changed = new vscode.EventEmitter<void>()
  context.subscriptions.push(changed)
  let client: LanguageClient | null = null
  let connection: Connection = 'waiting'
  let status: StatusParams | null = null
  let crashes: readonly number[] = []
  /** Starts and stops wait for each other: two restarts at once must not leave two servers. */
  let last: Promise<void> = Promise.resolve()

  const enter = (next: Connection): void => {
    connection = next
    if (next !== 'running') status = null
    changed.fire()
  }

  const open = async (): Promise<void> => {
    if (client !== null) return
    enter('starting')
    const { connect } = await import('./connect.js')
    try {
      client = await connect(context, log, {
        hear: (said) => {
          const params = { ...said, folders: said.folders.map(withReadablePath) }
          logAnalyses(status, params, log)
          status = params
          changed.fire()
        },
        end: () => void inTurn(recover),
      })
      enter('running')
    } catch (error) {
      log.error(`The server did not start: ${error instanceof Error ? error.message : String(error)}`)
      enter('failed')
    }
  }

  const close = async (): Promise<void> => {
    const closing = client
    client = null
    enter('stopped')
    // A process that is gone cannot be asked to stop.
    await closing?.dispose().catch((error: unknown) => log.debug(String(error)))
  }

  const recover = async (): Promise<void> => {
    await close()
    const verdict = judgeCrash(crashes, Date.now())
    crashes = verdict.crashes
    if (!verdict.restarts) {
      log.error('The server has ended by itself again and is not started any more. "Parapet: Restart Server" tries anew.')
      return enter('failed')
    }
    log.warn(`The server has ended by itself (${crashes.length} in a short time) and is started again.`)
    enter('starting')
    await new Promise((resolve) => setTimeout(resolve, verdict.delay))
    await open()
    if (client === null) await recover()
  }

  const inTurn = (...steps: readonly (() => Promise<void>)[]): Promise<void> => {
    for (const step of steps) {
      last = last.then(step).catch((error: unknown) => log.error(error instanceof Error ? error : String(error)))
    }
    return last
  }

  return {
    start: () => inTurn(open),
    stop: () => inTurn(close),
    restart: () => {
      crashes = []
      return inTurn(close, open)
    },
    client: () => client,
    connection: () => connection,
    status: () => status,
    onChange: changed.event,
  }
}

/** The configuration as a reader of the workspace knows it. */
function withReadablePath(folder: FolderStatus): FolderStatus {
  const { configuration } = folder
  return { ...folder, configuration: configuration === null ? null : vscode.workspace.asRelativePath(configuration) }
}

/** One line for each folder whose analysis is newer than what was said before. */
function logAnalyses(before: StatusParams | null, now: StatusParams, log: vscode.LogOutputChannel): void {
  for (const folder of now.folders) {
    const known = before?.folders.find(({ uri }) => uri === folder.uri)
    if (folder.lastRun !== null && folder.lastRun !== known?.lastRun) log.info(analysisLine(folder))
    for (const notice of folder.notices) if (known?.notices.includes(notice) !== true) log.warn(`${folder.name}: ${notice}`)
  }
}

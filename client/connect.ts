// Starts the language server that is bundled with the extension, and says what becomes of it.
import * as vscode from 'vscode'
import { CloseAction, ErrorAction, LanguageClient, State, TransportKind, type ErrorHandler } from 'vscode-languageclient/node'
import { STATUS_NOTIFICATION, type InitializationOptions, type ParapetSettings, type StatusParams } from '../server/protocol.js'
import { judgeCrash } from './crashes.js'

export interface Listener {
  /** The server says how it is. */
  hear(status: StatusParams): void
  /** The server runs again after a crash. */
  recover(): void
  /** The server crashed too often and is not started again. */
  giveUp(): void
}

/** Whatever an analysis reads: an edit that is not saved yet counts in each of them. */
const DOCUMENTS = [
  { scheme: 'file', language: 'javascript' },
  { scheme: 'file', language: 'javascriptreact' },
  { scheme: 'file', language: 'typescript' },
  { scheme: 'file', language: 'typescriptreact' },
  { scheme: 'file', pattern: '**/package.json' },
  { scheme: 'file', pattern: '**/parapet.config.json' },
]

/** Resolves when the server has answered `initialize`; rejects where it does not. */
export async function connect(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, listener: Listener): Promise<LanguageClient> {
  const { enable, preset, minConfidence } = vscode.workspace.getConfiguration('parapet') as ParapetSettings
  const initializationOptions: InitializationOptions = { settings: settingsOf({ enable, preset, minConfidence }), hasExplainCommand: true }
  let isStarted = false
  const client = new LanguageClient(
    'parapet',
    'Parapet',
    {
      module: context.asAbsolutePath('dist/extension/server.js'),
      transport: TransportKind.stdio,
      // The parser's WebAssembly build is loaded through node:wasi, which Node announces as experimental on each start.
      options: { execArgv: ['--disable-warning=ExperimentalWarning'] },
    },
    {
      documentSelector: DOCUMENTS,
      initializationOptions,
      synchronize: { configurationSection: 'parapet' },
      outputChannel: log,
      traceOutputChannel: log,
      errorHandler: errorHandler(log, listener, () => isStarted),
    },
  )
  client.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => listener.hear(status))
  try {
    await client.start()
  } catch (error) {
    await client.dispose().catch(() => undefined)
    throw error
  }
  isStarted = true
  // Only from here on: the first start is told by what this function answers.
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Running) listener.recover()
  })
  return client
}

/** Settings that nobody made are left out, so that the configuration file decides. */
function settingsOf(settings: { [Key in keyof ParapetSettings]: ParapetSettings[Key] | undefined }): ParapetSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value != null))
}

function errorHandler(log: vscode.LogOutputChannel, listener: Listener, isStarted: () => boolean): ErrorHandler {
  let crashes: readonly number[] = []
  return {
    // A message that cannot be written is followed by the end of the process, which closed() judges.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: async () => {
      // What ends before it answered would end again; connect() tells it.
      if (!isStarted()) return { action: CloseAction.DoNotRestart, handled: true }
      const verdict = judgeCrash(crashes, Date.now())
      crashes = verdict.crashes
      if (!verdict.restarts) {
        log.error('The server ended by itself again and is not started any more. "Parapet: Restart Server" tries anew.')
        listener.giveUp()
        return { action: CloseAction.DoNotRestart, handled: true }
      }
      log.warn(`The server ended by itself (${crashes.length} in a short time) and is started again.`)
      await new Promise((resolve) => setTimeout(resolve, verdict.delay))
      return { action: CloseAction.Restart, handled: true }
    },
  }
}

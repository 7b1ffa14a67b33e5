// Starts the language server that is bundled with the extension, and says what becomes of it.
import * as vscode from 'vscode'
import {
  CloseAction,
  CodeActionResolveRequest,
  ErrorAction,
  LanguageClient,
  TransportKind,
  type ErrorHandler,
  type Middleware,
} from 'vscode-languageclient/node'
import { STATUS_NOTIFICATION, type InitializationOptions, type ParapetSettings, type StatusParams } from '../server/protocol.js'
import { withoutPreview } from './annotations.js'
import { isBeforeFirstAnalysis } from './firstAnalysis.js'

export interface Listener {
  /** The server says how it is. */
  hear(status: StatusParams): void
  /** The server ended by itself. */
  end(): void
}

/** Whatever an analysis reads: an edit that is not saved yet counts in each of them. */
const DOCUMENTS = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact'].map((language) => ({ scheme: 'file', language })),
  ...[
    '**/*.{json,yml,yaml,env,sh,bash,service}',
    '**/.env*',
    '**/{Dockerfile,Containerfile,Procfile}*',
    '**/*.dockerfile',
    '**/{fly,railway,netlify,wrangler,nixpacks}.toml',
    '**/*nginx*.conf',
    '**/*nginx*/**/*.conf',
  ].map((pattern) => ({ scheme: 'file', pattern })),
]

/** Resolves when the server has answered `initialize`; rejects where it does not. */
export async function connect(context: vscode.ExtensionContext, log: vscode.LogOutputChannel, listener: Listener): Promise<LanguageClient> {
  // Of the window: the server asks about each folder.
  const { enable, run, preset, minConfidence, baseline } = vscode.workspace.getConfiguration('parapet') as ParapetSettings
  const initializationOptions: InitializationOptions = {
    settings: settingsOf({ enable, run, preset, minConfidence, baseline }),
    hasExplainCommand: true,
    hasAcceptCommand: true,
  }
  let isStarted = false
  let status: StatusParams | null = null
  const isTooEarly = ({ uri }: vscode.TextDocument): boolean =>
    isBeforeFirstAnalysis(status, vscode.workspace.getWorkspaceFolder(uri)?.uri.toString())
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
      middleware: {
        sendRequest: requestThenAdapt,
        provideHover: (document, position, token, next) => (isTooEarly(document) ? null : next(document, position, token)),
        provideCodeActions: (document, range, around, token, next) => (isTooEarly(document) ? [] : next(document, range, around, token)),
      },
      // The status and the log tell it; one more message on the screen would not help.
      initializationFailedHandler: () => false,
      errorHandler: errorHandler(listener, () => isStarted),
    },
  )
  client.onNotification(STATUS_NOTIFICATION, (said: StatusParams) => {
    status = said
    listener.hear(said)
  })
  try {
    await client.start()
    // A process that ends while it is asked leaves start() without an error.
    if (!client.isRunning()) throw new Error('its process ended before it answered')
  } catch (error) {
    // Not awaited: a client whose process is gone may wait for it.
    client.dispose().catch(() => undefined)
    throw error
  }
  isStarted = true
  return client
}

/** Passes every request on. Only the answer about an action's edit is changed on the way. */
const requestThenAdapt: NonNullable<Middleware['sendRequest']> = async (type, param, token, next) => {
  const answer = await next(type, param, token)
  const method = typeof type === 'string' ? type : type.method
  return method === CodeActionResolveRequest.method ? (withoutPreview(answer) as typeof answer) : answer
}

/** Settings that nobody made are left out, so that the configuration file decides. */
function settingsOf(settings: { [Key in keyof ParapetSettings]: ParapetSettings[Key] | undefined }): ParapetSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value != null))
}

/** The session decides whether there is another start: it knows of those that failed, too. */
function errorHandler(listener: Listener, isStarted: () => boolean): ErrorHandler {
  return {
    // A message that cannot be written is followed by the end of the process.
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => {
      // What ends before it answered is told by connect(). Afterwards the client has to notice the end itself before it can be disposed of.
      if (isStarted()) setImmediate(() => listener.end())
      return { action: CloseAction.DoNotRestart, handled: true }
    },
  }
}

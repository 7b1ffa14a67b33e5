// The item of the language status menu: health, configuration in use, time of the last run.
import * as vscode from 'vscode'
import type { Connection, Session } from './session.js'
import { statusView, type StatusView } from './statusText.js'

const LANGUAGES: readonly vscode.DocumentFilter[] = [
  ...['javascript', 'javascriptreact', 'typescript', 'typescriptreact'].map((language) => ({ scheme: 'file', language })),
  { scheme: 'file', pattern: '**/parapet.config.json' },
]

const SEVERITIES: Readonly<Record<StatusView['health'], vscode.LanguageStatusSeverity>> = {
  ok: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
}

const RESTART: vscode.Command = { command: 'parapet.restart', title: 'Restart' }
const OUTPUT: vscode.Command = { command: 'parapet.showOutput', title: 'Show Output' }

/** The item shows itself only where there is something to say: not in workspaces without a server project. */
export function registerStatusItem(session: Session): vscode.Disposable {
  let item: vscode.LanguageStatusItem | null = null
  const show = (): void => {
    const connection = session.connection()
    if (connection === 'waiting') return
    item ??= createItem()
    const view = viewOf(session, connection)
    item.text = view.text
    item.detail = view.detail
    item.severity = SEVERITIES[view.health]
    item.busy = view.isBusy
    item.command = connection === 'running' || connection === 'starting' ? OUTPUT : RESTART
  }
  const listeners = [session.onChange(show), vscode.window.onDidChangeActiveTextEditor(show)]
  return { dispose: () => [...listeners, ...(item === null ? [] : [item])].forEach((each) => each.dispose()) }
}

function createItem(): vscode.LanguageStatusItem {
  const item = vscode.languages.createLanguageStatusItem('parapet.status', LANGUAGES)
  item.name = 'Parapet'
  return item
}

function viewOf(session: Session, connection: Exclude<Connection, 'waiting'>): StatusView {
  const status = session.status()
  // A folder may be off while others are on.
  if (
    connection === 'running' &&
    vscode.workspace.getConfiguration('parapet', vscode.window.activeTextEditor?.document).get('enable') === false
  ) {
    return { text: 'Parapet is off', detail: 'The setting parapet.enable says so.', health: 'ok', isBusy: false }
  }
  if (connection === 'running' && status !== null) return statusView(status, activeFolder())
  if (connection === 'failed') {
    return { text: 'Parapet does not run', detail: 'The output says why.', health: 'error', isBusy: false }
  }
  if (connection === 'stopped') return { text: 'Parapet is stopped', detail: '', health: 'warning', isBusy: false }
  return { text: 'Parapet is starting', detail: '', health: 'ok', isBusy: true }
}

function activeFolder(): string | null {
  const document = vscode.window.activeTextEditor?.document
  return document === undefined ? null : (vscode.workspace.getWorkspaceFolder(document.uri)?.uri.toString() ?? null)
}

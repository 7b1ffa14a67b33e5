// The commands of the palette, and those that quick fixes run.
import * as vscode from 'vscode'
import { ExecuteCommandRequest } from 'vscode-languageclient'
import { EXPLAIN_COMMAND, FIX_WORKSPACE_COMMAND, type ExplainArguments } from '../server/protocol.js'
import type { Pages } from './pages.js'
import type { Session } from './session.js'

export function registerCommands(
  context: vscode.ExtensionContext,
  session: Session,
  pages: Pages,
  log: vscode.LogOutputChannel,
): vscode.Disposable[] {
  return [
    vscode.commands.registerCommand('parapet.restart', async () => {
      log.info('Restart, as asked.')
      await session.restart()
    }),
    vscode.commands.registerCommand('parapet.showOutput', () => log.show()),
    vscode.commands.registerCommand('parapet.explainRule', async () => {
      const id = await pickRule(context)
      if (id !== undefined) await pages.showRule(id)
    }),
    vscode.commands.registerCommand('parapet.showRoutes', async () => {
      await session.start()
      await pages.showRoutes()
    }),
    vscode.commands.registerCommand('parapet.applySafeFixes', async () => {
      await session.start()
      await session.client()?.sendRequest(ExecuteCommandRequest.type, { command: FIX_WORKSPACE_COMMAND, arguments: [] })
    }),
    // Quick fixes "Why is this a problem?" bring their finding along; the palette does not list this one.
    vscode.commands.registerCommand(EXPLAIN_COMMAND, async ({ ruleId, uri, fingerprint }: ExplainArguments) => {
      await pages.showWhy(ruleId, { uri, fingerprint })
    }),
  ]
}

/** The rules that have a page, those with a finding in the active editor first. */
async function pickRule(context: vscode.ExtensionContext): Promise<string | undefined> {
  const entries = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(context.extensionUri, 'rules'))
  const ids = entries.filter(([, type]) => type === vscode.FileType.Directory).map(([name]) => name)
  const found = rulesInActiveEditor()
  const items = ids.map((label) => ({ label, description: found.has(label) ? 'found in this file' : '' }))
  items.sort((a, b) => Number(found.has(b.label)) - Number(found.has(a.label)) || a.label.localeCompare(b.label))
  return (await vscode.window.showQuickPick(items, { placeHolder: 'The rule to explain' }))?.label
}

function rulesInActiveEditor(): ReadonlySet<string> {
  const uri = vscode.window.activeTextEditor?.document.uri
  const diagnostics = uri === undefined ? [] : vscode.languages.getDiagnostics(uri)
  return new Set(diagnostics.filter(({ source }) => source === 'parapet').map(({ code }) => codeOf(code)))
}

function codeOf(code: vscode.Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : (code ?? ''))
}

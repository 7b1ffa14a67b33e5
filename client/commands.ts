// The commands of the palette, and those that quick fixes run.
import * as vscode from 'vscode'
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
      await session.client()?.sendRequest('workspace/executeCommand', { command: FIX_WORKSPACE_COMMAND, arguments: [] })
    }),
    // Quick fixes "Why is this a problem?" bring their finding along; the palette does not list this one.
    vscode.commands.registerCommand(EXPLAIN_COMMAND, async ({ ruleId, uri, fingerprint }: ExplainArguments) => {
      await pages.showWhy(ruleId, { uri, fingerprint })
    }),
  ]
}

/** All rules, those with a finding in the active editor first. */
async function pickRule(context: vscode.ExtensionContext): Promise<string | undefined> {
  const found = rulesInActiveEditor()
  const items = Object.entries(await summaries(context)).map(([label, { description: detail }]) => ({
    label,
    detail,
    description: found.has(label) ? 'found in this file' : '',
  }))
  items.sort((a, b) => Number(found.has(b.label)) - Number(found.has(a.label)))
  return (await vscode.window.showQuickPick(items, { placeHolder: 'The rule to explain', matchOnDetail: true }))?.label
}

/** The schema of the configuration comes with the extension and has a sentence for each rule, sorted by id. */
async function summaries(context: vscode.ExtensionContext): Promise<Readonly<Record<string, { readonly description: string }>>> {
  const text = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'docs', 'parapet.schema.json'))
  const schema = JSON.parse(new TextDecoder().decode(text)) as RulesSchema
  return schema.properties.rules.properties
}

interface RulesSchema {
  readonly properties: { readonly rules: { readonly properties: Readonly<Record<string, { readonly description: string }>> } }
}

function rulesInActiveEditor(): ReadonlySet<string> {
  const uri = vscode.window.activeTextEditor?.document.uri
  const diagnostics = uri === undefined ? [] : vscode.languages.getDiagnostics(uri)
  return new Set(diagnostics.filter(({ source }) => source === 'parapet').map(({ code }) => codeOf(code)))
}

function codeOf(code: vscode.Diagnostic['code']): string {
  return String(typeof code === 'object' ? code.value : (code ?? ''))
}

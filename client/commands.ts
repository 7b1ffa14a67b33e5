// The commands of the palette, and those that quick fixes run.
import * as vscode from 'vscode'
import {
  ACCEPT_COMMAND,
  ACCEPT_REQUEST,
  EXPLAIN_COMMAND,
  FIX_WORKSPACE_COMMAND,
  type AcceptArguments,
  type AcceptResult,
  type ExplainArguments,
} from '../server/protocol.js'
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
    // Quick fixes bring their finding along; the palette lists neither of these two.
    vscode.commands.registerCommand(EXPLAIN_COMMAND, async ({ ruleId, uri, fingerprint }: ExplainArguments) => {
      await pages.showWhy(ruleId, { uri, fingerprint })
    }),
    vscode.commands.registerCommand(ACCEPT_COMMAND, async (finding: AcceptArguments) => {
      const note = await askForReason()
      if (note === undefined) return
      const problem = await session.client()?.sendRequest<AcceptResult>(ACCEPT_REQUEST, { ...finding, note })
      if (problem != null) await vscode.window.showWarningMessage(`The finding is not accepted. ${problem}`)
    }),
  ]
}

/** Whoever reads the baseline later wants to know it. undefined where the user thinks better of it. */
async function askForReason(): Promise<string | undefined> {
  const given = await vscode.window.showInputBox({
    title: 'Accept for Now',
    prompt: 'Why is this finding accepted for now? The baseline keeps it as its note.',
    placeHolder: 'A reason, such as: until the gateway limits requests',
    // Looking at the code, or at the ticket, must not lose what was typed.
    ignoreFocusOut: true,
  })
  return given?.trim()
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

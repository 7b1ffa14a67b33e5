// Read-only documents that stand on no disk: pages of rules, why a finding is a problem, and the routes of the server.
import * as vscode from 'vscode'
import { ROUTES_REQUEST, WHY_REQUEST, type RoutesResult, type WhyParams, type WhyResult } from '../server/protocol.js'
import type { Session } from './session.js'

const SCHEME = 'parapet'
const ROUTES = vscode.Uri.from({ scheme: SCHEME, path: '/routes.txt' })

export interface Pages extends vscode.Disposable {
  /** Shows the page of a rule. It comes with the extension: no network, no server. */
  showRule(id: string): Promise<void>
  /** Shows why a finding is a problem, with its evidence; the page of the rule where the finding is gone. */
  showWhy(ruleId: string, finding: WhyParams): Promise<void>
  /** Shows every route with the chain in front of it. The page follows the code. */
  showRoutes(): Promise<void>
}

export function registerPages(context: vscode.ExtensionContext, session: Session): Pages {
  const changed = new vscode.EventEmitter<vscode.Uri>()
  /** Text of each page but the routes, by address. */
  const texts = new Map<string, string>()
  const provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => (uri.path === ROUTES.path ? routesText(session) : (texts.get(uri.path) ?? '')),
  })
  const follow = session.onChange(() => {
    const isOpen = vscode.workspace.textDocuments.some(({ uri }) => uri.toString() === ROUTES.toString())
    if (isOpen && session.status()?.isBusy !== true) changed.fire(ROUTES)
  })
  const preview = async (name: string, markdown: string): Promise<void> => {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${name}.md` })
    texts.set(uri.path, markdown)
    changed.fire(uri)
    await vscode.commands.executeCommand('markdown.showPreview', uri)
  }
  const showRule = async (id: string): Promise<void> => {
    const page = vscode.Uri.joinPath(context.extensionUri, 'rules', id, 'README.md')
    await preview(id, new TextDecoder().decode(await vscode.workspace.fs.readFile(page)))
  }
  return {
    showRule,
    showWhy: async (ruleId, finding) => {
      const why = await session.client()?.sendRequest<WhyResult>(WHY_REQUEST, finding)
      await (why == null ? showRule(ruleId) : preview(`why/${why.ruleId}`, why.markdown))
    },
    showRoutes: async () => {
      changed.fire(ROUTES)
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(ROUTES), { preview: false })
    },
    dispose: () => [provider, follow, changed].forEach((each) => each.dispose()),
  }
}

async function routesText(session: Session): Promise<string> {
  const folders = await session.client()?.sendRequest<RoutesResult>(ROUTES_REQUEST)
  if (folders === undefined) return 'The server does not run: "Parapet: Restart Server" starts it.\n'
  if (folders.length === 1) return folders[0]?.text ?? ''
  return folders.map(({ name, text }) => `${name}\n${'='.repeat(name.length)}\n\n${text}`).join('\n')
}

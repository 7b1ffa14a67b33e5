// Looks for a server project in the workspace without starting anything.
import * as vscode from 'vscode'
import { isServerManifest } from './serverManifest.js'

/** Ceiling of manifests that are read; a workspace with more has told enough by then. */
const MANIFESTS = 500
const CONFIGURATIONS = '**/parapet.config.json'
const MANIFEST_FILES = '**/package.json'
const FOREIGN = '**/{node_modules,dist,build,out,coverage,.git}/**'

/** True where a package.json depends on a framework, or a configuration says that somebody wants to know. */
export async function hasServerProject(): Promise<boolean> {
  const configured = await vscode.workspace.findFiles(CONFIGURATIONS, FOREIGN, 1)
  if (configured.length > 0) return true
  for (const manifest of await vscode.workspace.findFiles(MANIFEST_FILES, FOREIGN, MANIFESTS)) {
    if (isServerManifest(await textOf(manifest))) return true
  }
  return false
}

/** Calls back, once, when the workspace has become a server project: `npm install express` in an empty folder, a folder added, a branch switched. */
export function whenServerProjectAppears(callback: () => void): vscode.Disposable {
  let hasAppeared = false
  const look = async (): Promise<void> => {
    if (hasAppeared || !(await hasServerProject()) || hasAppeared) return
    hasAppeared = true
    callback()
  }
  const watchers = [MANIFEST_FILES, CONFIGURATIONS].map((pattern) => vscode.workspace.createFileSystemWatcher(pattern))
  return vscode.Disposable.from(
    ...watchers,
    ...watchers.flatMap((watcher) => [watcher.onDidCreate(unlessForeign(look)), watcher.onDidChange(unlessForeign(look))]),
    vscode.workspace.onDidChangeWorkspaceFolders(look),
  )
}

/** An installation writes thousands of manifests, none of which is the project's. */
function unlessForeign(look: () => Promise<void>): (uri: vscode.Uri) => Promise<void> {
  return async (uri) => {
    if (!uri.path.includes('/node_modules/')) await look()
  }
}

async function textOf(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri))
  } catch {
    // Gone since it was found, or not readable.
    return ''
  }
}

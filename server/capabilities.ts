// What the server tells the client that it can do.
import { CodeActionKind, TextDocumentSyncKind, type InitializeResult } from 'vscode-languageserver'
import type { ClientAbilities } from './clientAbilities.js'
import { EXPLAIN_COMMAND, FIX_ALL_KIND, FIX_WORKSPACE_COMMAND, SUPPRESS_KIND } from './protocol.js'

/** The answer of `initialize`, by what the client can do. */
export function resultFor({ encoding, pulls, hasExplainCommand }: ClientAbilities): InitializeResult {
  return {
    capabilities: {
      positionEncoding: encoding,
      textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
      hoverProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, SUPPRESS_KIND, FIX_ALL_KIND], resolveProvider: true },
      // The extension has commands of its own under these names.
      executeCommandProvider: { commands: hasExplainCommand ? [FIX_WORKSPACE_COMMAND] : [FIX_WORKSPACE_COMMAND, EXPLAIN_COMMAND] },
      ...(pulls ? { diagnosticProvider: { identifier: 'parapet', interFileDependencies: true, workspaceDiagnostics: true } } : {}),
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  }
}

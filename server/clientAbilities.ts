// What the client can do, read once from its capabilities.
import { ResourceOperationKind, type InitializeParams } from 'vscode-languageserver'
import { encodingFor, type Encoding } from './positions.js'
import type { InitializationOptions } from './protocol.js'

export interface ClientAbilities {
  readonly encoding: Encoding
  /**
   * It asks for diagnostics; all others are sent them. One that cannot be told to ask again (Neovim before 0.11) would keep what an edit in
   * another file made wrong, so it is sent them too.
   */
  readonly pulls: boolean
  readonly resolvesEdits: boolean
  readonly versionedEdits: boolean
  readonly createsFiles: boolean
  readonly annotatesEdits: boolean
  readonly snippetEdits: boolean
  readonly watchesFiles: boolean
  /** Also in folders that are not open. */
  readonly watchesOutside: boolean
  readonly readsSettings: boolean
  readonly followsFolders: boolean
  readonly showsProgress: boolean
  readonly showsDocuments: boolean
  readonly hasExplainCommand: boolean
  readonly hasAcceptCommand: boolean
}

export function abilitiesOf({ capabilities, initializationOptions }: InitializeParams): ClientAbilities {
  const { general, textDocument, workspace, window } = capabilities
  const edit = workspace?.workspaceEdit
  const options = initializationOptions as InitializationOptions | undefined
  return {
    encoding: encodingFor(general?.positionEncodings),
    pulls: textDocument?.diagnostic !== undefined && workspace?.diagnostics?.refreshSupport === true,
    resolvesEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true,
    versionedEdits: edit?.documentChanges === true,
    createsFiles: edit?.resourceOperations?.includes(ResourceOperationKind.Create) === true,
    annotatesEdits: edit?.changeAnnotationSupport !== undefined,
    snippetEdits: edit?.snippetEditSupport === true && edit.documentChanges === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    watchesOutside:
      workspace?.didChangeWatchedFiles?.dynamicRegistration === true && workspace.didChangeWatchedFiles.relativePatternSupport === true,
    readsSettings: workspace?.configuration === true,
    followsFolders: workspace?.workspaceFolders === true,
    showsProgress: window?.workDoneProgress === true,
    showsDocuments: window?.showDocument?.support === true,
    hasExplainCommand: options?.hasExplainCommand === true,
    hasAcceptCommand: options?.hasAcceptCommand === true,
  }
}

// A small language client over in-memory streams, for tests of the server: it speaks the real protocol and keeps what it is told.
import { PassThrough } from 'node:stream'
import { pathToFileURL } from 'node:url'
import {
  createConnection,
  createProtocolConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type ConfigurationParams,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type Registration,
  type RegistrationParams,
  type WorkspaceEdit,
} from 'vscode-languageserver/node'
import type { Rule } from '../analyzer/check/rule.js'
import { serve } from '../server/serve.js'
import { SETTLED_REQUEST, STATUS_NOTIFICATION, type StatusParams } from '../server/protocol.js'
import type { Timing } from '../server/schedule.js'
import { scratchFolder, type ScratchFolder } from './scratchFolder.js'

export interface LanguageClient {
  readonly connection: ProtocolConnection
  readonly initialized: InitializeResult
  /** Diagnostics that the server sent, by URI. */
  readonly published: ReadonlyMap<string, PublishDiagnosticsParams>
  /** Every message of `textDocument/publishDiagnostics`, with the version that the client had when it came. */
  readonly publications: readonly (PublishDiagnosticsParams & { readonly versionHere: number | undefined })[]
  readonly statuses: readonly StatusParams[]
  readonly logs: readonly string[]
  readonly refreshes: () => number
  readonly applied: readonly WorkspaceEdit[]
  readonly registrations: readonly Registration[]
  readonly open: (uri: string, text: string) => void
  /** Replaces the whole text; the version counts up. */
  readonly change: (uri: string, text: string) => void
  /** Says that the text was saved; the disk is the caller's business. */
  readonly save: (uri: string) => void
  readonly close: (uri: string) => void
  readonly version: (uri: string) => number | undefined
  /** The findings of a file, by id, once everything that was sent is analysed. */
  readonly pull: (uri: string) => Promise<readonly Diagnostic[]>
  readonly settled: () => Promise<void>
  readonly stop: () => Promise<void>
}

export interface ClientOptions {
  readonly capabilities?: ClientCapabilities
  readonly params?: Partial<InitializeParams>
  readonly timing?: Timing
  readonly rules?: readonly Rule[]
  /** The settings of a folder; a client that has them is asked. */
  readonly settings?: (scopeUri: string | undefined) => unknown
}

export const PULLING: ClientCapabilities = {
  textDocument: {
    diagnostic: { relatedDocumentSupport: true },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      resolveSupport: { properties: ['edit'] },
      dataSupport: true,
    },
  },
  workspace: {
    diagnostics: { refreshSupport: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'], changeAnnotationSupport: {} },
    workspaceFolders: true,
  },
}

/** Starts a server and a client for the folders. */
export async function startClient(folders: readonly string[], options: ClientOptions = {}): Promise<LanguageClient> {
  const [up, down] = [new PassThrough(), new PassThrough()]
  // Readers and writers in place of streams: with those the library ends the process when they close.
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(up), new StreamMessageWriter(down))
  serve(server, {
    version: '0.0.0',
    timing: options.timing ?? { quiet: 5, longest: 100 },
    ...(options.rules === undefined ? {} : { rules: options.rules }),
  })
  server.listen()
  const connection = createProtocolConnection(down, up)
  const published = new Map<string, PublishDiagnosticsParams>()
  const publications: LanguageClient['publications'][number][] = []
  const statuses: StatusParams[] = []
  const logs: string[] = []
  const applied: WorkspaceEdit[] = []
  const registrations: Registration[] = []
  const versions = new Map<string, number>()
  let refreshes = 0
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.set(params.uri, params)
    publications.push({ ...params, versionHere: versions.get(params.uri) })
  })
  connection.onNotification(STATUS_NOTIFICATION, (status: StatusParams) => void statuses.push(status))
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void logs.push(message))
  connection.onRequest('client/registerCapability', (params: RegistrationParams) => {
    registrations.push(...params.registrations)
    return null
  })
  connection.onRequest('workspace/configuration', ({ items }: ConfigurationParams) =>
    items.map(({ scopeUri }) => options.settings?.(scopeUri) ?? null),
  )
  connection.onRequest('workspace/diagnostic/refresh', () => {
    refreshes += 1
    return null
  })
  connection.onRequest('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
    applied.push(edit)
    return { applied: true }
  })
  connection.listen()
  const { capabilities = PULLING } = options
  const workspaceFolders = folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: folder }))
  const initialized: InitializeResult = await connection.sendRequest('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders,
    capabilities:
      options.settings === undefined ? capabilities : { ...capabilities, workspace: { ...capabilities.workspace, configuration: true } },
    ...options.params,
  } satisfies InitializeParams)
  await connection.sendNotification('initialized', {})
  const notify = (method: string, params: object): void => void connection.sendNotification(method, params)
  const settled = async (): Promise<void> => void (await connection.sendRequest(SETTLED_REQUEST))
  return {
    connection,
    initialized,
    published,
    publications,
    statuses,
    logs,
    applied,
    registrations,
    refreshes: () => refreshes,
    version: (uri) => versions.get(uri),
    open: (uri, text) => {
      // A document that is opened again goes on counting, as in VS Code.
      const version = (versions.get(uri) ?? 0) + 1
      versions.set(uri, version)
      notify('textDocument/didOpen', { textDocument: { uri, languageId: 'typescript', version, text } })
    },
    change: (uri, text) => {
      const version = (versions.get(uri) ?? 0) + 1
      versions.set(uri, version)
      notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] })
    },
    save: (uri) => {
      notify('textDocument/didSave', { textDocument: { uri } })
    },
    close: (uri) => {
      notify('textDocument/didClose', { textDocument: { uri } })
    },
    pull: async (uri) => {
      const report = await connection.sendRequest<{ items?: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri } })
      return report.items ?? []
    },
    settled,
    stop: async () => {
      await connection.sendRequest('shutdown')
      connection.dispose()
      server.dispose()
      up.destroy()
      down.destroy()
    },
  }
}

export interface Editing {
  readonly client: LanguageClient
  readonly folder: ScratchFolder
}

/** A server over a folder of these files, for as long as `body` runs. */
export async function inEditor(
  files: Readonly<Record<string, string>>,
  body: (editing: Editing) => Promise<void>,
  options: ClientOptions = {},
): Promise<void> {
  const folder = scratchFolder(files)
  try {
    const client = await startClient([folder.root], options)
    try {
      await body({ client, folder })
    } finally {
      await client.stop()
    }
  } finally {
    folder.discard()
  }
}

// The language server: a connection on one side, projects on the other.
import { MessageType, type Connection, type Disposable, type InitializeParams, type InitializeResult } from 'vscode-languageserver'
import type { Rule } from '../analyzer/check/rule.js'
import { rules as allRules } from '../rules/index.js'
import { resultFor } from './capabilities.js'
import { abilitiesOf, type ClientAbilities } from './clientAbilities.js'
import { createDiagnosticsService } from './diagnosticsService.js'
import { createDocuments } from './documents.js'
import type { FolderProject } from './folderProject.js'
import { createFolders } from './folders.js'
import { createFolderSettings, settingsFrom } from './folderSettings.js'
import { createLoadProgress } from './loadProgress.js'
import { STATUS_NOTIFICATION, type InitializationOptions } from './protocol.js'
import { answerRequests } from './requests.js'
import { DEFAULT_TIMING, nextTurn, type Timing } from './schedule.js'
import { analysisLine, folderStatus, statusOf } from './status.js'
import { handleFileEvents, registerWatchers, registerWatchersAbove, rootsOf } from './watching.js'

export interface ServeOptions {
  readonly version: string
  readonly timing?: Timing
  readonly rules?: readonly Rule[]
  /** Called after each analysis. */
  readonly afterAnalysis?: () => void
}

/** Serves one client over an open connection, until it says `shutdown`. */
export function serve(connection: Connection, { version, timing = DEFAULT_TIMING, rules = allRules, afterAnalysis }: ServeOptions): void {
  let abilities: ClientAbilities = abilitiesOf({ processId: null, rootUri: null, capabilities: {} })
  let roots: readonly string[] = []
  let watchingAbove: Promise<Disposable | null> = Promise.resolve(null)
  const failures = new Map<string, string>()
  /** Rules that failed are told once: they fail in every run. */
  const told = new Set<string>()
  const settings = createFolderSettings(connection, () => abilities.readsSettings, useSettings)
  const documents = createDocuments(
    () => abilities.encoding,
    (path) => settings.of(folders.of(path)?.root ?? '').run !== 'onSave',
  )
  const around = {
    documents,
    settings: settings.of,
    settingsKnown: settings.known,
    timing,
    rules,
    onAnalysed,
    onProgress,
    beforeAnalysis,
    onFailure,
  }
  const folders = createFolders(around, (root) => diagnostics.removed(root))
  const diagnostics = createDiagnosticsService(
    connection,
    documents,
    () => folders,
    () => abilities,
  )

  const progress = createLoadProgress(connection, () => abilities.showsProgress)

  function onProgress(project: FolderProject, files: number): void {
    if (progress.report(project, files)) sendStatus()
  }

  function beforeAnalysis(project: FolderProject, files: number): Promise<void> {
    sendStatus()
    return progress.announce(project, files)
  }

  function onAnalysed(project: FolderProject): void {
    progress.end(project)
    failures.delete(project.root)
    diagnostics.analysed(project)
    const status = folderStatus(project, undefined)
    // The extension writes its own line for each status that it gets.
    if (!abilities.hasExplainCommand) log(MessageType.Log, analysisLine(status))
    for (const { message } of project.state()?.analysis.internalErrors ?? []) {
      if (!told.has(message)) log(MessageType.Error, message)
      told.add(message)
    }
    sendStatus()
    afterAnalysis?.()
  }

  /** Whatever fails while reading or analysing is a line in the log; the last good findings stay. */
  function onFailure(project: FolderProject, error: unknown): void {
    progress.end(project)
    failures.set(project.root, error instanceof Error ? error.message : String(error))
    log(
      MessageType.Error,
      `The analysis of ${project.root} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    sendStatus()
  }

  function log(type: MessageType, message: string): void {
    void connection.sendNotification('window/logMessage', { type, message })
  }

  function sendStatus(): void {
    void connection.sendNotification(STATUS_NOTIFICATION, statusOf(folders.all(), failures))
  }

  function useSettings(changed: readonly string[]): void {
    const before = folders.all()
    useFolders()
    for (const project of before) if (changed.includes(project.root)) project.reload()
  }

  function useFolders(): void {
    folders.set(roots, (root) => settings.of(root).enable !== false)
    sendStatus()
  }

  function askSettings(): void {
    void settings.ask(folders.roots())
  }

  connection.onInitialize((params): InitializeResult => {
    abilities = abilitiesOf(params)
    roots = rootsOf(params)
    settings.say(settingsFrom((params.initializationOptions as InitializationOptions | undefined)?.settings))
    return { ...resultFor(abilities), serverInfo: { name: 'parapet', version } }
  })

  connection.onInitialized(async (): Promise<void> => {
    useFolders()
    askSettings()
    if (abilities.followsFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = rootsOf({ workspaceFolders: removed } as unknown as InitializeParams)
        roots = [...roots.filter((root) => !gone.includes(root)), ...rootsOf({ workspaceFolders: added } as unknown as InitializeParams)]
        useFolders()
        askSettings()
        void watchAbove()
      })
    }
    await registerWatchers(connection, abilities).catch((error: unknown) =>
      log(MessageType.Warning, `Files are not watched: ${String(error)}`),
    )
    await watchAbove()
  })

  /** What lies above the folders is watched as long as they are open. */
  async function watchAbove(): Promise<void> {
    const last = watchingAbove
    watchingAbove = registerWatchersAbove(connection, abilities, roots).catch(() => null)
    ;(await last)?.dispose()
  }

  connection.onDidChangeConfiguration((params) => {
    const own = (params.settings as { parapet?: unknown } | null)?.parapet
    if (own !== undefined) settings.say(settingsFrom(own))
    askSettings()
  })

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const path = documents.open(textDocument)
    if (path === null) return
    if (roots.length === 0 && settings.of('').enable !== false && folders.of(path) === undefined) {
      folders.ensureFor(path)
      askSettings()
    }
    diagnostics.opened(path)
    changed(path)
  })
  connection.onDidChangeTextDocument((params) => changed(documents.change(params)))
  connection.onDidCloseTextDocument(({ textDocument }) => changed(documents.close(textDocument.uri)))
  connection.onDidSaveTextDocument(({ textDocument }) => changed(documents.saved(textDocument.uri)))
  connection.onDidChangeWatchedFiles(({ changes }) => handleFileEvents(changes, documents, folders))

  function changed(path: string | null): void {
    if (path === null) return
    folders.of(path)?.changed(path)
    for (const project of folders.all()) if (project.readsFromOutside(path)) project.reload()
  }

  answerRequests(connection, { documents, folders, abilities: () => abilities, settingsKnown: settings.known })

  connection.onShutdown(async () => {
    diagnostics.stop()
    folders.dispose()
    // Requests that were held or waited for an analysis are answered before this one.
    await nextTurn()
  })
}

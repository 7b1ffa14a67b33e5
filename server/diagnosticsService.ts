// Brings diagnostics to the client: on its request, held open where nothing is new, or sent where it cannot ask.
import {
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type CancellationToken,
  type Connection,
  type DocumentDiagnosticReport,
  type PreviousResultId,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver'
import type { ClientAbilities } from './clientAbilities.js'
import { diagnosticsOf } from './diagnostics.js'
import type { Documents } from './documents.js'
import type { FolderProject } from './folderProject.js'
import type { Folders } from './folders.js'
import { createReports, NOTHING, type FileReport } from './reports.js'
import { pathOfUri } from './uris.js'

export interface DiagnosticsService {
  readonly analysed: (project: FolderProject) => void
  readonly removed: (root: string) => void
  /** A document was opened: clients that are sent diagnostics expect some now, even if none changed. */
  readonly opened: (path: string) => void
  /** Answers every request that is held open. */
  readonly stop: () => void
}

/** Reports in one partial result. */
const CHUNK = 50

export function createDiagnosticsService(
  connection: Connection,
  documents: Documents,
  folders: () => Folders,
  abilities: () => ClientAbilities,
): DiagnosticsService {
  const reports = createReports()
  /** What the client has, by path: result ids of what was sent or asked for. */
  const sent = new Map<string, string>()
  const asking = new Map<string, number>()
  let isStopped = false
  let isFirst = true
  let holding: (() => void)[] = []

  function wake(): void {
    const waking = holding
    holding = []
    for (const resolve of waking) resolve()
  }

  function bring(changed: readonly FileReport[]): void {
    if (abilities().pulls) {
      const isStale = ({ path }: { path: string }): boolean => !asking.has(path) && sent.get(path) !== reports.of(path).resultId
      if ([...documents.all()].some((document) => sent.has(document.path) && isStale(document))) {
        // A client that is going down does not answer any more.
        connection.languages.diagnostics.refresh().catch(() => undefined)
      }
      if (changed.length > 0) wake()
      return
    }
    for (const path of new Set([...changed.map((report) => report.path), ...sent.keys()])) {
      const { items, resultId } = reports.of(path)
      if ((sent.get(path) ?? NOTHING) === resultId) continue
      if (items.length === 0) sent.delete(path)
      else sent.set(path, resultId)
      const version = documents.get(path)?.version
      void connection.sendDiagnostics({
        uri: documents.uriOf(path),
        diagnostics: [...items],
        ...(version === undefined ? {} : { version }),
      })
    }
  }

  connection.languages.diagnostics.on(async ({ textDocument: { uri }, previousResultId }, token): Promise<DocumentDiagnosticReport> => {
    const path = pathOfUri(uri)
    if (path === null) return { kind: DocumentDiagnosticReportKind.Full, items: [] }
    asking.set(path, (asking.get(path) ?? 0) + 1)
    try {
      await unlessCancelled(folders().of(path)?.schedule.settled() ?? Promise.resolve(), token)
      const { items, resultId } = reports.of(path)
      sent.set(path, resultId)
      if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId }
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] }
    } finally {
      const left = (asking.get(path) ?? 1) - 1
      if (left === 0) asking.delete(path)
      else asking.set(path, left)
    }
  })

  connection.languages.diagnostics.onWorkspace(
    async ({ previousResultIds }, token, _progress, partial): Promise<WorkspaceDiagnosticReport> => {
      const known = knownIds(previousResultIds)
      await unlessCancelled(
        Promise.all(
          folders()
            .all()
            .map((project) => project.schedule.settled()),
        ),
        token,
      )
      let items = newsFor(known)
      // The first answer also says that there is an answer, where there is nothing to report.
      if (items.length > 0 || isFirst || isStopped) {
        isFirst = false
        return answer(items, partial)
      }
      // A client asks again two seconds after each answer. Holding the request costs nothing, and brings what is new at once.
      while (items.length === 0) {
        await unlessCancelled(new Promise<void>((resolve) => holding.push(resolve)), token)
        items = newsFor(known)
        if (isStopped) return { items: [] }
        if (partial === undefined || items.length === 0) continue
        partial.report({ items })
        items = []
      }
      return { items }
    },
  )

  /** Reports of all files that differ from what the client has; updates `known`. */
  function newsFor(known: Map<string, string>): WorkspaceDocumentDiagnosticReport[] {
    const news: WorkspaceDocumentDiagnosticReport[] = []
    const current = new Map(reports.all().map((report) => [report.path, report]))
    for (const { path, items, resultId } of current.values()) {
      if (known.get(path) === resultId) continue
      known.set(path, resultId)
      news.push({ ...addressOf(path), kind: DocumentDiagnosticReportKind.Full, resultId, items: [...items] })
    }
    for (const path of [...known.keys()]) {
      if (current.has(path)) continue
      // Without an id the client forgets the file, and never asks about it again.
      known.delete(path)
      news.push({ ...addressOf(path), kind: DocumentDiagnosticReportKind.Full, items: [] })
    }
    return news
  }

  function addressOf(path: string): { uri: string; version: number | null } {
    return { uri: documents.uriOf(path), version: documents.get(path)?.version ?? null }
  }

  return {
    analysed: (project) => {
      const state = project.state()
      if (state !== null) bring(reports.update(project.root, diagnosticsOf(state, documents, abilities().encoding)))
    },
    removed: (root) => bring(reports.update(root, new Map())),
    opened: (path) => {
      if (!abilities().pulls) sent.set(path, 'opened')
    },
    stop: () => {
      isStopped = true
      wake()
    },
  }
}

function knownIds(previous: readonly PreviousResultId[]): Map<string, string> {
  return new Map(previous.flatMap(({ uri, value }) => [pathOfUri(uri)].flatMap((path) => (path === null ? [] : [[path, value] as const]))))
}

/** All in one answer, or in parts where the client takes them. */
function answer(
  items: readonly WorkspaceDocumentDiagnosticReport[],
  partial: { report: (part: WorkspaceDiagnosticReport) => void } | undefined,
): WorkspaceDiagnosticReport {
  if (partial === undefined) return { items: [...items] }
  for (let at = 0; at < items.length; at += CHUNK) partial.report({ items: items.slice(at, at + CHUNK) })
  return { items: [] }
}

/** The promise's value; throws `RequestCancelled` as soon as the client gives up. */
export function unlessCancelled<Value>(promise: Promise<Value>, token: CancellationToken): Promise<Value> {
  return new Promise((resolve, reject) => {
    const cancel = (): void => reject(new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.'))
    const listener = token.onCancellationRequested(cancel)
    promise.then(resolve, reject).finally(() => listener.dispose())
    if (token.isCancellationRequested) cancel()
  })
}

// The documents that are open in the client: their text is what counts, whatever the disk holds.
import type { DidChangeTextDocumentParams, TextDocumentItem } from 'vscode-languageserver'
import { linesOf, type Encoding } from './positions.js'
import { pathOfUri, uriOfPath } from './uris.js'

export interface OpenDocument {
  /** As the client writes it. */
  readonly uri: string
  /** Absolute. */
  readonly path: string
  readonly version: number
  readonly text: string
}

export interface Documents {
  /** Each answers with the path whose text is to be analysed anew; null for a document that is no file, that is not open, or whose text does not count yet. */
  readonly open: (item: TextDocumentItem) => string | null
  readonly change: (params: DidChangeTextDocumentParams) => string | null
  readonly close: (uri: string) => string | null
  readonly get: (path: string) => OpenDocument | undefined
  /** The text of an open file; null for all others. */
  readonly textOf: (path: string) => string | null
  /** The text of an open file where it counts; null where what the disk holds does. */
  readonly countedTextOf: (path: string) => string | null
  /** The text of an open file counts until it changes again, also where only saved text does: it is about to be saved. True where that changes anything. */
  readonly countNow: (path: string) => boolean
  /** The text was saved: from now on the disk says it. */
  readonly saved: (uri: string) => string | null
  /** Whether what was typed into a file counts before it is saved. */
  readonly countsUnsaved: (path: string) => boolean
  readonly all: () => Iterable<OpenDocument>
  /** The client's own URI of an open file, else one made from the path. */
  readonly uriOf: (path: string) => string
}

export function createDocuments(encoding: () => Encoding, countsUnsaved: Documents['countsUnsaved']): Documents {
  const byPath = new Map<string, OpenDocument>()
  /** Files whose text counts although it is not saved. */
  const counted = new Set<string>()
  return {
    open: ({ uri, version, text }) => {
      const path = pathOfUri(uri)
      if (path !== null) byPath.set(path, { uri, path, version, text })
      return path
    },
    change: ({ textDocument: { uri, version }, contentChanges }) => {
      const path = pathOfUri(uri)
      const document = path === null ? undefined : byPath.get(path)
      if (path === null || document === undefined) return null
      let { text } = document
      for (const change of contentChanges) {
        if (!('range' in change)) {
          text = change.text
          continue
        }
        const lines = linesOf(text, encoding())
        const start = lines.offsetOf(change.range.start)
        text = text.slice(0, start) + change.text + text.slice(Math.max(start, lines.offsetOf(change.range.end)))
      }
      byPath.set(path, { uri, path, version, text })
      return counted.delete(path) || countsUnsaved(path) ? path : null
    },
    close: (uri) => {
      const path = pathOfUri(uri)
      if (path !== null) counted.delete(path)
      return path !== null && byPath.delete(path) ? path : null
    },
    get: (path) => byPath.get(path),
    textOf: (path) => byPath.get(path)?.text ?? null,
    countedTextOf: (path) => (counted.has(path) || countsUnsaved(path) ? (byPath.get(path)?.text ?? null) : null),
    countNow: (path) => {
      if (!byPath.has(path) || countsUnsaved(path) || counted.has(path)) return false
      counted.add(path)
      return true
    },
    saved: (uri) => {
      const path = pathOfUri(uri)
      if (path === null || countsUnsaved(path)) return null
      counted.delete(path)
      return path
    },
    countsUnsaved,
    all: () => byPath.values(),
    uriOf: (path) => byPath.get(path)?.uri ?? uriOfPath(path),
  }
}

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
  /** Each answers with the path that changed; null for a document that is no file, or that is not open. */
  readonly open: (item: TextDocumentItem) => string | null
  readonly change: (params: DidChangeTextDocumentParams) => string | null
  readonly close: (uri: string) => string | null
  readonly get: (path: string) => OpenDocument | undefined
  /** The text of an open file; null for all others. */
  readonly textOf: (path: string) => string | null
  readonly all: () => Iterable<OpenDocument>
  /** The client's own URI of an open file, else one made from the path. */
  readonly uriOf: (path: string) => string
}

export function createDocuments(encoding: () => Encoding): Documents {
  const byPath = new Map<string, OpenDocument>()
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
      return path
    },
    close: (uri) => {
      const path = pathOfUri(uri)
      return path !== null && byPath.delete(path) ? path : null
    },
    get: (path) => byPath.get(path),
    textOf: (path) => byPath.get(path)?.text ?? null,
    all: () => byPath.values(),
    uriOf: (path) => byPath.get(path)?.uri ?? uriOfPath(path),
  }
}

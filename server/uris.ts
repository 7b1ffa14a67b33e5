// Paths and the URIs that clients write for them.
import { fileURLToPath, pathToFileURL } from 'node:url'

/** The absolute path of a `file:` URI; null for documents of another kind. Clients encode the same path in different ways, so paths are compared and not URIs. */
export function pathOfUri(uri: string): string | null {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : null
  } catch {
    return null
  }
}

export function uriOfPath(path: string): string {
  return pathToFileURL(path).href
}

// `parapet lsp`: the language server, for editors that start it themselves.
import { startServer } from '../../server/start.js'
import { VERSION } from '../version.js'

/** Serves on the process's streams until the editor ends it; it answers never, since an answer would end the process. */
export function lsp(): Promise<never> {
  startServer(VERSION)
  return new Promise(() => undefined)
}

// Whether findings of a folder are still to come: until then nobody has to wait for an answer about them.
import type { StatusParams } from '../server/protocol.js'

/**
 * True while the first analysis of a large project runs, during which the server answers nothing. A menu of quick fixes and a save would wait
 * for it, together with what other extensions have to say.
 */
export function isBeforeFirstAnalysis(status: StatusParams | null, folderUri: string | undefined): boolean {
  const folder = status?.folders.find(({ uri }) => uri === folderUri) ?? (status?.folders.length === 1 ? status.folders[0] : undefined)
  return folder !== undefined && folder.isBusy && folder.lastRun === null
}

// The settings of each folder: what the client says for all of them, and what it answers when it is asked about one.
import type { Connection } from 'vscode-languageserver'
import type { ParapetSettings } from './protocol.js'
import { uriOfPath } from './uris.js'

export interface FolderSettings {
  readonly of: (root: string) => ParapetSettings
  /** The client says what holds wherever it answers nothing else. */
  readonly say: (settings: ParapetSettings) => void
  /** Asks about these folders, where the client can be asked, and tells about those whose settings are others now. */
  readonly ask: (roots: readonly string[]) => Promise<void>
  /** Resolves when what was asked is answered, or after a while. */
  readonly known: () => Promise<void>
}

/** Milliseconds. A client that does not answer is no reason to find nothing. */
const PATIENCE = 2_000

export function createFolderSettings(
  connection: Connection,
  canAsk: () => boolean,
  onChanged: (roots: readonly string[]) => void,
): FolderSettings {
  let general: ParapetSettings = {}
  let own: ReadonlyMap<string, ParapetSettings> = new Map()
  const lastTold = new Map<string, string>()
  let asked = 0
  let answered: Promise<void> = Promise.resolve()

  const of = (root: string): ParapetSettings => own.get(root) ?? general

  function tell(roots: readonly string[]): void {
    // Until it is told of others, a folder has the general ones.
    const changed = roots.filter((root) => (lastTold.get(root) ?? JSON.stringify(general)) !== JSON.stringify(of(root)))
    for (const root of roots) lastTold.set(root, JSON.stringify(of(root)))
    if (changed.length > 0) onChanged(changed)
  }

  async function read(roots: readonly string[]): Promise<void> {
    asked += 1
    const question = asked
    const items = roots.map((root) => ({ scopeUri: uriOfPath(root), section: 'parapet' }))
    const answers: unknown[] = await connection.workspace.getConfiguration(items).catch(() => [])
    // What was asked later knows more.
    if (question !== asked) return
    own = new Map(roots.flatMap((root, index) => (answers[index] == null ? [] : [[root, settingsFrom(answers[index])] as const])))
    tell(roots)
  }

  return {
    of,
    say: (settings) => (general = settings),
    ask: (roots) => {
      if (!canAsk() || roots.length === 0) tell(roots)
      else answered = Promise.race([read(roots), pause(PATIENCE)])
      return answered
    },
    known: async () => {
      for (let waited: Promise<void> | null = null; waited !== answered;) {
        waited = answered
        await waited
      }
    },
  }
}

/** The section `parapet` of what the client says or is asked; what is not set, or as it is without being set, is left out. */
export function settingsFrom(value: unknown): ParapetSettings {
  if (typeof value !== 'object' || value === null) return {}
  const { enable, run, preset, minConfidence, baseline } = value as Readonly<Record<string, unknown>>
  return {
    ...(enable === false ? { enable } : {}),
    ...(run === 'onSave' ? { run } : {}),
    ...(preset === 'recommended' || preset === 'strict' ? { preset } : {}),
    ...(minConfidence === 'low' || minConfidence === 'medium' || minConfidence === 'high' ? { minConfidence } : {}),
    ...(typeof baseline === 'string' ? { baseline } : {}),
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref())
}

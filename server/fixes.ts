// Fixes as edits: of one finding, or of all that a filter lets through. The fixer of the command line does the work.
import { join } from 'node:path'
import type { Finding } from '../analyzer/check/finding.js'
import type { FixOutcome } from '../analyzer/fixAll.js'
import type { Fix, WorkspaceEdit } from '../analyzer/fix/fix.js'
import { rules } from '../rules/index.js'
import type { Documents } from './documents.js'
import type { ProjectState } from './projectState.js'
import { lineEdits } from './lineEdits.js'
import { textNow } from './workspaceEdits.js'

/** Loads the fixer ahead of its first use: whoever looks at a menu with fixes is about to choose one, and loading takes half a second. */
export function prepareFixer(): void {
  setImmediate(() => void import('../analyzer/fix/applyFixes.js').catch(() => undefined))
}

/** The edits of one finding's fix; null where it does not apply any more. The editor of fixes brings a parser with it, so it is loaded here and not before. */
export async function editsOfFinding({ fix }: Finding, state: ProjectState, documents: Documents): Promise<WorkspaceEdit | null> {
  const { editsOf } = await import('../analyzer/fix/applyFixes.js')
  if (fix === null) return null
  return editsOf(fix, { model: state.analysis.model, text: (file) => textNow(join(state.root, file), documents) })
}

export interface Selection {
  readonly grade: Fix['safety']
  readonly fits: (finding: Finding) => boolean
}

/** What `parapet check --fix` would write for these findings, as edits of the texts as they are now. */
export async function editsOfAll(state: ProjectState, documents: Documents, selection: Selection): Promise<WorkspaceEdit> {
  const before = (file: string): string => textNow(join(state.root, file), documents) ?? ''
  const { texts } = await fixOutcome(state, documents, selection)
  return new Map([...texts].map(([file, text]) => [file, lineEdits(before(file), text)]))
}

async function fixOutcome(state: ProjectState, documents: Documents, { grade, fits }: Selection): Promise<FixOutcome> {
  const { fixAll } = await import('../analyzer/fixAll.js')
  const { analysis, project, regions, root, known } = state
  return fixAll({ ...project, files: analysis.model.files, packages: analysis.model.packages }, rules, {
    ...regions,
    only: [],
    grade,
    fits,
    known,
    text: (file) => textNow(join(root, file), documents),
  })
}

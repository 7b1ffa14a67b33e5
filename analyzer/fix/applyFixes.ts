// Runs fixes: one to its edits, many to one set of edits that do not get in each other's way.
import { editorOf } from './editor.js'
import { applyEdits, overlap, withoutDoubleGaps } from './editList.js'
import type { PlacedEdit } from './editList.js'
import { FixRefused } from './fix.js'
import type { Fix, WorkspaceEdit } from './fix.js'
import { createOpener } from './openFile.js'
import type { FixContext, Opener } from './openFile.js'
import { isSoundText } from './soundText.js'

/** The edits of one fix; null where it does not apply: a verb refused, nothing would change, or the result would not parse. */
export function editsOf(fix: Fix, context: FixContext): WorkspaceEdit | null {
  const edits = placedEdits(fix, context, createOpener(context))
  if (edits === null || edits.size === 0) return null
  return isSound(edits, context) ? settled(edits) : null
}

/**
 * The edits of each fix alone; those that do not apply, or fail, are not among them. Files are parsed once for all, and results are looked at
 * together as far as they fit together: on a large project one look at each result took longer than everything else.
 */
export function editsOfEach(fixes: readonly Fix[], context: FixContext): ReadonlyMap<Fix, WorkspaceEdit> {
  const opener = createOpener(context)
  const all = new Map<Fix, Edits>()
  for (const fix of fixes) {
    const edits = placedOrNull(fix, context, opener)
    if (edits !== null && edits.size > 0) all.set(fix, edits)
  }
  let merged: Edits = new Map()
  const together = new Set<Fix>()
  for (const [fix, edits] of all) {
    const next = join(merged, edits)
    if (next === null) continue
    merged = next
    together.add(fix)
  }
  const isTogetherSound = isSound(merged, context)
  return new Map([...all].filter(([fix, edits]) => (isTogetherSound && together.has(fix)) || isSound(edits, context)))
}

function placedOrNull(fix: Fix, context: FixContext, opener: Opener): Edits | null {
  try {
    return placedEdits(fix, context, opener)
  } catch {
    return null
  }
}

/** What several fixes come to when they are applied at once. */
export interface MergedFixes {
  readonly edits: WorkspaceEdit
  /** Those whose edits are in it, in the given order. The others wait for the next pass, or do not apply. */
  readonly applied: readonly Fix[]
}

/**
 * Merges the fixes of one pass. One that overlaps with an earlier one, or would make the text unparsable beside it, is left out.
 * Insertions that several fixes ask for alike (imports, dependencies) are made once.
 */
export function mergeFixes(fixes: readonly Fix[], context: FixContext): MergedFixes {
  let merged: Edits = new Map()
  const applied: Fix[] = []
  const waiting: { fix: Fix; edits: Edits }[] = []
  const opener = createOpener(context)
  for (const fix of fixes) {
    const edits = placedEdits(fix, context, opener)
    if (edits !== null && edits.size > 0) waiting.push({ fix, edits })
  }
  // Nearly always all of them fit together, which one look at the result proves.
  for (const { fix, edits } of waiting) {
    const next = join(merged, edits)
    if (next === null) continue
    merged = next
    applied.push(fix)
  }
  if (isSound(merged, context)) return { edits: settled(merged), applied }
  return oneByOne(waiting, context)
}

/** New texts by file. */
export function textsAfter(edits: WorkspaceEdit, context: FixContext): Map<string, string> {
  return new Map([...edits].map(([file, list]) => [file, applyEdits(context.text(file) ?? '', list)]))
}

type Edits = ReadonlyMap<string, readonly PlacedEdit[]>

function placedEdits(fix: Fix, context: FixContext, opener: Opener): Edits | null {
  const running = editorOf(context, opener)
  try {
    fix.edit(running.editor)
    return running.finish()
  } catch (error) {
    if (error instanceof FixRefused) return null
    throw error
  }
}

function oneByOne(waiting: readonly { fix: Fix; edits: Edits }[], context: FixContext): MergedFixes {
  let merged: Edits = new Map()
  const applied: Fix[] = []
  for (const { fix, edits } of waiting) {
    const next = join(merged, edits)
    if (next === null || !isSound(next, context)) continue
    merged = next
    applied.push(fix)
  }
  return { edits: settled(merged), applied }
}

function settled(edits: Edits): Edits {
  return new Map([...edits].map(([file, list]) => [file, withoutDoubleGaps(list)]))
}

/** Both sets of edits; null where they overlap, bind one name twice, or add arguments to one call. */
function join(one: Edits, other: Edits): Edits | null {
  const result = new Map(one)
  for (const [file, added] of other) {
    const before = result.get(file) ?? []
    let list = [...before]
    const closings: PlacedEdit[] = []
    for (const edit of added) {
      const twin = list.find((each) => isTwin(each, edit))
      // A required module must be there before its first use, so of two places the earlier one serves both.
      if (twin !== undefined) {
        if (edit.start < twin.start) list = list.map((each) => (each === twin ? edit : each))
        continue
      }
      // A second statement for one module waits: in the next pass its name joins the first.
      if (edit.module !== undefined && list.some((each) => each.module === edit.module)) return null
      // In the next pass an option joins the options that the first one added, and is no argument behind them.
      if (edit.countedIn !== undefined && before.some((each) => each.countedIn === edit.countedIn)) return null
      if (list.some((each) => overlap(each, edit) || (each.binds !== undefined && each.binds === edit.binds))) return null
      // What was wrapped first closes last.
      if (edit.rank === 'closing') closings.push(edit)
      else list.push(edit)
    }
    result.set(file, [...closings, ...list])
  }
  return result
}

function isTwin(a: PlacedEdit, b: PlacedEdit): boolean {
  if (a.text !== b.text) return false
  return (a.start === b.start && a.end === b.end) || (a.rank === 'import' && b.rank === 'import')
}

function isSound(edits: Edits, context: FixContext): boolean {
  return [...textsAfter(edits, context)].every(([file, text]) => isSoundText(file, text, context.text(file) ?? ''))
}

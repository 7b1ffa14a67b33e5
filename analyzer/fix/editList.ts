// Edits of one text: their order, their overlaps, and what the text becomes.
import type { TextEdit } from './fix.js'

/** An edit that knows which of several insertions at one place comes first, and which import it makes. */
export interface PlacedEdit extends TextEdit {
  readonly rank: Rank
  /** What it declares: the local name of an import, a file, a constructor. Two edits of one file that declare the same do not fit together. */
  readonly binds?: string
  /** The module of an import statement that is new. */
  readonly module?: string
  /** Where the call ends whose arguments become more: what another fix takes for its second argument is its third from then on. */
  readonly countedIn?: number
  /** Insertions of several fixes at one place that have one come in its order: packages between two neighbours. */
  readonly sortedBy?: string
}

/** Imports stand before what uses them. What wraps an expression stands next to it: statements beside it come further out. */
export type Rank = 'closing' | 'import' | 'afterImports' | 'statement' | 'opening'

const order: Readonly<Record<Rank, number>> = { closing: 0, import: 1, afterImports: 2, statement: 3, opening: 4 }

/** The text after the edits, which must not overlap; insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = ''
  let offset = 0
  for (const edit of sortEdits(edits)) {
    result += text.slice(offset, edit.start) + edit.text
    offset = edit.end
  }
  return result + text.slice(offset)
}

/** Declarations behind the imports, and imports where there were none, set themselves apart from what follows; where another one follows, that does so itself. */
export function withoutDoubleGaps(edits: readonly PlacedEdit[]): readonly PlacedEdit[] {
  const sorted = sortEdits(edits)
  return sorted.map((edit, index) => (isFollowed(edit, sorted[index + 1]) ? { ...edit, text: edit.text.replace(/\r?\n$/, '') } : edit))
}

function isFollowed(edit: TextEdit, next: TextEdit | undefined): boolean {
  const isDeclaration = (one: TextEdit): boolean => rankOf(one) === order.afterImports && /^\r?\n/.test(one.text)
  const isFirstImport = (one: TextEdit): boolean => rankOf(one) === order.import && /\n\r?\n$/.test(one.text)
  if (next?.start !== edit.start) return false
  return (isDeclaration(edit) && isDeclaration(next)) || (isFirstImport(edit) && isFirstImport(next))
}

/** Sorted by place; an insertion stands before a replacement that begins where it stands. */
export function sortEdits<Edit extends TextEdit>(edits: readonly Edit[]): Edit[] {
  return edits
    .map((edit, index) => ({ edit, index }))
    .sort(
      (a, b) =>
        a.edit.start - b.edit.start ||
        a.edit.end - b.edit.end ||
        rankOf(a.edit) - rankOf(b.edit) ||
        compareNames(a.edit, b.edit) ||
        a.index - b.index,
    )
    .map(({ edit }) => edit)
}

/** True when two edits touch the same characters. Insertions at one place do not. */
export function overlap(a: TextEdit, b: TextEdit): boolean {
  if (a.start === a.end && b.start === b.end) return false
  if (a.start === a.end) return b.start < a.start && a.start < b.end
  if (b.start === b.end) return a.start < b.start && b.start < a.end
  return a.start < b.end && b.start < a.end
}

export function hasOverlap(edits: readonly TextEdit[]): boolean {
  const sorted = sortEdits(edits)
  return sorted.some((edit, index) => {
    const next = sorted[index + 1]
    return next !== undefined && overlap(edit, next)
  })
}

/** What has no such name comes first, so that the order is one whatever stands between. */
function compareNames(a: PlacedEdit | TextEdit, b: PlacedEdit | TextEdit): number {
  const one = nameOf(a)
  const other = nameOf(b)
  return one === other ? 0 : one < other ? -1 : 1
}

function nameOf(edit: PlacedEdit | TextEdit): string {
  return 'sortedBy' in edit ? (edit.sortedBy ?? '') : ''
}

function rankOf(edit: TextEdit): number {
  return 'rank' in edit ? order[(edit as PlacedEdit).rank] : order.statement
}

// Edits of the fixer as edits of the protocol: with versions, so that the client refuses stale ones.
import { basename, join } from 'node:path'
import type { ChangeAnnotation, CreateFile, SnippetTextEdit, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver'
import { sortEdits } from '../analyzer/fix/editList.js'
import type { TextEdit as OffsetEdit, WorkspaceEdit as FixEdits } from '../analyzer/fix/fix.js'
import { readEditableText } from '../workspace/writeFiles.js'
import type { ClientAbilities } from './clientAbilities.js'
import type { Documents } from './documents.js'
import { linesOf, type Lines } from './positions.js'
import { uriOfPath } from './uris.js'

/** Why an edit cannot be made. The message is for the user. */
export class EditRefused extends Error {}

export interface EditOptions {
  /** What the user is asked before anything is written; null where nobody needs to be asked. */
  readonly confirm: string | null
  /** The edits' texts are snippets. */
  readonly isSnippet?: true
}

const CONFIRMATION = 'parapet'

/** `edits` by project-relative file, for the texts as they are now. */
export function workspaceEditOf(
  edits: FixEdits,
  root: string,
  documents: Documents,
  abilities: ClientAbilities,
  { confirm, isSnippet }: EditOptions,
): WorkspaceEdit {
  const isAnnotated = confirm !== null && abilities.annotatesEdits && abilities.versionedEdits
  const changes: (TextDocumentEdit | CreateFile)[] = []
  const plain: Record<string, TextEdit[]> = {}
  for (const [file, list] of edits) {
    const path = join(root, file)
    const text = textNow(path, documents)
    const uri = text === null ? uriOfPath(path) : documents.uriOf(path)
    if (text === null) {
      if (!abilities.versionedEdits || !abilities.createsFiles)
        throw new EditRefused(`The fix makes the file ${file}, which this editor cannot do.`)
      changes.push({ kind: 'create', uri, options: { ignoreIfExists: true } })
    }
    const lines = linesOf(text ?? '', abilities.encoding)
    const converted = joined(list).map((edit) => textEdit(edit, lines))
    plain[uri] = converted
    const annotated = isAnnotated ? converted.map((edit) => ({ ...edit, annotationId: CONFIRMATION })) : converted
    changes.push({
      textDocument: { uri, version: documents.get(path)?.version ?? null },
      edits: isSnippet === true ? converted.map(asSnippet) : annotated,
    })
  }
  if (!abilities.versionedEdits) return { changes: plain }
  if (!isAnnotated) return { documentChanges: changes }
  return { documentChanges: changes, changeAnnotations: { [CONFIRMATION]: annotationFor(confirm, [...edits.keys()]) } }
}

/** What an editor holds, else what the disk does; null for a file that is not there. */
export function textNow(path: string, documents: Documents): string | null {
  return documents.textOf(path) ?? readEditableText(path)
}

function annotationFor(label: string, files: readonly string[]): ChangeAnnotation {
  return { label, needsConfirmation: true, description: `changes ${files.map((file) => basename(file)).join(', ')}` }
}

function textEdit({ start, end, text }: OffsetEdit, lines: Lines): TextEdit {
  return { range: lines.rangeOf({ start, end }), newText: text }
}

function asSnippet({ range, newText }: TextEdit): SnippetTextEdit {
  return { range, snippet: { kind: 'snippet', value: newText } }
}

/** Edits that touch each other become one: clients do not agree on the order of several at one place. */
function joined(edits: readonly OffsetEdit[]): readonly OffsetEdit[] {
  const result: OffsetEdit[] = []
  for (const { start, end, text } of sortEdits(edits)) {
    const last = result.at(-1)
    if (last !== undefined && last.end === start) result[result.length - 1] = { start: last.start, end, text: last.text + text }
    else result.push({ start, end, text })
  }
  return result
}

// Adds statements at the fixed places of a file, after its imports and at its end, and makes new files.
import { afterImportsPlace } from './importPlace.js'
import type { OpenFile, SourceFile } from './openFile.js'
import { restyleStatements } from './restyle.js'
import type { Style } from './style.js'

export function addAfterImports(file: SourceFile, code: string): void {
  const { lineEnd } = file.style
  const text = restyleStatements(code, file.style, '')
  const place = afterImportsPlace(file)
  const rest = file.text.slice(place.offset)
  const isSetApart = /^[ \t]*(\r?\n[ \t]*){2}/.test(rest) || rest.trim() === ''
  const inserted =
    place.side === 'after' ? lineEnd + lineEnd + text + (isSetApart ? '' : lineEnd) : text + lineEnd + (rest.trim() === '' ? '' : lineEnd)
  file.edits.push({ start: place.offset, end: place.offset, text: inserted, rank: 'afterImports' })
}

export function addAtEnd(file: SourceFile, code: string): void {
  const { lineEnd } = file.style
  const end = file.text.trimEnd().length
  const tail = /\n$/.test(file.text) ? '' : lineEnd
  const text = restyleStatements(code, file.style, '')
  const previous = file.parsed.tokens.at(-1)?.value
  const guard = /^[([`+\-/]/.test(text) && previous !== undefined && !/^[;}]$/.test(previous) ? ';' : ''
  file.edits.push({ start: end, end, text: `${end === 0 ? '' : lineEnd + lineEnd}${guard}${text}${tail}`, rank: 'statement' })
}

/** A file that does not exist yet is one insertion at 0. It binds its own name: two fixes that make it differently wait for each other. */
export function newFile(name: string, code: string, style: Style): OpenFile {
  const text = restyleStatements(code, style, '') + style.lineEnd
  return { name, text: '', parsed: null, style, edits: [{ start: 0, end: 0, text, rank: 'statement', binds: name }] }
}

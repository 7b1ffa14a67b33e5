// Limits what parsers and uploads take: the fixes.
import { suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { BodyLimit } from './bodyLimits.js'
import type { Repair } from './uploadLimits.js'

/** null where the limit is no literal. */
export function limitBodies({ value, unit }: BodyLimit): Fix | null {
  if (value?.kind !== 'literal') return null
  return suggestion('Take bodies of 1 MB at most', (editor) => editor.replace(value.at, unit === 'text' ? "'1mb'" : '1024 * 1024'))
}

/** Limits the files of all uploads that can be repaired; null where the first of them cannot. */
export function limitUploads(uploads: readonly { readonly repair: Repair | null }[]): Fix | null {
  const repairs = uploads.flatMap(({ repair }) => repair ?? [])
  if (uploads[0]?.repair == null) return null
  return suggestion('Take files of 5 MB at most', (editor) => repairs.forEach((repair) => limitFiles(editor, repair)))
}

const FILE_SIZE = '5 * 1024 * 1024'

function limitFiles(editor: Editor, repair: Repair): void {
  if (repair.kind === 'replace') return editor.replace(repair.at, FILE_SIZE)
  const [outer = '', inner] = repair.path
  // express-fileupload cuts files off at the limit and goes on, unless it is told to refuse them.
  if (repair.refuses === 'when asked' && repair.isBare) {
    const options = `{ ${outer}: { ${inner ?? ''}: ${FILE_SIZE} }, abortOnLimit: true }`
    return editor.insertArgument(repair.at, repair.argument, options)
  }
  if (repair.refuses === 'when asked') editor.setProperty(repair.at, 'abortOnLimit', 'true', repair.argument)
  editor.setProperty(repair.at, outer, inner === undefined ? FILE_SIZE : `{ ${inner}: ${FILE_SIZE} }`, repair.argument)
}

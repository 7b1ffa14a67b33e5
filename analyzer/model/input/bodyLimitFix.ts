// Limits what parsers and uploads take: the fixes.
import { suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { BodyLimit } from './bodyLimits.js'
import { knowsMulterErrors } from './multerErrors.js'
import type { ProjectModel } from '../model.js'
import type { Repair, UnlimitedUpload } from './uploadLimits.js'

/** null where the limit is no literal. */
export function limitBodies({ value, unit }: BodyLimit): Fix | null {
  if (value?.kind !== 'literal') return null
  return suggestion('Take bodies of 1 MB at most', (editor) => editor.replace(value.at, unit === 'text' ? "'1mb'" : '1024 * 1024'))
}

/** Limits the files of all uploads that can be repaired; null where the first of them cannot. */
export function limitUploads(model: ProjectModel, uploads: readonly UnlimitedUpload[]): Fix | null {
  const [first] = uploads
  if (first?.repair == null) return null
  const repairs = uploads.flatMap(({ repair }) => repair ?? [])
  const rest = whatIsLeft(model, first)
  const title = `Take files of 5 MB at most${rest === null ? '' : ` (${rest})`}`
  return suggestion(title, (editor) => repairs.forEach((repair) => limitFiles(editor, repair)))
}

/** What the limit alone does not do with a larger file. Nest and express-fileupload answer it with 413 (measured). */
function whatIsLeft(model: ProjectModel, { name, isInterceptor }: UnlimitedUpload): string | null {
  if (name === 'multer()' && !isInterceptor && !knowsMulterErrors(model)) return 'larger ones fail with a MulterError: answer it with 413'
  return /busboy\(\)$/.test(name) ? 'larger ones are cut off: refuse what is truncated' : null
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

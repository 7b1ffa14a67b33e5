// Reads a file unless it is too large, not text, or written for machines.
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { deploymentFormat } from '../analyzer/extract/deploymentFormat.js'
import { fileKindOf, hasNodeShebang, isForNginx, isMinified } from './fileKinds.js'
import { readTextFile } from './readTextFile.js'

export interface LoadLimits {
  /** Most files that are read. */
  readonly files: number
  /** Bytes of all files that are read. */
  readonly totalBytes: number
  /** Bytes of one source file. */
  readonly fileBytes: number
  /** Bytes of one JSON file. A larger one holds data, and no settings. */
  readonly jsonBytes: number
}

export const DEFAULT_LIMITS: LoadLimits = {
  files: 20_000,
  totalBytes: 256 * 1024 * 1024,
  fileBytes: 2 * 1024 * 1024,
  jsonBytes: 200 * 1024,
}

/** A reason of null is not worth a word. */
export type Read = { readonly text: string; readonly bytes: number } | { readonly text: null; readonly reason: string | null }

/** The text of a file found by the walk, or why it is left out. A file that is open in an editor is not asked of the disk. */
export function readWithin(root: string, file: string, limits: LoadLimits, openText: string | null = null): Read {
  if (openText !== null) return accepted(file, openText, openText.length, limits)
  const absolute = join(root, file)
  let bytes: number
  try {
    bytes = statSync(absolute).size
  } catch {
    return refuse('unreadable')
  }
  const tooLarge = refusedSize(file, bytes, limits)
  if (tooLarge !== null) return tooLarge
  const text = readTextFile(absolute)
  return text === null ? refuse('unreadable') : accepted(file, text, bytes, limits)
}

function accepted(file: string, text: string, bytes: number, limits: LoadLimits): Read {
  const kind = fileKindOf(file)
  if (text.slice(0, 1_024).includes('\0')) return refuse('not text')
  if (kind === 'source' && isMinified(text)) return refuse('minified')
  if (kind === 'script' && !hasNodeShebang(text)) return refuse(null)
  if (kind === 'deployment' && deploymentFormat(file) === 'nginx' && !isForNginx(file, text)) return refuse(null)
  return refusedSize(file, bytes, limits) ?? { text, bytes }
}

function refusedSize(file: string, bytes: number, limits: LoadLimits): Read | null {
  if (fileKindOf(file) === 'json' && bytes > limits.jsonBytes) return refuse(null)
  return bytes > limits.fileBytes ? refuse(`larger than ${Math.round(limits.fileBytes / 1024)} kB`) : null
}

function refuse(reason: string | null): Read {
  return { text: null, reason }
}

// Loads a project from disk: its files' facts and its settings.
import { statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import type { FileFacts } from '../analyzer/extract/facts.js'
import type { TsconfigFacts } from '../analyzer/link/resolveModule.js'
import type { PackageFacts } from '../analyzer/model/model.js'
import { discover } from './discover.js'
import type { SkippedPath } from './discover.js'
import { fileKindOf, hasNodeShebang, isMinified } from './fileKinds.js'
import { readPackages } from './packageFiles.js'
import { readTextFile } from './readTextFile.js'
import { readTsconfigs } from './tsconfigFiles.js'

export interface LoadOptions {
  /** Ceilings; what lies beyond them is in `skipped`. */
  readonly limits?: Partial<LoadLimits>
}

export interface LoadLimits {
  readonly files: number
  /** Bytes of all files that are read. */
  readonly totalBytes: number
  /** Bytes of one source file, and of one JSON file. */
  readonly fileBytes: number
  readonly jsonBytes: number
}

export interface Project {
  /** Absolute. */
  readonly root: string
  readonly files: ReadonlyMap<string, FileFacts>
  readonly packages: readonly PackageFacts[]
  readonly tsconfigs: readonly TsconfigFacts[]
  /** `.env*` files that exist but are ignored by git. */
  readonly ignoredFiles: readonly string[]
  readonly skipped: readonly SkippedPath[]
  /** Sentences for the user: ceilings, unreadable files, broken settings. */
  readonly warnings: readonly string[]
  /** The text of a file as it is on disk now; '' when it is gone. */
  readonly texts: (file: string) => string
}

const LIMITS: LoadLimits = { files: 20_000, totalBytes: 256 * 1024 * 1024, fileBytes: 2 * 1024 * 1024, jsonBytes: 200 * 1024 }

/** Reads the project in `folder`. Never throws for what the folder holds. */
export function loadProject(folder: string, options: LoadOptions = {}): Project {
  const root = resolve(folder)
  const limits = { ...LIMITS, ...options.limits }
  const found = discover(root, limits)
  const skipped = [...found.skipped]
  const files = new Map<string, FileFacts>()
  let bytes = 0
  for (const file of found.files) {
    const read = readWithin(root, file, limits, limits.totalBytes - bytes)
    if (typeof read.text !== 'string') {
      if (read.reason !== null) skipped.push({ path: file, reason: read.reason })
      continue
    }
    bytes += read.text.length
    files.set(file, extractFacts(file, read.text))
  }
  const { packages, broken } = readPackages(root, found.files)
  return {
    root,
    files,
    packages,
    tsconfigs: readTsconfigs(root, found.files),
    ignoredFiles: found.ignoredFiles,
    skipped,
    warnings: [...broken.map((file) => `${file} is not valid JSON, so its dependencies and scripts are not known.`)],
    texts: (file) => readTextFile(join(root, file)) ?? '',
  }
}

type Read = { readonly text: string } | { readonly text: null; readonly reason: string | null }

/** The text of a file, or why it is left out; a reason of null is not worth a word. */
function readWithin(root: string, file: string, limits: LoadLimits, bytesLeft: number): Read {
  const kind = fileKindOf(file)
  const refuse = (reason: string | null): Read => ({ text: null, reason })
  let size: number
  try {
    size = statSync(join(root, file)).size
  } catch {
    return refuse('unreadable')
  }
  if (kind === 'json' && size > limits.jsonBytes) return refuse(null)
  if (size > limits.fileBytes) return refuse(`larger than ${Math.round(limits.fileBytes / 1024)} kB`)
  if (size > bytesLeft) return refuse('beyond the ceiling of bytes')
  const text = readTextFile(join(root, file))
  if (text === null) return refuse('unreadable')
  if (text.slice(0, 1_000).includes('\0')) return refuse('binary')
  if (kind === 'source' && isMinified(text)) return refuse('minified')
  if (kind === 'script' && !hasNodeShebang(text)) return refuse(null)
  return { text }
}

// Loads a project from disk: its files' facts and its settings.
import { join, resolve } from 'node:path'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import type { FileFacts } from '../analyzer/extract/facts.js'
import type { TsconfigFacts } from '../analyzer/link/resolveModule.js'
import type { PackageFacts } from '../analyzer/model/model.js'
import { hashText } from '../analyzer/text/hash.js'
import { discover } from './discover.js'
import type { SkippedPath } from './discover.js'
import { openFactsCache } from './factsCache.js'
import type { FactsCache } from './factsCache.js'
import { readPackages } from './packageFiles.js'
import { readTextFile } from './readTextFile.js'
import { DEFAULT_LIMITS, readWithin } from './readWithin.js'
import type { LoadLimits } from './readWithin.js'
import { deferredFacts, seldomReadIn, type SeldomRead } from './seldomRead.js'
import { readTsconfigs } from './tsconfigFiles.js'

export interface LoadOptions {
  /** Ceilings; what lies beyond them is in `skipped`. */
  readonly limits?: Partial<LoadLimits>
  /** Where facts are kept between runs (see cacheFolderOf). Without it nothing is read from or written to a cache. */
  readonly cacheFolder?: string | null
  /** `asked`: the code of tests, examples and browsers is extracted when it is first looked into. For a single run over files that do not change meanwhile. */
  readonly extracts?: 'all' | 'asked'
  /** Project-relative files that are left out, as configuration asks for. */
  readonly isExcluded?: (file: string) => boolean
  /** The text that a file has in an editor, by absolute path; null for a file that is not open. The disk is not asked for an open file. */
  readonly openText?: (absolute: string) => string | null
  /** Project-relative files that are open, also where the disk has none yet. */
  readonly openFiles?: readonly string[]
  /** Facts that are known already, by project-relative path; they serve where the text is still the same. */
  readonly known?: ReadonlyMap<string, FileFacts>
}

export interface Project {
  /** Absolute. */
  readonly root: string
  /** By project-relative path, sorted. */
  readonly files: ReadonlyMap<string, FileFacts>
  readonly packages: readonly PackageFacts[]
  readonly tsconfigs: readonly TsconfigFacts[]
  /** `.env*` files that exist but are ignored by git. */
  readonly ignoredFiles: readonly string[]
  readonly skipped: readonly SkippedPath[]
  /** Sentences for the user: ceilings that were reached, settings that are broken. */
  readonly warnings: readonly string[]
  /** The text of a file as it is on disk now; '' when it is gone. */
  readonly texts: (file: string) => string
  /** Writes the cache, if there is one. Worth doing last, when the user has the answer. */
  readonly saveCache: () => void
}

/** Reads the project in `folder`. Never throws for what the folder holds. */
export function loadProject(folder: string, options: LoadOptions = {}): Project {
  for (const steps = loadInSteps(folder, options); ;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** Reads the project in `folder` and pauses after each file, with the number of files so far, so that a server can answer meanwhile. */
export function* loadInSteps(folder: string, options: LoadOptions = {}): Generator<number, Project> {
  const root = resolve(folder)
  const openText = options.openText ?? (() => null)
  const read = (absolute: string): string | null => openText(absolute) ?? readTextFile(absolute)
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const cache = typeof options.cacheFolder === 'string' ? openFactsCache(options.cacheFolder) : null
  const found = discover(root, limits)
  const all = [...new Set([...found.files, ...(options.openFiles ?? [])])].sort()
  const wanted = options.isExcluded === undefined ? all : all.filter((file) => options.isExcluded?.(file) !== true)
  const skipped = [...found.skipped]
  const files = new Map<string, FileFacts>()
  const { packages, broken } = readPackages(root, wanted, read)
  let bytesLeft = limits.totalBytes
  let refused = 0
  const readable = function* (): Generator<readonly [string, string]> {
    for (const file of wanted) {
      const content = readWithin(root, file, limits, openText(join(root, file)))
      if (content.text === null) {
        if (content.reason !== null) skipped.push({ path: file, reason: content.reason })
      } else if (content.bytes > bytesLeft) refused += 1
      else {
        bytesLeft -= content.bytes
        yield [file, content.text]
      }
    }
  }
  const texts = options.extracts === 'asked' ? new Map(readable()) : null
  const isDeferred: SeldomRead = texts === null ? () => false : seldomReadIn(packages, texts)
  for (const [file, text] of texts ?? readable()) {
    const again = (): FileFacts => factsOf(file, read(join(root, file)) ?? '', cache, root)
    const known = options.known?.get(file)
    if (known !== undefined && known.hash === hashText(text)) files.set(file, known)
    else files.set(file, isDeferred(file, text) ? deferredFacts(file, text, again) : factsOf(file, text, cache, root))
    yield files.size
  }
  if (refused > 0) skipped.push({ path: '.', reason: `${refused} files beyond the ceiling of ${limits.totalBytes} bytes in all` })
  return {
    root,
    files,
    packages,
    tsconfigs: readTsconfigs(root, wanted, read),
    ignoredFiles: found.ignoredFiles,
    skipped,
    warnings: [
      ...broken.map((file) => `${file} is not valid JSON, so its dependencies and scripts are not known.`),
      ...skipped.filter(({ path }) => path === '.').map(({ reason }) => `Not read: ${reason}.`),
    ],
    texts: (file) => read(join(root, file)) ?? '',
    saveCache: () => cache?.save(),
  }
}

function factsOf(file: string, text: string, cache: FactsCache | null, root: string): FileFacts {
  if (cache === null) return extractFacts(file, text)
  const known = cache.find(file, hashText(text), () => extractFacts(file, readTextFile(join(root, file)) ?? ''))
  if (known !== null) return known
  const facts = extractFacts(file, text)
  cache.add(facts, text)
  return facts
}

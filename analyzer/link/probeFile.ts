// Which known file a path without the project's file system means: extensions, emitted names, index files, build folders.
import type { PackageFacts } from '../model/model.js'
import type { TsconfigFacts } from './resolveModule.js'
import { folderOf, isInside, joinPath } from './filePath.js'

/** Node's order first, then what bundlers and TypeScript loaders add. */
const FROM_SCRIPT = ['.js', '.json', '.mjs', '.cjs', '.jsx', '.ts', '.tsx', '.mts', '.cts', '.d.ts'] as const
const FROM_TYPESCRIPT = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx', '.json', '.d.ts'] as const

/** What an emitted name is written as in the sources. */
const SOURCES_OF: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.mts', '.jsx', '.mjs'],
  '.mjs': ['.mts', '.ts', '.js'],
  '.cjs': ['.cts', '.ts', '.js'],
  '.jsx': ['.tsx'],
  '.d.ts': ['.ts', '.tsx', '.js'],
}

const BUILD_FOLDERS: ReadonlySet<string> = new Set([
  'dist',
  'build',
  'lib',
  'out',
  'output',
  'es',
  'esm',
  'cjs',
  'commonjs',
  'umd',
  '.build',
])

export type Importer = 'script' | 'typescript'

export function importerOf(file: string): Importer {
  return /\.[mc]?tsx?$/.test(file) ? 'typescript' : 'script'
}

/** Finds files by path. A prober belongs to one set of files. */
export interface Prober {
  /** The file, or the index file of the folder, that `path` means. */
  probe(path: string, importer: Importer): string | null
  /** The same for a path that may name build output of the package in `folder`, which is not in the sources. */
  probeBuilt(path: string, folder: string, importer: Importer): string | null
}

export function createProber(files: ReadonlySet<string>, packages: readonly PackageFacts[], tsconfigs: readonly TsconfigFacts[]): Prober {
  const mains = new Map(packages.map((item) => [item.folder, item.main]))

  function probeFile(path: string, importer: Importer): string | null {
    const extension = /\.d\.ts$|\.[^./]+$/.exec(path)?.[0]
    const stem = extension === undefined ? path : path.slice(0, -extension.length)
    const sources = (extension === undefined ? undefined : SOURCES_OF[extension])
      ?.map((item) => stem + item)
      .filter((item) => files.has(item))
    // TypeScript lets './util.js' mean util.ts even where the emitted util.js stands beside it.
    if (importer === 'typescript' && sources?.[0] !== undefined && extension !== '.d.ts') return sources[0]
    if (files.has(path)) return sourceTwin(path) ?? path
    for (const item of importer === 'typescript' ? FROM_TYPESCRIPT : FROM_SCRIPT) {
      if (files.has(path + item)) return sourceTwin(path + item) ?? path + item
    }
    return sources?.[0] ?? null
  }

  /** `util.js` beside `util.ts` was compiled from it: people read and mend the source. */
  function sourceTwin(path: string): string | null {
    const twin = path.replace(/\.([mc]?)js(x?)$/, '.$1ts$2')
    return twin !== path && files.has(twin) ? twin : null
  }

  function probe(path: string, importer: Importer): string | null {
    const asFolder = path.endsWith('/')
    const clean = asFolder ? path.slice(0, -1) : path
    const file = asFolder || clean === '' ? null : probeFile(clean, importer)
    if (file !== null) return file
    const main = mains.get(clean)
    const target = main === undefined || main === null ? null : joinPath(clean, main)
    const byMain = target === null || target === clean ? null : (probeFile(target, importer) ?? probeFile(indexIn(target), importer))
    return byMain ?? probeFile(indexIn(clean), importer)
  }

  function probeBuilt(path: string, folder: string, importer: Importer): string | null {
    for (const candidate of sourcePaths(path, folder, tsconfigs)) {
      const found = probe(candidate, importer)
      if (found !== null) return found
    }
    return probe(path, importer)
  }

  return { probe, probeBuilt }
}

function indexIn(folder: string): string {
  return folder === '' ? 'index' : `${folder}/index`
}

/** Where the source of build output may stand, best guess first: by outDir and rootDir, then by the usual names of build folders. */
function* sourcePaths(path: string, folder: string, tsconfigs: readonly TsconfigFacts[]): Generator<string> {
  for (const config of tsconfigs) {
    if (config.outDir === null || config.outDir === '' || !isInside(config.folder, folder) || !isInside(path, config.outDir)) continue
    const rest = path.slice(config.outDir.length + 1)
    // Without rootDir the compiler takes the common folder of its inputs, which is nearly always src or the project.
    const roots = config.rootDir === null ? [joinPath(config.folder, 'src'), config.folder] : [config.rootDir]
    for (const root of roots) if (root !== null) yield joinPath(root, rest) ?? rest
  }
  const inner = folder === '' ? path : path.slice(folder.length + 1)
  const segments = inner.split('/')
  let depth = 0
  while (depth < 2 && depth < segments.length - 1 && BUILD_FOLDERS.has(segments[depth] ?? '')) depth += 1
  for (let cut = depth; cut > 0; cut -= 1) {
    const rest = segments.slice(cut).join('/')
    yield joinPath(folder, `src/${rest}`) ?? rest
    yield joinPath(folder, rest) ?? rest
  }
}

/** The package whose folder is nearest above `file`. */
export function packageOf(file: string, packages: readonly PackageFacts[]): PackageFacts | null {
  let best: PackageFacts | null = null
  for (const item of packages) {
    if (isInside(folderOf(file), item.folder) && (best === null || item.folder.length > best.folder.length)) best = item
  }
  return best
}

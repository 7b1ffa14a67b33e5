// Reads tsconfig files into TsconfigFacts, with their `extends` chains folded in.
import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { parse } from 'jsonc-parser'
import type { TsconfigFacts } from '../analyzer/link/resolveModule.js'
import { readTextFile } from './readTextFile.js'

interface CompilerOptions {
  readonly baseUrl?: string
  readonly paths?: Readonly<Record<string, readonly string[]>>
  readonly outDir?: string
  readonly rootDir?: string
  readonly esModuleInterop?: boolean
  readonly module?: string
}

/** Options with every path absolute. */
interface FoldedOptions extends CompilerOptions {
  /** Where targets of `paths` start. */
  readonly pathsBase?: string
}

/** Reads tsconfig*.json and jsconfig.json among `files`, tsconfig.json first within a folder. */
export function readTsconfigs(root: string, files: readonly string[], read: ReadText = readTextFile): readonly TsconfigFacts[] {
  const names = files.filter((file) => /(^|\/)(tsconfig[^/]*|jsconfig)\.json$/.test(file))
  const isMain = (file: string): number => (/(^|\/)tsconfig\.json$/.test(file) ? 0 : 1)
  return names.sort((a, b) => isMain(a) - isMain(b)).map((file) => tsconfigFacts(root, file, read))
}

type ReadText = (absolute: string) => string | null

function tsconfigFacts(root: string, file: string, read: ReadText): TsconfigFacts {
  const options = fold(join(root, file), { depth: 0, configDir: dirname(join(root, file)) }, read)
  const inProject = (path: string | undefined): string | null => {
    if (path === undefined) return null
    const inner = relative(root, path).split(sep).join('/')
    return inner === '..' || inner.startsWith('../') || isAbsolute(inner) ? null : inner
  }
  const base = options.pathsBase ?? options.baseUrl ?? dirname(join(root, file))
  const paths = Object.entries(options.paths ?? {}).map(([pattern, targets]): [string, readonly string[]] => [
    pattern,
    (Array.isArray(targets) ? targets : [])
      .map((target) => inProject(resolve(base, inConfigDir(String(target), dirname(join(root, file))))))
      .filter((target) => target !== null),
  ])
  return {
    folder: dirname(file) === '.' ? '' : dirname(file),
    baseUrl: inProject(options.baseUrl),
    paths: Object.fromEntries(paths),
    outDir: inProject(options.outDir),
    rootDir: inProject(options.rootDir),
    esModuleInterop: options.esModuleInterop ?? /^(node\d+|nodenext|preserve)$/i.test(options.module ?? ''),
  }
}

interface Folding {
  readonly depth: number
  /** The folder of the file that all the others are read for. */
  readonly configDir: string
}

function inConfigDir(path: string, configDir: string): string {
  return path.replace('${configDir}', configDir)
}

/** Options of the file at `absolute` over those of what it extends. A chain longer than 10 is a cycle. */
function fold(absolute: string, { depth, configDir }: Folding, read: ReadText): FoldedOptions {
  const text = depth > 10 ? null : read(absolute)
  const content =
    text === null
      ? undefined
      : (parse(text, [], { allowTrailingComma: true }) as { extends?: unknown; compilerOptions?: unknown } | undefined)
  if (typeof content !== 'object' || content === null) return {}
  const folder = dirname(absolute)
  const parents = (Array.isArray(content.extends) ? content.extends : [content.extends]).filter(
    (item): item is string => typeof item === 'string',
  )
  const inherited = parents
    .map((item) => extendedFile(item, folder))
    .reduce<FoldedOptions>((all, file) => ({ ...all, ...(file === null ? {} : fold(file, { depth: depth + 1, configDir }, read)) }), {})
  const own = (
    typeof content.compilerOptions === 'object' && content.compilerOptions !== null ? content.compilerOptions : {}
  ) as CompilerOptions
  const place = (path: unknown): string | undefined =>
    typeof path === 'string' ? resolve(folder, inConfigDir(path, configDir)) : undefined
  const baseUrl = place(own.baseUrl)
  const outDir = place(own.outDir)
  const rootDir = place(own.rootDir)
  return {
    ...inherited,
    ...(typeof own.esModuleInterop === 'boolean' ? { esModuleInterop: own.esModuleInterop } : {}),
    ...(typeof own.module === 'string' ? { module: own.module } : {}),
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(outDir === undefined ? {} : { outDir }),
    ...(rootDir === undefined ? {} : { rootDir }),
    ...(typeof own.paths === 'object' && own.paths !== null ? { paths: own.paths, pathsBase: baseUrl ?? inherited.baseUrl ?? folder } : {}),
  }
}

/** A path, or a package in a node_modules folder above. */
function extendedFile(specifier: string, folder: string): string | null {
  const withJson = (path: string): string | null =>
    [path, `${path}.json`, join(path, 'tsconfig.json')].find((item) => item.endsWith('.json') && existsSync(item)) ?? null
  if (specifier.startsWith('.') || isAbsolute(specifier)) return withJson(resolve(folder, specifier))
  for (let current = folder; ; current = dirname(current)) {
    const found = withJson(join(current, 'node_modules', specifier))
    if (found !== null || current === dirname(current)) return found
  }
}

// How a file imports: by require or import, with which interop, with or without extensions.
import { parse } from 'jsonc-parser'
import { folderOf, foldersUpFrom, joinPath } from '../link/filePath.js'
import { existingImports } from './existingImports.js'
import type { FixContext, SourceFile } from './openFile.js'
import { packageAt } from '../model/versions.js'
import { allNodes } from './style.js'

export function isTypeScriptName(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file)
}

/** True when the file imports with `import`: by its own syntax, else by its name, else by the package's type. */
export function usesImport(context: FixContext, file: SourceFile): boolean {
  const { body } = file.parsed.program
  if (body.some((statement) => /^(Import|Export|TSExportAssignment|TSImportEquals)/.test(statement.type))) return true
  if (/\.m[jt]s$/.test(file.name)) return true
  if (/\.cjs$/.test(file.name) || requires(file)) return false
  return isTypeScriptName(file.name) || (packageAt(context.model, file.name)?.isModule ?? false)
}

/** True when Node runs the file, or what is compiled of it, as an ES module: the top of it may await. */
export function runsAsModule({ model }: Pick<FixContext, 'model'>, file: string): boolean {
  if (/\.c[jt]s$/.test(file)) return false
  return /\.m[jt]s$/.test(file) || (packageAt(model, file)?.isModule ?? false)
}

/** True when `import x from 'x'` reaches the `module.exports` of a CommonJS package, as far as the type checker is concerned. */
export function hasInterop(context: FixContext, file: string): boolean {
  if (!isTypeScriptName(file)) return true
  for (const folder of foldersUpFrom(folderOf(file))) {
    const name = folder === '' ? 'tsconfig.json' : `${folder}/tsconfig.json`
    if (context.text(name) !== null) return interopOf(context, name, 0) ?? true
  }
  return true
}

/** Deepest chain of `extends` that is followed. */
const EXTENDS_LIMIT = 5

/** TypeScript before 6 has interop off unless it is asked for; with `node16` and later module kinds it is always on. */
function interopOf(context: FixContext, name: string, depth: number): boolean | null {
  const text = context.text(name)
  if (text === null || depth > EXTENDS_LIMIT) return null
  const config: unknown = parse(text, [], { allowTrailingComma: true })
  if (!isRecord(config)) return null
  const options = isRecord(config['compilerOptions']) ? config['compilerOptions'] : {}
  if (typeof options['esModuleInterop'] === 'boolean') return options['esModuleInterop']
  if (options['allowSyntheticDefaultImports'] === true) return true
  if (typeof options['module'] === 'string' && /^(node|preserve|es|system)/i.test(options['module'])) return true
  const base = [config['extends']].flat().findLast((each) => typeof each === 'string')
  if (typeof base !== 'string') return depth === 0 ? isTypeScriptSix(context, name) : null
  const path = base.startsWith('.') ? joinPath(folderOf(name), /\.json$/.test(base) ? base : `${base}.json`) : null
  // A base that is a package (@tsconfig/node20) turns interop on: all of the published ones do.
  return path === null ? true : (interopOf(context, path, depth + 1) ?? isTypeScriptSix(context, name))
}

function isTypeScriptSix(context: FixContext, file: string): boolean {
  const owner = packageAt(context.model, file)
  const range = owner?.devDependencies['typescript'] ?? owner?.dependencies['typescript'] ?? ''
  const major = Number(/\d+/.exec(range)?.[0] ?? '6')
  return major >= 6
}

/**
 * Packages with a real default export, which `import x from` reaches with interop or without.
 * (Observed with TypeScript 5.9 on helmet 8, express-rate-limit 8, express-slow-down 3; the plugins of Fastify set `exports.default`.)
 */
const realDefaults: ReadonlySet<string> = new Set([
  'helmet',
  'express-rate-limit',
  'express-slow-down',
  'rate-limit-redis',
  'pino',
  'pino-http',
  'zod',
  'axios',
  'ioredis',
  'bcryptjs',
  'close-with-grace',
  'dotenv',
])

export function hasRealDefault(specifier: string): boolean {
  return realDefaults.has(specifier) || specifier.startsWith('.') || specifier.startsWith('@fastify/')
}

/** Packages whose default export has a name as well (observed on helmet 8, express-rate-limit 8, express-slow-down 3, pino 10). */
const namesOfDefaults: Readonly<Record<string, string>> = {
  helmet: 'helmet',
  'express-rate-limit': 'rateLimit',
  'express-slow-down': 'slowDown',
  pino: 'pino',
}

export function nameOfDefault(specifier: string): string | null {
  return namesOfDefaults[specifier] ?? null
}

/**
 * The specifier as the file writes them. One that starts with '/' names a file of the project and becomes relative.
 * Relative ones get an extension where the file's other relative imports have one, or where Node asks for it.
 */
export function specifierFor(context: FixContext, file: SourceFile, wanted: string, byImport: 'import' | 'require'): string {
  const specifier = wanted.startsWith('/') ? relative(folderOf(file.name), wanted.slice(1)) : wanted
  if (!specifier.startsWith('.')) return specifier
  const others = existingImports(file).filter((each) => each.specifier.startsWith('.'))
  const withExtension = others.filter((each) => /\.[cm]?[jt]sx?$/.test(each.specifier)).length
  const isNode = byImport === 'import' && (/\.m[jt]s$/.test(file.name) || (packageAt(context.model, file.name)?.isModule ?? false))
  const needsExtension = others.length > 0 ? withExtension * 2 > others.length : isNode
  const bare = specifier.replace(/\.[cm]?[jt]sx?$/, '')
  const ending = /\.[cm]?[jt]sx?$/.exec(specifier)?.[0] ?? ''
  // `.mjs` and `.cjs` are found by their names alone.
  if (!needsExtension && !/^\.[cm]/.test(ending)) return ending === '' ? specifier : bare.replace(/\/index$/, '') || '.'
  if (others.some((each) => /\.[cm]?ts$/.test(each.specifier))) return `${bare}${ending === '' ? '.ts' : ending}`
  return `${bare}.${/^\.([cm])/.exec(ending)?.[1] ?? ''}js`
}

function relative(folder: string, file: string): string {
  const from = folder === '' ? [] : folder.split('/')
  const to = file.split('/')
  let same = 0
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same += 1
  const up = '../'.repeat(from.length - same)
  return (up === '' ? './' : up) + to.slice(same).join('/')
}

function requires(file: SourceFile): boolean {
  return allNodes(file.parsed.program).some(
    (node) => node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'require',
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

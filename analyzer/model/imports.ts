// The names that a file binds at its top, by import or by require, and the project files behind them.
import type { SourceFacts, Statement } from '../extract/facts.js'
import { folderOf, joinPath } from '../link/filePath.js'
import { requiredModules } from '../link/requiredModules.js'
import type { ProjectModel } from './model.js'

export interface ImportedName {
  readonly local: string
  /** `default` for the whole of a CommonJS module, `*` for a namespace. */
  readonly imported: string
  readonly specifier: string
  /** False for a `require` that other code stands in front of, which does not have the name yet. */
  readonly isFirst: boolean
}

/** Imports of values and top-level `require`, in order. */
export function importedNames(facts: SourceFacts): readonly ImportedName[] {
  // Data imports nothing, and to ask for its contents would extract what nobody has looked into.
  if (facts.language === 'json') return []
  let names = known.get(facts)
  if (names === undefined) known.set(facts, (names = readImportedNames(facts)))
  return names
}

// Facts never change.
const known = new WeakMap<SourceFacts, readonly ImportedName[]>()

function readImportedNames(facts: SourceFacts): readonly ImportedName[] {
  const names = facts.imports.flatMap(({ isType, local, imported, specifier }) =>
    isType ? [] : [{ local, imported, specifier, isFirst: true }],
  )
  let isFirst = true
  for (const statement of facts.functions['']?.body ?? []) {
    const required = requiredNames(statement)
    names.push(...required.map((one) => ({ ...one, isFirst })))
    const isDirective = statement[0] === 'expression' && statement[2][0] === 'literal'
    if (required.length === 0 && !isDirective && statement[0] !== 'importModule') isFirst = false
  }
  return names
}

function requiredNames(statement: Statement): readonly Omit<ImportedName, 'isFirst'>[] {
  if (statement[0] !== 'declare') return []
  const [, , , pattern, value] = statement
  const call = value?.[0] === 'member' && value[3] === 'default' ? value[2] : value
  if (call?.[0] !== 'call' || call[2][0] !== 'name' || call[2][2] !== 'require') return []
  const specifier = call[3][0]?.[0] === 'literal' ? call[3][0][2] : null
  if (typeof specifier !== 'string') return []
  if (pattern[0] === 'name') return [{ local: pattern[2], imported: 'default', specifier }]
  if (pattern[0] !== 'objectPattern') return []
  return pattern[2].flatMap(({ key, value: target }) =>
    typeof key === 'string' && target[0] === 'name' ? [{ local: target[2], imported: key, specifier }] : [],
  )
}

/** The project file that a relative specifier means. null for packages, aliases and what is not there. */
export function fileBehind(model: ProjectModel, fromFile: string, specifier: string): string | null {
  if (!/^\.\.?(\/|$)/.test(specifier)) return null
  const path = joinPath(folderOf(fromFile), specifier)
  if (path === null) return null
  const stem = path.replace(/\.[mc]?jsx?$/, '')
  const candidates = [path, ...endings.flatMap((ending) => [path + ending, stem + ending])]
  return candidates.find((file) => model.files.get(file)?.kind === 'source') ?? null
}

/** Where an export of a file is declared, through modules that only pass it on; null where they lead out of the project, or in circles. */
export function declaredExport(
  model: ProjectModel,
  file: string,
  exported: string,
  depth = 0,
): { readonly file: string; readonly exported: string } | null {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source' || depth > MOST_BARRELS) return null
  const named = facts.exports.filter((one) => one.kind !== 'all').find((one) => one.exported === exported)
  const passedOn = named?.kind === 'local' ? facts.imports.find(({ local, isType }) => !isType && local === named.local) : named
  if (passedOn !== undefined) {
    const target = fileBehind(model, file, passedOn.specifier)
    return target === null ? null : declaredExport(model, target, passedOn.imported, depth + 1)
  }
  if (named !== undefined || !facts.hasModuleSyntax) return { file, exported }
  for (const one of facts.exports) {
    const target = one.kind === 'all' ? fileBehind(model, file, one.specifier) : null
    const found = target === null ? null : declaredExport(model, target, exported, depth + 1)
    if (found !== null) return found
  }
  return null
}

/** More modules that pass an export on are hardly ever nested. */
const MOST_BARRELS = 5

/** True when `file` is among what `from` loads: an import back would find a module that is not there yet. */
export function leadsTo(model: ProjectModel, from: string, file: string): boolean {
  const seen = new Set<string>()
  const pending = [from]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === file) return true
    const facts = model.files.get(next)
    if (seen.has(next) || facts?.kind !== 'source') continue
    seen.add(next)
    for (const specifier of requiredModules(facts)) {
      const target = fileBehind(model, next, specifier)
      if (target !== null) pending.push(target)
    }
  }
  return false
}

const endings = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '/index.ts', '/index.js']

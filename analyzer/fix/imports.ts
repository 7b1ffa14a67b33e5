// Adds imports: reuses what is there, extends a statement of the same module, avoids clashes of names.
import { joinPath, folderOf } from '../link/filePath.js'
import { existingImports, sameSpecifier } from './existingImports.js'
import type { Binding } from './existingImports.js'
import { importPlace, requirePlace } from './importPlace.js'
import { hasInterop, hasRealDefault, isTypeScriptName, nameOfDefault, specifierFor, usesImport } from './moduleSystem.js'
import { freeName, namesIn } from './names.js'
import type { FixContext, SourceFile } from './openFile.js'

/** An import to be written when the other edits of the file are known. */
export interface WantedImport {
  readonly specifier: string
  readonly imported: string
  readonly local: string
}

/** Finds or plans the binding; answers with its local name. */
export function planImport(context: FixContext, file: SourceFile, plan: WantedImport[], wanted: WantedImport): string {
  const isImport = usesImport(context, file)
  const specifier = specifierFor(context, file, wanted.specifier, isImport ? 'import' : 'require')
  const known = existingImports(file).find((each) => sameSpecifier(each.specifier, specifier) && holds(each, wanted.imported, file.name))
  if (known !== undefined) return known.local
  const module = wanted.specifier.startsWith('node:') && isNamed(wanted) ? moduleObject(file, specifier) : null
  if (module !== null) return `${module}.${wanted.imported}`
  const planned = plan.find((each) => each.specifier === specifier && each.imported === wanted.imported)
  if (planned !== undefined) return planned.local
  const taken = namesIn(file)
  for (const each of plan) taken.add(each.local)
  const telling = aliasFor(wanted, specifier)
  const local = taken.has(wanted.local) && !taken.has(telling) ? telling : freeName(wanted.local, aliasEnd(specifier), taken)
  plan.push({ specifier, imported: wanted.imported, local })
  return local
}

/** Another name that says what it is: by its package (`expressRateLimit`, `fastifyHelmet`, `NestLogger`), where that says more than the name. */
function aliasFor({ local }: WantedImport, specifier: string): string {
  const scope = /^@([a-z]+)(?:js)?\//.exec(specifier)?.[1]?.replace(/js$/, '')
  const bare = specifier.replace(/^@[^/]+\//, '').replaceAll(/[^\w]+(\w)/g, (_, letter: string) => letter.toUpperCase())
  const isClass = /^[A-Z]/.test(local)
  const words = scope === undefined ? (isClass || bare === local ? null : bare) : scope + local.charAt(0).toUpperCase() + local.slice(1)
  if (words === null || specifier.startsWith('.') || !/^[a-z][\w$]*$/i.test(words)) return local + aliasEnd(specifier)
  return isClass ? words.charAt(0).toUpperCase() + words.slice(1) : words
}

function aliasEnd(specifier: string): string {
  return specifier.startsWith('.') ? 'Module' : 'Package'
}

/** The local name of a module of Node as a whole, of which every export is a member however it was imported: `const crypto = require('crypto')`. */
function moduleObject(file: SourceFile, specifier: string): string | null {
  const whole = existingImports(file).find((each) => sameSpecifier(each.specifier, specifier) && /^(whole|default|\*)$/.test(each.imported))
  return whole?.local ?? null
}

/** Writes the planned imports as edits. */
export function writeImports(context: FixContext, file: SourceFile, plan: readonly WantedImport[]): void {
  if (plan.length === 0) return
  const isImport = usesImport(context, file)
  const limit = Math.min(...file.edits.map((edit) => edit.start), Infinity)
  const place = isImport ? importPlace(file) : requirePlace(file, limit)
  const fresh = grouped(plan.filter((wanted) => !extend(file, wanted)))
  const { lineEnd } = file.style
  fresh.forEach((group, index) => {
    const statement = isImport ? importStatement(context, file, group) : requireStatement(context, file, group)
    const gap = place.side === 'before' && index === fresh.length - 1 && !/^\s*$/.test(file.text.slice(place.offset)) ? lineEnd : ''
    const text = place.side === 'after' ? lineEnd + statement : statement + lineEnd + gap
    file.edits.push({ start: place.offset, end: place.offset, text, rank: 'import', binds: group[0].local, module: group[0].specifier })
  })
}

type Group = readonly [WantedImport, ...WantedImport[]]

/** Names of one module share a statement. */
function grouped(plan: readonly WantedImport[]): readonly Group[] {
  const groups: Group[] = []
  for (const wanted of plan) {
    const index = groups.findIndex(([first]) => isNamed(first) && isNamed(wanted) && first.specifier === wanted.specifier)
    const group = groups[index]
    if (group === undefined) groups.push([wanted])
    else groups[index] = [...group, wanted]
  }
  return groups
}

function isNamed({ imported }: WantedImport): boolean {
  return imported !== 'default' && imported !== '*'
}

function holds(binding: Binding, imported: string, file: string): boolean {
  if (binding.imported === imported) return true
  const known = nameOfDefault(binding.specifier)
  const isDefault = imported === 'default' || imported === known
  // `require` gives the module itself, which is the default export of a CommonJS package.
  if (binding.imported === 'whole') return isDefault || imported === '*'
  if (binding.imported === 'default' || binding.imported === known) return isDefault
  return binding.imported === '*' && imported === 'default' && isTypeScriptName(file)
}

/** Adds a name to the statement that imports others from the same module. */
function extend(file: SourceFile, wanted: WantedImport): boolean {
  if (wanted.imported === 'default' || wanted.imported === '*') return false
  const binding = existingImports(file).find(
    (each) =>
      sameSpecifier(each.specifier, wanted.specifier) && each.holder !== null && each.imported !== '*' && each.imported !== 'default',
  )
  const { holder } = binding ?? {}
  const names = holder?.type === 'ImportDeclaration' ? holder.specifiers : holder?.type === 'ObjectPattern' ? holder.properties : []
  const last = names.at(-1)
  if (holder === undefined || holder === null || last === undefined || last.type === 'RestElement') return false
  const separator = holder.type === 'ImportDeclaration' ? ' as ' : ': '
  const name = wanted.local === wanted.imported ? wanted.local : `${wanted.imported}${separator}${wanted.local}`
  const gap = /\s*$/.exec(file.text.slice(0, last.range[0]))?.[0] ?? ' '
  const text = `,${gap.includes('\n') ? gap : ' '}${name}`
  file.edits.push({ start: last.range[1], end: last.range[1], text, rank: 'statement', binds: wanted.local })
  return true
}

function importStatement(context: FixContext, file: SourceFile, group: Group): string {
  const [{ specifier, imported, local }] = group
  const isNamespace = imported === '*' || (imported === 'default' && !hasRealDefault(specifier) && !hasInterop(context, file.name))
  const names = isNamespace
    ? `* as ${local}`
    : imported === 'default'
      ? local
      : `{ ${group.map((one) => (one.imported === one.local ? one.local : `${one.imported} as ${one.local}`)).join(', ')} }`
  return `import ${names} from ${quoted(file, specifier)}${end(file)}`
}

function requireStatement(context: FixContext, file: SourceFile, group: Group): string {
  const [{ specifier, imported, local }] = group
  const call = `require(${quoted(file, specifier)})`
  if (imported === '*') return `const ${local} = ${call}${end(file)}`
  if (imported === 'default') return `const ${local} = ${call}${isModuleFile(context, file.name, specifier) ? '.default' : ''}${end(file)}`
  const names = group.map((one) => (one.imported === one.local ? one.local : `${one.imported}: ${one.local}`))
  return `const { ${names.join(', ')} } = ${call}${end(file)}`
}

/** True for a project file with ES module syntax: required, its default export is a property. */
function isModuleFile(context: FixContext, from: string, specifier: string): boolean {
  if (!specifier.startsWith('.')) return false
  const path = joinPath(folderOf(from), specifier)
  if (path === null) return false
  const names = ['', '.js', '.ts', '.mjs', '.cjs', '/index.js', '/index.ts'].map((extension) => path + extension)
  const facts = names.map((name) => context.model.files.get(name)).find((each) => each?.kind === 'source')
  return facts?.kind === 'source' && facts.hasModuleSyntax
}

function quoted(file: SourceFile, specifier: string): string {
  return file.style.quote + specifier + file.style.quote
}

function end(file: SourceFile): string {
  return file.style.semicolons ? ';' : ''
}

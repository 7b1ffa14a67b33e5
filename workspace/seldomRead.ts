// Files that most runs never look into: tests, examples, code for browsers, data. They are extracted when somebody first asks for their contents.
//
// In a monorepo half of the text is a front end, and more than half of its cost would be facts that nobody reads. Translations in JSON are several MB.
// What decides the role of a file, the packages that it loads, is told from its text.
import type { FileFacts, SourceFacts } from '../analyzer/extract/facts.js'
import { clientFolders, isClientPackage, isServerPackage } from '../analyzer/link/clientFolders.js'
import { foldersUpFrom, folderOf, isInside } from '../analyzer/link/filePath.js'
import { packageNames } from '../analyzer/link/packageAudience.js'
import { pathRole } from '../analyzer/link/pathRoles.js'
import type { PackageFacts } from '../analyzer/model/model.js'
import { hashText } from '../analyzer/text/hash.js'
import { ownText } from '../analyzer/text/ownText.js'
import { mayHoldSecrets } from '../analyzer/text/secretShapes.js'
import { fileKindOf } from './fileKinds.js'

/** Tells for a path and its text whether the file is one of those. */
export type SeldomRead = (file: string, text: string) => boolean

/**
 * For one set of packages and the texts of the project. What a server could be made of, and what speaks to Parapet in a comment, is always read.
 * Which folders hold code for browsers depends on all that stands in them.
 */
export function seldomReadIn(packages: readonly PackageFacts[], texts: ReadonlyMap<string, string> = new Map()): SeldomRead {
  const owners = new Map(packages.map((item) => [item.folder, item]))
  const clients = new Set(packages.filter(isForBrowsers).map((item) => item.folder))
  const browser = clientFolders(mayBeForBrowsers(packages, texts), new Set())
  return (file, text) => {
    const kind = fileKindOf(file)
    if (kind === 'json') return !text.includes('parapet-') && isPlainJson(text)
    if (kind !== 'source' || text.includes('parapet-') || text.startsWith('#!')) return false
    const folders = [...foldersUpFrom(folderOf(file))]
    const folder = folders.find((one) => owners.has(one)) ?? ''
    const role = pathRole(file, folder === '' ? file : file.slice(folder.length + 1), owners.get(folder)?.main)
    if (role !== null) return role !== 'config'
    if (folders.some((one) => browser.has(one))) return true
    return (clients.has(folder) || /\.[jt]sx$/.test(file)) && !modulesIn(text).some(isServerPackage)
  }
}

/** What the files load that depend on a library of views; the others load none, and need not be looked through. */
function* mayBeForBrowsers(
  packages: readonly PackageFacts[],
  texts: ReadonlyMap<string, string>,
): Generator<readonly [string, readonly string[]]> {
  const holders = packages.filter((item) => packageNames(item).some(isClientPackage)).map((item) => item.folder)
  for (const [file, text] of texts)
    if (fileKindOf(file) === 'source' && holders.some((folder) => isInside(file, folder))) yield [file, modulesIn(text)]
}

/** Whether there are facts for certain. What does not parse is extracted at once, since the report says so. */
function isPlainJson(text: string): boolean {
  try {
    return !nestsDeeply(JSON.parse(text), HARMLESS_DEPTH)
  } catch {
    return false
  }
}

/** JSON.parse knows no limit of depth, the extraction does. */
function nestsDeeply(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (left === 0) return true
  if (Array.isArray(value)) return value.some((item) => nestsDeeply(item, left - 1))
  for (const key in value) if (nestsDeeply((value as Readonly<Record<string, unknown>>)[key], left - 1)) return true
  return false
}

const HARMLESS_DEPTH = 200

function isForBrowsers(item: PackageFacts): boolean {
  const names = packageNames(item)
  return names.some(isClientPackage) && !names.some(isServerPackage)
}

/** Modules that a text loads, by its import statements and calls of `require`; types are none. */
export function modulesIn(text: string): readonly string[] {
  const names = new Set<string>()
  for (const [, name = ''] of text.matchAll(/(?:\bimport\s*\(?|\bfrom|\brequire\s*\()\s*['"]([^'"\n]+)['"]/g)) names.add(name)
  for (const [, name = ''] of text.matchAll(/\bimport\s+type\b[^'"]*?\bfrom\s*['"]([^'"\n]+)['"]/g)) names.delete(name)
  return [...names].map(ownText)
}

/** Facts of a source file of which the code is extracted at the first question about it; data has neither imports nor classes. */
export function deferredFacts(file: string, text: string, extract: () => FileFacts): SourceFacts {
  const isJson = file.endsWith('.json')
  let facts: SourceFacts | null = null
  const load = (): SourceFacts => {
    if (facts === null) {
      const found = extract()
      facts = found.kind === 'source' ? found : emptySource(file, found.hash)
    }
    return facts
  }
  return {
    kind: 'source',
    file,
    hash: hashText(text),
    language: isJson ? 'json' : /\.[cm]?tsx?$/i.test(file) ? 'ts' : 'js',
    loads: isJson ? [] : modulesIn(text),
    ...(isJson ? { mayHoldSecrets: mayHoldSecrets(text) } : {}),
    directives: [],
    length: text.length,
    hasShebang: false,
    get functions() {
      return load().functions
    },
    get classes() {
      return isJson ? {} : load().classes
    },
    get imports() {
      return isJson ? [] : load().imports
    },
    get exports() {
      return load().exports
    },
    get hasModuleSyntax() {
      return !isJson && load().hasModuleSyntax
    },
    get lineStarts() {
      return load().lineStarts
    },
  }
}

/** A file that does not parse does nothing. */
function emptySource(file: string, hash: string): SourceFacts {
  const body = {
    id: '',
    name: '',
    kind: 'module',
    isAsync: false,
    isGenerator: false,
    parameters: [],
    arity: 0,
    returnType: null,
    body: [],
    hasAwait: false,
    spans: [0, 0],
  } as const
  return {
    kind: 'source',
    file,
    hash,
    language: 'js',
    functions: { '': body },
    classes: {},
    imports: [],
    exports: [],
    hasModuleSyntax: false,
    directives: [],
    lineStarts: [0],
    length: 0,
    hasShebang: false,
  }
}

// The specifiers that a file imports or requires with a literal anywhere in its text.
import type { SourceFacts } from '../extract/facts.js'

/** In order of first appearance by function; each once. Type-only imports are left out. */
export function requiredModules(facts: SourceFacts): readonly string[] {
  const found = new Set<string>()
  for (const item of facts.imports) if (!item.isType) found.add(item.specifier)
  for (const item of facts.exports) if (item.kind !== 'local') found.add(item.specifier)
  for (const specifier of loadsInCode(facts)) found.add(specifier)
  return [...found]
}

// Facts never change, and to walk all of them is the dearest question about a file.
const walked = new WeakMap<SourceFacts['functions'], readonly string[]>()

/** What the code of a file loads, each once: module statements, `require("x")` and `import("x")` anywhere in its functions. */
export function loadsInCode(facts: SourceFacts): readonly string[] {
  // Data loads nothing, however large it is, and to ask for its contents would extract what nobody has looked into.
  if (facts.language === 'json') return []
  let loads = walked.get(facts.functions)
  if (loads === undefined) {
    const found = new Set<string>()
    for (const fn of Object.values(facts.functions)) visit(fn.body, found)
    walked.set(facts.functions, (loads = [...found]))
  }
  return loads
}

/** The same for what runs when the module is loaded, which is most of it and cheap to find. */
export function topLevelModules(facts: SourceFacts): readonly string[] {
  const found = new Set<string>()
  visit(facts.functions['']?.body, found)
  return [...found]
}

/** Walks tuples without knowing their kinds: only `require("x")`, `import("x")` and module statements are of interest. */
function visit(node: unknown, found: Set<string>): void {
  if (Array.isArray(node)) {
    const [kind, , first, second] = node as readonly unknown[]
    if (kind === 'importModule' && typeof first === 'string') found.add(first)
    else if (kind === 'call' && isRequire(first)) addLiteral(Array.isArray(second) ? (second as readonly unknown[])[0] : undefined, found)
    else if (kind === 'import') addLiteral(first, found)
    for (let index = 0; index < node.length; index++) {
      const item: unknown = node[index]
      if (typeof item === 'object') visit(item, found)
    }
  } else if (typeof node === 'object' && node !== null) {
    for (const item of Object.values(node)) if (typeof item === 'object') visit(item, found)
  }
}

function isRequire(callee: unknown): boolean {
  return Array.isArray(callee) && callee[0] === 'name' && callee[2] === 'require'
}

function addLiteral(argument: unknown, found: Set<string>): void {
  if (Array.isArray(argument) && argument[0] === 'literal' && typeof argument[2] === 'string') found.add(argument[2])
}

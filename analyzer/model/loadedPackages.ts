// Which packages production code loads, also where it uses nothing of them: `require('express-async-errors')`.
import type { SourceFacts } from '../extract/facts.js'
import type { ProjectModel } from './model.js'
import { recordedByName, recordedOnce } from './recorded.js'

/** Specifiers of packages that production files import or require. */
export const loadedPackages: (model: ProjectModel) => ReadonlySet<string> = recordedOnce((model) => {
  const found = new Set<string>()
  for (const file of model.productionFiles) for (const specifier of loadedIn(model, file)) found.add(specifier)
  return found
})

const loadedIn = recordedByName((model, file): ReadonlySet<string> => {
  const facts = model.files.get(file)
  return facts?.kind === 'source' ? loadedBy(facts) : nothing
})

const nothing: ReadonlySet<string> = new Set()

// Facts never change, and models of one session share most of them.
const ofFiles = new WeakMap<SourceFacts, ReadonlySet<string>>()

function loadedBy(facts: SourceFacts): ReadonlySet<string> {
  let found = ofFiles.get(facts)
  if (found === undefined) {
    const specifiers = new Set<string>()
    // Data loads nothing, however large it is.
    if (facts.language !== 'json') for (const fn of Object.values(facts.functions)) collect(fn.body, specifiers)
    ofFiles.set(facts, (found = specifiers))
  }
  return found
}

function collect(facts: unknown, found: Set<string>): void {
  if (typeof facts !== 'object' || facts === null) return
  if (!Array.isArray(facts)) {
    for (const part of Object.values(facts)) if (typeof part === 'object') collect(part, found)
    return
  }
  const parts: readonly unknown[] = facts
  const specifier = parts[0] === 'importModule' ? parts[2] : parts[0] === 'call' ? requiredBy(parts[2], parts[3]) : null
  if (typeof specifier === 'string' && !specifier.startsWith('.')) found.add(specifier.replace(/^node:/, ''))
  for (const part of parts) if (typeof part === 'object') collect(part, found)
}

function requiredBy(callee: unknown, args: unknown): unknown {
  const first: unknown = Array.isArray(args) ? args[0] : null
  const isRequire = Array.isArray(callee) && callee[0] === 'name' && callee[2] === 'require'
  return isRequire && Array.isArray(first) && first[0] === 'literal' ? first[2] : null
}

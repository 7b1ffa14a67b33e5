// A model without a boot, for tests of what comes after it: real facts of the given texts, everything else empty.
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import type { FileFacts } from '../analyzer/extract/facts.js'
import type { ProjectModel } from '../analyzer/model/model.js'
import type { Location } from '../analyzer/text/location.js'

export function handMadeModel(texts: Readonly<Record<string, string>>, parts: Partial<ProjectModel> = {}): ProjectModel {
  const files = new Map(Object.entries(texts).map(([file, text]): [string, FileFacts] => [file, extractFacts(file, text)]))
  const { calls = [], bindings = [] } = parts
  return {
    ...EMPTY,
    edit: { version: {}, before: null, changed: new Set() },
    files,
    parts: { calls: [calls], bindings: [bindings] },
    ...parts,
  }
}

/** The outermost node whose text is `code`; the `occurrence`-th of them in the file, from 0. */
export function locate(model: ProjectModel, file: string, text: string, code: string, occurrence = 0): Location {
  let start = -1
  for (let seen = 0; seen <= occurrence; seen++) start = text.indexOf(code, start + 1)
  const facts = model.files.get(file)
  if (start < 0 || !facts || facts.kind === 'unparsed') throw new Error(`no "${code}" in ${file}`)
  const functions: [string, readonly number[]][] =
    facts.kind === 'deployment' ? [['', facts.spans]] : Object.values(facts.functions).map((fn) => [fn.id, fn.spans])
  for (const [fn, spans] of functions.reverse()) {
    for (let node = fn === '' ? 0 : 1; 2 * node < spans.length; node++) {
      if (spans[2 * node] === start && spans[2 * node + 1] === start + code.length) return { file, fn, node }
    }
  }
  throw new Error(`no node is exactly "${code}" in ${file}`)
}

const EMPTY: ProjectModel = {
  apps: [],
  scopes: [],
  calls: [],
  handovers: [],
  crossings: [],
  parts: { calls: [], bindings: [] },
  edit: { version: {}, before: null, changed: new Set() },
  routes: [],
  files: new Map(),
  deployment: [],
  packages: [],
  serverFiles: new Set(),
  productionFiles: new Set(),
  settings: { environment: { NODE_ENV: 'production' }, middleware: {}, gateway: [], ignoredFiles: [] },
  objects: [],
  bindings: [],
  summaryOf: () => {
    throw new Error('a hand-made model has no summaries')
  },
  entries: [],
  unreached: [],
  seen: {
    applications: 0,
    files: 0,
    registrations: 0,
    reachedRegistrations: 0,
    scopes: 0,
    incompleteScopes: 0,
    routes: 0,
    exhaustedBudgets: 0,
    exhaustedFiles: [],
    missingFrameworks: [],
    unknownFrameworks: [],
    steps: 0,
  },
}

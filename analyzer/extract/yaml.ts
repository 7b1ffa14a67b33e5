// YAML: every scalar with the path of keys that leads to it.
import { isAlias, isMap, isScalar, isSeq, parseAllDocuments, type Alias, type Document, type Pair, type Scalar } from 'yaml'
import { addEntry, type DeploymentDraft, type DeploymentReader } from './deploymentDraft.js'

/** Aliases of aliases may stand for more values than fit into memory; what lies beyond this many nodes is left out. */
const MOST_NODES = 50_000

export const readYaml: DeploymentReader = (text, draft) => {
  const parsed = parseAllDocuments(text, { merge: true, uniqueKeys: false, logLevel: 'silent' })
  const documents = 'empty' in parsed ? [] : parsed
  for (const [number, document] of documents.entries()) {
    const fault = document.errors[0]
    if (fault) return { message: fault.message.split('\n')[0] ?? 'not YAML', offset: fault.pos[0] }
    const path = documents.length > 1 ? [String(number)] : []
    addNode({ document, draft, open: new Set(), targets: new Map(), left: MOST_NODES }, document.contents, path, null)
  }
  return null
}

interface Walk {
  readonly document: Document
  readonly draft: DeploymentDraft
  /** Anchored nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<unknown>
  /** What each alias stands for: looking that up searches the document. */
  readonly targets: Map<Alias, unknown>
  /** Nodes that may still be read. */
  left: number
}

/** `start` is where the key stands that leads to the node; null where there is none. */
function addNode(walk: Walk, node: unknown, path: readonly string[], start: number | null): void {
  if (walk.left-- <= 0) return
  if (isAlias(node)) return addAliased(walk, node, path)
  if (isMap(node)) for (const pair of node.items) addPair(walk, pair, path)
  else if (isSeq(node)) for (const [index, item] of node.items.entries()) addNode(walk, item, [...path, String(index)], null)
  else if (isScalar(node)) {
    const from = start ?? node.range?.[0] ?? 0
    addEntry(walk.draft, path, scalarText(node), from, Math.max(from, node.range?.[1] ?? from))
  }
}

function addPair(walk: Walk, pair: Pair, path: readonly string[]): void {
  const key = isScalar(pair.key) ? pair.key : null
  if (key?.value === '<<' || typeof key?.value === 'symbol') {
    const sources = isSeq(pair.value) ? pair.value.items : [pair.value]
    for (const source of sources) addNode(walk, source, path, null)
  } else addNode(walk, pair.value, [...path, key ? scalarText(key) : '?'], key?.range?.[0] ?? null)
}

function addAliased(walk: Walk, alias: Alias, path: readonly string[]): void {
  if (!walk.targets.has(alias)) walk.targets.set(alias, alias.resolve(walk.document))
  const target = walk.targets.get(alias)
  if (!target || walk.open.has(target)) return
  walk.open.add(target)
  addNode(walk, target, path, null)
  walk.open.delete(target)
}

/** Plain scalars as written (`0644` stays `0644`), quoted and block ones as they are meant, null as nothing. */
function scalarText(scalar: Scalar): string {
  if (typeof scalar.value === 'string') return scalar.value
  return scalar.value === null ? '' : (scalar.source ?? String(scalar.value))
}

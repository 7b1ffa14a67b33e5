// YAML: every scalar with the path of keys that leads to it.
import { isAlias, isMap, isNode, isScalar, isSeq, parseAllDocuments, type Alias, type Pair, type Scalar, type YAMLError } from 'yaml'
import { addEntry, type DeploymentDraft, type DeploymentReader } from './deploymentDraft.js'

/** Aliases of aliases may stand for more values than fit into memory; what lies beyond this many nodes is left out. */
const MOST_NODES = 50_000

export const readYaml: DeploymentReader = (text, draft) => {
  const fault = readDocuments(text, draft)
  // Charts of Helm and their kind are texts that YAML is made from: what they leave open is read as blanks.
  if (fault === null || !text.includes('{{')) return fault
  draft.entries.length = 0
  draft.spans.length = 0
  if (readDocuments(withoutActions(text), draft) !== null) draft.entries.length = 0
  return null
}

/** As long as before, so that places stay: lines of actions alone are empty, others have something in their place. */
function withoutActions(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const isBare = line.includes('{{') && line.replace(action, '').trim() === ''
      return line.replace(action, (one) => (isBare ? ' ' : '_').repeat(one.length))
    })
    .join('\n')
}

const action = /\{\{[^{}]*\}\}/g

const readDocuments: DeploymentReader = (text, draft) => {
  const parsed = parseAllDocuments(text, { merge: true, uniqueKeys: false, logLevel: 'silent', prettyErrors: false })
  const documents = 'empty' in parsed ? [] : parsed
  for (const [number, document] of documents.entries()) {
    const fault = document.errors[0]
    if (fault) return { message: messageOf(fault), offset: fault.pos[0] }
    const path = documents.length > 1 ? [String(number)] : []
    addNode({ draft, open: new Set(), anchors: new Map(), left: MOST_NODES }, document.contents, path, null)
  }
  return null
}

/** The first line without the place, which is told apart. */
function messageOf(fault: YAMLError): string {
  if (fault.message.startsWith('Maximum call stack')) return 'nested too deeply'
  return fault.message.split('\n')[0]?.replace(/ at line \d+, column \d+:?$/, '') ?? fault.code
}

interface Walk {
  readonly draft: DeploymentDraft
  /** Anchored nodes that are being read: an alias to one of them would never end. */
  readonly open: Set<unknown>
  /** The anchors met so far, as an alias means the last one before it. */
  readonly anchors: Map<string, unknown>
  /** Nodes that may still be read. */
  left: number
}

/** `start` is where the key stands that leads to the node; null where there is none. */
function addNode(walk: Walk, node: unknown, path: readonly string[], start: number | null): void {
  if (walk.left-- <= 0) return
  if (isAlias(node)) return addAliased(walk, node, path)
  if (isNode(node) && node.anchor !== undefined) walk.anchors.set(node.anchor, node)
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
  const target = walk.anchors.get(alias.source)
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

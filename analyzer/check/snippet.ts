// The structure of one node, written without positions: what stays of a piece of code when it is moved or reformatted.
import type { DeploymentFacts, FileFacts, SourceFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'

const LONGEST = 4000

/** The code at a location as text without white space, comments and numbers of nodes. Bodies of nested functions are left out: an edit inside a handler leaves its route what it was. */
export function snippetAt(facts: FileFacts | undefined, at: Location): string {
  if (!facts || facts.kind === 'unparsed') return ''
  return (facts.kind === 'source' ? ofSource(facts, at) : ofDeployment(facts, at)).slice(0, LONGEST)
}

/** Names of the functions around a location, outermost first. */
export function enclosingNames(facts: FileFacts | undefined, at: Location): string {
  if (facts?.kind !== 'source') return ''
  const steps = at.fn === '' ? [] : at.fn.split('.')
  return steps.map((_, depth) => facts.functions[steps.slice(0, depth + 1).join('.')]?.name ?? '').join('>')
}

function ofSource(facts: SourceFacts, at: Location): string {
  const fn = facts.functions[at.fn]
  if (!fn) return ''
  if (at.node === 0) return `${fn.kind} ${fn.name} ${fn.parameters.map((parameter) => print(parameter.pattern)).join()}`
  const classes = Object.values(facts.classes).filter((candidate) => candidate.owner === at.fn)
  const imports = at.fn === '' ? [facts.imports, facts.exports] : []
  const node = find([fn.parameters, fn.body, classes, imports], at.node)
  return node === null ? '' : print(node)
}

/** Values are left out: a fingerprint is published, and must not let a secret be guessed. */
function ofDeployment(facts: DeploymentFacts, at: Location): string {
  return facts.entries.find((entry) => entry.node === at.node)?.key.join('.') ?? ''
}

/** The tuple or object that has this number. A name inside a member or a property has its own number and is found as that text. */
function find(part: unknown, node: number): unknown {
  if (Array.isArray(part)) {
    if (isTuple(part)) {
      if (part[1] === node) return part
      if (part[0] === 'member' && part[4] === node) return ['propertyName', -1, part[3]]
    }
    return firstOf(part, node)
  }
  if (typeof part !== 'object' || part === null) return null
  if ('node' in part && part.node === node) return part
  if ('keyNode' in part && 'key' in part && part.keyNode === node) return part
  return firstOf(Object.values(part), node)
}

function firstOf(parts: readonly unknown[], node: number): unknown {
  for (const part of parts) {
    const found = find(part, node)
    if (found !== null) return found
  }
  return null
}

function isTuple(part: readonly unknown[]): boolean {
  return typeof part[0] === 'string' && typeof part[1] === 'number'
}

const NESTED = new Set(['function', 'class', 'functionDeclaration', 'classDeclaration'])
const POSITIONS = new Set(['node', 'keyNode', 'id', 'owner'])

function print(part: unknown): string {
  if (Array.isArray(part)) {
    if (!isTuple(part)) return `[${part.map(print).join()}]`
    if (NESTED.has(String(part[0]))) return String(part[0])
    const rest = part.slice(2, part[0] === 'member' ? 4 : undefined)
    return `${String(part[0])}(${rest.map(print).join()})`
  }
  if (typeof part !== 'object' || part === null) return JSON.stringify(part) ?? ''
  const entries = Object.entries(part).filter(([key]) => !POSITIONS.has(key) && key !== 'function')
  return `{${entries.map(([key, value]) => `${key}:${print(value)}`).join()}}`
}

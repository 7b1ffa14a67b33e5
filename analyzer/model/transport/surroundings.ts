// What stands around a place in the text: the conditions under which it is reached, and the names that it is written into.
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'

/** A condition, or an operand of one: all names and texts in it, and the outcome that leads to the place. `!x` and `x === false` are x with the other outcome. */
export interface Tested {
  readonly words: readonly string[]
  readonly holds: boolean
  /** It was asked for in so many words: `x === 'false'`. */
  readonly isAnswered: boolean
}

export interface Surroundings {
  readonly tests: readonly Tested[]
  /** Of variables, properties and functions, the nearest first. */
  readonly names: readonly string[]
}

/** Read from the text alone, so what a condition comes to is not known; classes and callers are not looked at. */
export function surroundingsOf(model: ProjectModel, at: Location): Surroundings {
  const facts = model.files.get(at.file)
  const tests: Tested[] = []
  const names: string[] = []
  if (facts?.kind !== 'source') return { tests, names }
  const note = (path: readonly unknown[]): void => {
    for (let index = path.length - 1; index > 0; index--) noteStep(path[index - 1], path[index], tests, names)
  }
  const own = facts.functions[at.fn]
  // Fields and decorators have their nodes in the function around the class.
  const classes = Object.values(facts.classes).filter(({ owner }) => owner === at.fn)
  const parts = [own?.parameters, own?.body, ...classes.map(({ members, decorators }) => [members, decorators])]
  note(pathTo(parts, (part) => standsAt(part, at.node)) ?? [])
  for (let id = at.fn; id !== '';) {
    const inner = id
    names.push(facts.functions[id]?.name ?? '')
    id = id.slice(0, Math.max(0, id.lastIndexOf('.')))
    note(pathTo(facts.functions[id]?.body, (part) => tagOf(part) === 'function' && itemOf(part, 2) === inner) ?? [])
  }
  return { tests, names: names.filter((name) => name !== '') }
}

/** From the whole down to the part that fits; null where none does. */
function pathTo(part: unknown, fits: (part: object) => boolean): readonly unknown[] | null {
  if (typeof part !== 'object' || part === null) return null
  if (fits(part)) return [part]
  for (const one of Object.values(part)) {
    const rest = pathTo(one, fits)
    if (rest !== null) return [part, ...rest]
  }
  return null
}

/** Tuples have their node behind the tag, and members that of their name at the end; properties have two as well. */
function standsAt(part: object, node: number): boolean {
  if (!Array.isArray(part)) return ('node' in part && part.node === node) || ('keyNode' in part && part.keyNode === node)
  return typeof part[0] === 'string' && (part[1] === node || (part[0] === 'member' && part[4] === node))
}

function tagOf(part: unknown): string {
  const tag = itemOf(part, 0)
  return typeof tag === 'string' ? tag : ''
}

function itemOf(part: unknown, index: number): unknown {
  return Array.isArray(part) ? (part as readonly unknown[])[index] : undefined
}

/** What one step from a part of the text into a part of that says. */
function noteStep(parent: unknown, child: unknown, tests: Tested[], names: string[]): void {
  const tag = tagOf(parent)
  if (tag === 'if' || tag === 'conditional') {
    if (child === itemOf(parent, 3)) noteTest(itemOf(parent, 2), 'holds', tests)
    if (child === itemOf(parent, 4)) noteTest(itemOf(parent, 2), 'fails', tests)
  } else if (tag === 'logical') {
    if (child === itemOf(parent, 4)) noteTest(itemOf(parent, 3), itemOf(parent, 2) === '&&' ? 'holds' : 'fails', tests)
  } else if (tag === 'declare') {
    names.push(...wordsIn(itemOf(parent, 3)))
  } else if (tag === 'assign') {
    names.push(...wordsIn(itemOf(parent, 3)).slice(-1))
  } else if (tag === '' && Array.isArray(parent)) {
    for (const before of parent.slice(0, Math.max(0, parent.indexOf(child))))
      if (leaves(before)) noteTest(itemOf(before, 2), 'fails', tests)
  } else if (typeof parent === 'object' && parent !== null && 'key' in parent && typeof parent.key === 'string') {
    names.push(parent.key)
  } else if (typeof parent === 'object' && parent !== null && 'test' in parent) {
    // A case of a switch.
    noteTest(parent.test, 'holds', tests)
  }
}

/** `if (…) return …`: whoever comes past it knows that the condition did not hold. */
function leaves(statement: unknown): boolean {
  const then = itemOf(statement, 3)
  return tagOf(statement) === 'if' && Array.isArray(then) && /^(return|throw|continue|break)$/.test(tagOf(then.at(-1)))
}

function noteTest(test: unknown, outcome: 'holds' | 'fails', tests: Tested[]): void {
  const holds = outcome === 'holds'
  const tag = tagOf(test)
  if (tag === 'logical') {
    noteTest(itemOf(test, 3), outcome, tests)
    noteTest(itemOf(test, 4), outcome, tests)
  } else if (tag === 'unary' && itemOf(test, 2) === '!') noteTest(itemOf(test, 3), holds ? 'fails' : 'holds', tests)
  else if (tag === 'binary') {
    const [left, right] = [itemOf(test, 3), itemOf(test, 4)]
    const isAnswered = saysNo(left) || saysNo(right)
    const isEqual = holds !== String(itemOf(test, 2)).startsWith('!')
    tests.push({ words: [...wordsIn(left), ...wordsIn(right)], holds: isEqual !== isAnswered, isAnswered: isAnswered && isEqual })
  } else tests.push({ words: wordsIn(test), holds, isAnswered: false })
}

function saysNo(expression: unknown): boolean {
  return tagOf(expression) === 'literal' && /^(false|0|no|off)$/i.test(String(itemOf(expression, 2)))
}

/** Names, names of members, and texts, in order. */
function wordsIn(part: unknown): readonly string[] {
  if (typeof part !== 'object' || part === null) return []
  const tag = tagOf(part)
  const own = tag === 'name' || tag === 'literal' ? itemOf(part, 2) : tag === 'member' ? itemOf(part, 3) : null
  const inner = Object.values(part).flatMap(wordsIn)
  return typeof own === 'string' ? [...inner, own] : inner
}

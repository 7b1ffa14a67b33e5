// What holds for the facts of any file: plain, frozen, whole, local to the function that was edited.
import { expect, test } from 'vitest'
import { fixtureFiles } from '../../testing/fixtureFiles.js'
import { factsOf } from '../../testing/factShapes.js'
import { parseWithReference } from '../syntax/estree.js'
import { extractFacts } from './extractFacts.js'
import type { FileFacts, FunctionFacts, SourceFacts } from './facts.js'

const files = fixtureFiles()
const sources = files.filter(({ file }) => /\.[cm]?[jt]sx?$/.test(file))

test('fixtures parse', () => {
  expect(sources.length).toBeGreaterThan(50)
  expect(sources.filter(({ file, text }) => extractFacts(file, text).kind !== 'source').map(({ file }) => file)).toEqual([])
})

test.each(sources)('both parsers give the same facts of $file', ({ file, text }) => {
  expect(extractFacts(file, text, parseWithReference)).toEqual(extractFacts(file, text))
})

test('facts are plain values, frozen to the bottom', () => {
  const offences = new Set<string>()
  for (const { file, text } of files) everyPart(extractFacts(file, text), (part) => offences.add(offenceOf(part)))
  expect([...offences]).toEqual([''])
})

test('facts survive structuredClone and JSON', () => {
  for (const { file, text } of files) {
    const facts = extractFacts(file, text)
    expect(structuredClone(facts)).toEqual(facts)
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
  }
})

test('every prefix by lines of every fixture gives facts or says that it does not parse', () => {
  const kinds = new Set<FileFacts['kind']>()
  for (const { file, text } of files) {
    const lines = text.split('\n')
    for (let count = 0; count < lines.length; count++) kinds.add(extractFacts(file, lines.slice(0, count).join('\n')).kind)
  }
  expect([...kinds].sort()).toEqual(['source', 'unparsed'])
})

test('every node has a place inside its function, and every tuple a node', () => {
  const offences: string[] = []
  for (const { file, text } of sources) {
    for (const { id, spans, body, parameters } of Object.values(sourceFacts(file, text).functions)) {
      for (let node = 0; 2 * node < spans.length; node++) {
        const [start = -1, end = -1] = spans.slice(2 * node, 2 * node + 2)
        if (start < 0 || end < start || end > text.length) offences.push(`${file}#${id}#${node}: ${start} to ${end}`)
      }
      everyPart([body, parameters], (part) => {
        if (!Array.isArray(part) || typeof part[0] !== 'string' || typeof part[1] !== 'number') return
        if (2 * part[1] >= spans.length) offences.push(`${file}#${id}: ${part[0]} has no place`)
      })
    }
  }
  expect(offences).toEqual([])
})

test('typing in a function leaves the facts of all others equal but for their spans', () => {
  let edited = 0
  for (const { file, text } of sources) {
    const before = sourceFacts(file, text)
    for (const fn of Object.values(before.functions)) {
      const start = fn.id === '' ? -1 : bodyStart(text, fn)
      if (start < 0) continue
      const after = sourceFacts(file, `${text.slice(0, start)}\n  typed(1, 'é');\n${text.slice(start)}`)
      edited++
      expect(Object.keys(after.functions)).toEqual(Object.keys(before.functions))
      for (const id of Object.keys(before.functions)) {
        if (id !== fn.id) expect(withoutSpans(after.functions[id])).toEqual(withoutSpans(before.functions[id]))
      }
      expect(after.classes).toEqual(before.classes)
      expect([after.imports, after.exports]).toEqual([before.imports, before.exports])
    }
  }
  expect(edited).toBeGreaterThan(100)
})

test('facts depend on name and text alone', () => {
  for (const { file, text } of files) expect(extractFacts(file, text)).toEqual(extractFacts(file, text))
  expect(factsOf('a').hash).toBe(factsOf('a', 'b.js').hash)
  expect(factsOf('a').hash).not.toBe(factsOf('b').hash)
})

test('a binary file is unparsed', () => {
  expect(extractFacts('a.js', 'MZ\0\0')).toMatchObject({ kind: 'unparsed', message: 'binary file', line: 1, column: 1 })
  expect(extractFacts('.env', 'A=\0')).toMatchObject({ kind: 'unparsed', message: 'binary file' })
})

test('a file that does not parse says where', () => {
  expect(extractFacts('a.js', 'a()\n  b(')).toMatchObject({ kind: 'unparsed', line: 2, column: 5 })
  expect(extractFacts('a.js', 'const a: string = 1').kind).toBe('unparsed')
})

function offenceOf(part: unknown): string {
  if (typeof part !== 'object' || part === null) return ['string', 'number', 'boolean', 'object'].includes(typeof part) ? '' : typeof part
  if (!Object.isFrozen(part)) return 'not frozen'
  const prototype: unknown = Object.getPrototypeOf(part)
  if (prototype !== Object.prototype && prototype !== Array.prototype) return 'not plain'
  return 'type' in part && 'start' in part ? 'a syntax node' : ''
}

function everyPart(value: unknown, visit: (part: unknown) => void): void {
  visit(value)
  if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) everyPart(part, visit)
}

/** Where a statement can be typed: after the brace that opens a function's body. -1 where there is none. */
function bodyStart(text: string, fn: FunctionFacts): number {
  const [first] = fn.body
  if (!first) return -1
  const start = fn.spans[2 * first[1]] ?? 0
  const before = text.slice(0, start).trimEnd()
  return before.endsWith('{') && start > (fn.spans[0] ?? 0) ? start : -1
}

function withoutSpans(fn: FunctionFacts | undefined): Omit<FunctionFacts, 'spans'> | undefined {
  if (!fn) return undefined
  const { spans: _spans, ...rest } = fn
  return rest
}

function sourceFacts(file: string, text: string): SourceFacts {
  return factsOf(text, file)
}

// What counts as known: by place, with multiplicity, across renames, and not elsewhere.
import { expect, test } from 'vitest'
import { handMadeModel, locate } from '../../testing/handMadeModel.js'
import type { Finding } from './finding.js'
import { fingerprints } from './fingerprint.js'
import { compareWithKnown, knownFrom, type Comparison, type KnownFinding } from './known.js'
import { rangeOf } from './range.js'

type Files = Readonly<Record<string, string>>

/** One finding of the rule `bad` for each `bad()`, and one of the rule `spread` at `app` for all routes. */
function findingsIn(contents: Files): { findings: readonly Finding[]; present: Parameters<typeof compareWithKnown>[2] } {
  // A call must not have the span of the module, or the module would be found by its text.
  const texts = Object.fromEntries(Object.entries(contents).map(([file, text]) => [file, `${text}\nend\n`]))
  const model = handMadeModel(texts)
  const places = (code: string) =>
    Object.entries(texts).flatMap(([file, text]) =>
      Array.from({ length: text.split(code).length - 1 }, (_, index) => locate(model, file, text, code, index)),
    )
  const routes = places("get('/a')").concat(places("get('/b')"))
  const bare = (ruleId: string, at: Finding['at'], related: Finding['related']): Omit<Finding, 'fingerprint'> => ({
    ruleId,
    category: 'errors',
    severity: 'warning',
    confidence: 'high',
    message: ruleId,
    why: '',
    how: '',
    at,
    file: at.file,
    range: rangeOf(model.files, at),
    related,
    fix: null,
    references: [],
  })
  const items = [
    ...places('bad()').map((at) => bare('bad', at, [])),
    ...places('app()').map((at) =>
      bare(
        'spread',
        at,
        routes.map((route) => ({
          at: route,
          file: route.file,
          range: rangeOf(model.files, route),
          message: '',
          role: 'affected' as const,
        })),
      ),
    ),
  ]
  const prints = fingerprints(
    items.map(({ ruleId, at }) => ({ ruleId, message: 'm', at })),
    model.files,
  )
  const keys = new Set(routes.map((at) => JSON.stringify(at)))
  return {
    findings: items.map((item, index) => ({ ...item, fingerprint: prints[index] ?? '' })),
    present: { files: model.files, isRoute: (at) => keys.has(JSON.stringify(at)) },
  }
}

function compared(before: Files, after: Files): Comparison<KnownFinding> {
  const old = findingsIn(before)
  const { findings, present } = findingsIn(after)
  return compareWithKnown(
    findings,
    old.findings.map((finding) => knownFrom(finding, old.present.files)),
    present,
  )
}
const counts = ({ fresh, accepted, obsolete }: Comparison<KnownFinding>): readonly number[] => [
  fresh.length,
  accepted.length,
  obsolete.length,
]

test('the same text has nothing new', () => {
  expect(counts(compared({ 'a.js': 'bad()\nbad()' }, { 'a.js': '\n\nbad( )\nbad()'.replace('( )', '()') }))).toEqual([0, 2, 0])
})

test('one more of the same is new, one less is obsolete', () => {
  expect(counts(compared({ 'a.js': 'bad()' }, { 'a.js': 'bad()\nbad()' }))).toEqual([1, 1, 0])
  expect(counts(compared({ 'a.js': 'bad()\nbad()' }, { 'a.js': 'bad()' }))).toEqual([0, 1, 1])
})

test('fixed here and made there is one new and one obsolete', () => {
  const { fresh, obsolete } = compared({ 'a.js': 'bad()', 'b.js': 'good()' }, { 'a.js': 'good()', 'b.js': 'bad()' })
  expect([fresh.map(({ file }) => file), obsolete.map(({ file }) => file)]).toEqual([['b.js'], ['a.js']])
})

test('what a renamed file held is known, and no more than that', () => {
  expect(counts(compared({ 'a.js': 'bad()' }, { 'z.js': 'bad()' }))).toEqual([0, 1, 0])
  expect(counts(compared({ 'a.js': 'bad()' }, { 'z.js': 'bad()', 'y.js': 'bad()' }))).toEqual([1, 1, 0])
})

test('a finding that spreads is new at its new places alone', () => {
  const { fresh, spread } = compared({ 'a.js': "app()\nget('/a')" }, { 'a.js': "app()\nget('/a')\nget('/b')" })
  expect(fresh).toHaveLength(1)
  expect([fresh[0]?.range.start.line, fresh[0]?.related.map(({ role, range }) => `${role} ${range.start.line}`)]).toEqual([
    3,
    ['evidence 1'],
  ])
  expect(spread).toHaveLength(1)
})

test('a finding that shrinks is known', () => {
  expect(counts(compared({ 'a.js': "app()\nget('/a')\nget('/b')" }, { 'a.js': "app()\nget('/b')" }))).toEqual([0, 1, 0])
})

test('a finding about a container that took another shape is known when all its places are', () => {
  const shape = (name: string) => ({ 'a.js': `function ${name}() {\n  app()\n}\nget('/a')\nget('/b')` })
  expect(counts(compared(shape('one'), shape('two')))).toEqual([0, 1, 0])
  const { fresh, obsolete } = compared({ 'a.js': "function one() {\n  app()\n}\nget('/a')" }, shape('two'))
  expect([fresh.map(({ range }) => range.start.line), obsolete]).toEqual([[5], []])
})

test('the same route in another file is another place', () => {
  const { fresh } = compared({ 'app.js': 'app()', 'a.js': "get('/a')", 'b.js': '' }, { 'app.js': 'app()', 'a.js': '', 'b.js': "get('/a')" })
  expect(fresh.map(({ file }) => file)).toEqual(['b.js'])
})

// Fingerprints survive moved lines, reformatting and renames, and tell different code apart.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { handMadeModel, locate } from '../../testing/handMadeModel.js'
import { fingerprints } from './fingerprint.js'
import { snippetAt } from './snippet.js'

function fingerprintOf(text: string, code: string, file = 'a.js', ruleId = 'rule'): string {
  const model = handMadeModel({ [file]: text })
  return fingerprints([{ ruleId, message: 'm', at: locate(model, file, text, code) }], model.files)[0] ?? ''
}

const CODE = "function setUp(app) {\n  app.use(cors({ origin: '*' }))\n}\n"
const PRINT = fingerprintOf(CODE, "cors({ origin: '*' })")

test('lines and comments before it, white space inside it and another file name change nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('\n', '// a comment\n', 'const x = 1\n', 'call()\n', 'function other() {}\n')), (lines) => {
      const before = lines.map((line, index) => line.replace('const x', `const x${index}`)).join('')
      expect(fingerprintOf(before + CODE, "cors({ origin: '*' })")).toBe(PRINT)
    }),
  )
  expect(
    fingerprintOf(CODE.replace("{ origin: '*' }", "{\n    origin:   '*', // all\n  }"), "cors({\n    origin:   '*', // all\n  })"),
  ).toBe(PRINT)
  expect(fingerprintOf(CODE, "cors({ origin: '*' })", 'src/other.js')).toBe(PRINT)
})

test('another rule, other code and another function around it are another finding', () => {
  expect(fingerprintOf(CODE, "cors({ origin: '*' })", 'a.js', 'other')).not.toBe(PRINT)
  expect(fingerprintOf(CODE.replace("'*'", 'true'), 'cors({ origin: true })')).not.toBe(PRINT)
  expect(fingerprintOf(CODE.replace('setUp', 'other'), "cors({ origin: '*' })")).not.toBe(PRINT)
})

test('equal code is told apart by its number, and one more of it leaves the others as they are', () => {
  const of = (text: string, count: number) => {
    const model = handMadeModel({ 'a.js': text })
    const places = Array.from({ length: count }, (_, index) => locate(model, 'a.js', text, 'bad()', index))
    return fingerprints(
      places.map((at) => ({ ruleId: 'rule', message: 'm', at })),
      model.files,
    )
  }
  const two = of('bad()\nbad()', 2)
  expect(new Set(two).size).toBe(2)
  expect(of('bad()\nbad()\nbad()', 3).slice(0, 2)).toEqual(two)
})

test('the body of a handler takes no part in the fingerprint of its route', () => {
  const route = (body: string) => `app.post('/login', (req, res) => { ${body} })`
  expect(fingerprintOf(route('a()'), route('a()'))).toBe(fingerprintOf(route('b(); c()'), route('b(); c()')))
})

test('the value of a deployment entry stays out, so that a published fingerprint tells nothing about it', () => {
  const model = handMadeModel({ Dockerfile: 'FROM node\nENV SECRET=hunter2hunter2\n' })
  const facts = model.files.get('Dockerfile')
  const nodes =
    facts?.kind === 'deployment' ? facts.entries.map((entry) => snippetAt(facts, { file: 'Dockerfile', fn: '', node: entry.node })) : []
  expect(nodes.join()).not.toContain('hunter2')
})

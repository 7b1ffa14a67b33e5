// Libraries of the project that go by a text which nobody knows, while it starts and while it serves.
import { expect, test } from 'vitest'
import { noticesOf } from '../notices.js'
import { modelOf } from '../../testing/model.js'

const levels = [...Array(16).keys()]
/** Sixteen functions that each call the next one twice, under a condition that is not known. */
const PARSER = `
//- /text/parser.js
class Tokens {
  constructor(text) { this.all = text.split(' '); this.place = 0 }
  peek() { return this.all[this.place] }
  take() { return this.all[this.place++] }
}
${levels.map((level) => `function p${level}(tokens, last) { let left = p${level + 1}(tokens, last); while (tokens.peek() === '${level}') { tokens.take(); left = [left, p${level + 1}(tokens, left)] } return left }`).join('\n')}
function p16(tokens, last) { if (tokens.peek() === '(') { tokens.take(); const inner = p0(tokens, last); tokens.take(); return inner } return tokens.take() }
exports.parse = (text) => p0(new Tokens(text), null)
function walk(tree, at) { if (tree.left) walk(tree.left, at * 2); if (tree.right) walk(tree.right, at * 2 + 1) }
exports.number = (tree) => walk(tree, 1)
exports.mount = (app, path) => { app.get(path, (req, res) => res.end()) }
exports.each = (list, work) => { for (const one of list) work(one) }
`
const app = (text: string): ReturnType<typeof modelOf> =>
  modelOf(`${PARSER}
//- /app.js
const express = require('express')
const { parse, number, mount, each } = require('./text/parser.js')
const app = express()
${text}
app.listen(3000)
`)
const pathsOf = ({ routes }: ReturnType<typeof modelOf>): readonly string[] => routes.map(({ path }) => path)

test('a parser that is given what is not known at start takes the rest of the start nothing', () => {
  const model = app(`
    app.locals.rule = parse(process.env.RULE)
    app.get('/after', (req, res) => res.json([]))
  `)
  expect(pathsOf(model)).toEqual(['/after'])
  expect(model.seen.steps).toBeLessThan(250_000)
  expect(model.seen).toMatchObject({ exhaustedBudgets: 1, exhaustedFiles: ['text/parser.js'] })
  expect(noticesOf(model, model.files).map(({ message }) => message)).toEqual([
    'The boot gave up in text/parser.js; what lies behind is marked incomplete.',
  ])
})

test('what registers stands, also in the file of such a parser and under a condition', () => {
  const names = [...Array(30).keys()].map((name) => `'/${name}'`)
  const model = app(`
    app.locals.rule = parse(process.env.RULE)
    const paths = []
    if (process.env.ROUTES) {
      for (const path of [${names.join(', ')}]) mount(app, path)
      for (const path of [${names.join(', ')}]) each([path], (one) => paths.push('/more' + one))
      for (const path of paths) app.get(path, (req, res) => res.end())
    }
  `)
  expect(pathsOf(model)).toHaveLength(60)
})

test('a file that holds such a parser and the application has all of its routes', () => {
  const names = [...Array(12).keys()]
  const model = modelOf(`${PARSER.replace('/text/parser.js', '/app.js')}
const express = require('express')
const routes = []
function define(path, handler) { routes.push({ path, handler }) }
function make(kind) { if (kind === 'none') return null; return express() }
exports.parse(process.env.RULE)
let app = null
if (process.env.ROUTES) {
  for (const kind of ['none', 'none', 'none', 'none', 'none', 'none', 'one']) app = make(kind)
  ${names.map((name) => `define('/${name}', (req, res) => res.end())`).join('\n')}
} else app = make('other')
for (const { path, handler } of routes) app.get(path, handler)
app.listen(3000)
`)
  expect(new Set(pathsOf(model)).size).toBe(12)
  expect(model.seen.exhaustedBudgets).toBe(1)
})

test('a small library under conditions is followed to its end', () => {
  const names = [...Array(200).keys()].map((name) => `'/${name}'`)
  const model = modelOf(`
    //- /path.js
    exports.joined = (prefix, path) => { if (process.env.PREFIX) return process.env.PREFIX + path; return prefix + path }
    //- /app.js
    const express = require('express')
    const { joined } = require('./path.js')
    const app = express()
    if (process.env.ROUTES) for (const path of [${names.join(', ')}]) app.get(joined('/api', path), (req, res) => res.end())
    app.listen(3000)
  `)
  expect(model.routes.length).toBeGreaterThanOrEqual(200)
  expect(model.seen.exhaustedBudgets).toBe(0)
})

test('handlers go on behind such a library, and the next one does not begin it again', () => {
  const handlers = (count: number): ReturnType<typeof modelOf> =>
    app(
      [...Array(count).keys()]
        .map((at) => `app.post('/${at}', (req, res) => { number(req.body); console.log('asked'); res.json([]) })`)
        .join('\n'),
    )
  const [one, many] = [handlers(1), handlers(4)]
  expect(many.calls.filter(({ callee }) => callee.kind === 'member' && callee.name === 'log')).toHaveLength(4)
  expect(many.seen.steps).toBeLessThan(250_000)
  expect(many.seen.steps - one.seen.steps).toBeLessThan(1_000)
  expect(many.seen.exhaustedBudgets).toBeGreaterThan(0)
  const handler = many.routes[3]?.entry.handlers[0]
  expect(handler?.kind === 'function' && many.summaryOf(handler).isExhausted).toBe(true)
})

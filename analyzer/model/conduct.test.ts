// What a function does with a request: what it answers, refuses, hands on and looks at.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { conductOf, looksAt, readsRequest, type Conduct } from './conduct.js'

/** The conduct of the function called `subject`, which some line of `code` declares and another registers. */
function conduct(code: string, register = 'app.use(subject)'): Conduct {
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    ${code}
    ${register}
    app.get('/last/:id', (req, res) => res.end())
    app.listen(3000)
  `)
  const handlers = model.scopes.flatMap((scope) => scope.entries).flatMap((entry) => entry.handlers)
  const fn = handlers.find((handler) => handler.kind === 'function' && handler.facts.name === 'subject')
  if (fn?.kind !== 'function') throw new Error('nothing called subject is registered')
  return conductOf(model, fn)
}

const middleware = (body: string): Conduct => conduct(`const subject = (req, res, next) => { ${body} }`)

test('what passes a request on: next, next as a callback, and the words that skip handlers; an error is handed over', () => {
  const passes = (body: string): readonly [boolean, number] => {
    const { continues, forwards } = middleware(body)
    return [continues, forwards.length]
  }
  expect(passes('next()')).toEqual([true, 0])
  expect(passes('next(undefined)')).toEqual([true, 0])
  expect(passes("next('route')")).toEqual([true, 0])
  expect(passes("next('router')")).toEqual([true, 0])
  expect(passes('work().then(next)')).toEqual([true, 0])
  expect(passes('work().then(next, fail)')).toEqual([true, 0])
  expect(passes("work().on('done', next)")).toEqual([true, 0])
  expect(passes("next(new Error('no'))")).toEqual([false, 1])
  expect(passes('next(next)')).toEqual([false, 1])
  expect(passes("next(req.session ? undefined : new Error('no'))")).toEqual([true, 1])
  expect(passes("next(req.session ? new Error('one') : new Error('other'))")).toEqual([false, 1])
  expect(passes('res.end()')).toEqual([false, 0])
})

test('what is given next for errors alone passes no request on', () => {
  for (const body of [
    'work().catch(next)',
    'work().then((all) => res.json(all), next)',
    "work().on('error', next).pipe(res)",
    "work().once('error', next)",
  ])
    expect(middleware(body).continues, body).toBe(false)
})

test('what is bound stands in front of what the framework passes', () => {
  const { continues, refusals } = conduct(
    "function subject(log, req, res, next) { if (!req.user) return next(new Error('no')); res.json({}) }",
    'app.use(subject.bind(null, console))',
  )
  expect([continues, refusals.map(({ how }) => how)]).toEqual([false, ['next']])
})

test('what only development does is left out', () => {
  const { records, answers } = middleware("if (process.env.NODE_ENV === 'development') return res.end('debug')\nnext()")
  expect(answers).toEqual([])
  expect(records).toHaveLength(1)
})

test('refusals: answers with an error status, a status that is set first, errors handed over, and throws', () => {
  const refusals = (body: string): readonly string[] => middleware(body).refusals.map(({ how, statuses }) => `${how} ${statuses.join(' ')}`)
  expect(refusals('if (!req.user) return res.status(401).json({})\nres.json({})')).toContain('answer 401')
  expect(refusals('res.status(399).json({})')).toEqual([])
  expect(refusals('res.status(400).json({})')).toContain('answer 400')
  expect(refusals("res.status(403)\nthrow new Error('no')")).toEqual(['answer 403', 'throw '])
  expect(refusals("const error = new Error('no')\nerror.status = 429\nnext(error)")).toEqual(['next 429'])
  expect(middleware("throw new Error('no')").refusals[0]?.call).toBeNull()
})

test('four parameters make an error handler; callbacks of path parameters, and fewer or no parameters, do not', () => {
  expect(conduct('const subject = (err, req, res, next) => next(err)').isErrorHandler).toBe(true)
  expect(
    conduct('const make = (log) => function subject(err, req, res, next) { next(err) }', 'app.use(make(console))').isErrorHandler,
  ).toBe(true)
  expect(
    conduct('function subject(log, err, req, res, next) { log(err); next(err) }', 'app.use(subject.bind(null, console.log))')
      .isErrorHandler,
  ).toBe(true)
  expect(conduct('function subject(log, req, res, next) { next() }', 'app.use(subject.bind(null, console.log))').isErrorHandler).toBe(false)
  expect(middleware('next()').isErrorHandler).toBe(false)
  expect(conduct('const subject = () => {}').isErrorHandler).toBe(false)
  expect(conduct('const subject = (req, res, next, id) => next()', "app.param('id', subject)").isErrorHandler).toBe(false)
})

test('what a function looks at: conditions, arguments and what it calls, and not what it writes', () => {
  const looks = (body: string, names: RegExp): boolean => looksAt(middleware(body), names)
  expect(looks('if (req.user) return next()\nres.end()', /^user$/)).toBe(true)
  expect(looks('verify(req.headers.authorization)\nnext()', /^authorization$/)).toBe(true)
  expect(looks("verify(req.get('x-api-key'))\nnext()", /^x-api-key$/)).toBe(true)
  expect(looks("verify(req.get('x-api-key'))\nnext()", /^get$/)).toBe(true)
  expect(looks('req.isAuthenticated()\nnext()', /^isAuthenticated$/)).toBe(true)
  expect(looks('verify({ token: req.body.token })\nnext()', /^token$/)).toBe(true)
  expect(looks("if (!req.session.user) throw new Error('no')\nnext()", /^session$/)).toBe(true)
  expect(
    looksAt(
      conduct('const refused = { status: 401 }\nconst subject = async (req) => { if (!req.session.user) throw refused }'),
      /^session$/,
    ),
  ).toBe(true)
  expect(looks('req.user = load()\nnext()', /^user$/)).toBe(false)
  expect(looks('store.user.verify(1)\nnext()', /^user$/)).toBe(false)
  expect(looks('verify(other.get("x-api-key"))\nnext()', /^x-api-key$/)).toBe(false)
})

test('instances and large tables are not part of what a condition asks', () => {
  const keys = Array.from({ length: 31 }, (_, index) => `k${index}: ${index}`).join(', ')
  const looks = (code: string, body: string): boolean =>
    looksAt(conduct(`${code}\nconst subject = (req, res, next) => { ${body} }`), /^token$/)
  expect(looks('', 'verify({ a: 1, token: req.body.token })\nnext()')).toBe(true)
  expect(looks('', `verify({ ${keys}, token: req.body.token })\nnext()`)).toBe(false)
  expect(looks('class Holder { constructor(token) { this.token = token } }', 'verify(new Holder(req.body.token))\nnext()')).toBe(false)
})

test('a value reads the request where a member of it is in there, under any of its names', () => {
  const [call] = middleware("verify([1, String(req.headers['x-token'])])\nnext()").records
  const [value] = call?.args ?? []
  if (value === undefined) throw new Error('the call has no argument')
  expect([/^x-token$/, /^headers$/, /^body$/].map((names) => readsRequest(value, names))).toEqual([true, true, false])
})

test('hooks of Fastify pass on when they end, unless they always answer, and with a callback only by calling it', () => {
  const passes = (hook: string): boolean => {
    const model = modelOf(`
      //- /app.js
      const fastify = require('fastify')()
      fastify.addHook('onRequest', ${hook})
      fastify.get('/', async () => 'ok')
      fastify.listen({ port: 3000 })
    `)
    const handlers = model.scopes.flatMap((scope) => scope.entries).flatMap((entry) => entry.handlers)
    const fn = handlers.find((handler) => handler.kind === 'function' && handler.facts.name === 'subject')
    if (fn?.kind !== 'function') throw new Error('nothing called subject is registered')
    return conductOf(model, fn).continues
  }
  expect(passes('async function subject(request, reply) { request.start = 1 }')).toBe(true)
  expect(passes('async function subject(request, reply) { if (!request.user) return reply.code(401).send({}) }')).toBe(true)
  expect(passes('async function subject(request, reply) { return reply.code(503).send({}) }')).toBe(false)
  expect(passes('function subject(request, reply, done) { reply.code(503) }')).toBe(false)
  expect(passes('function subject(request, reply, done) { done() }')).toBe(true)
  expect(passes('function subject(request, reply, done) { if (request.user) return reply.code(401).send({}); done() }')).toBe(true)
})

// What handlers answer, and which part of a request or an error they answer with.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { conductOf, type Conduct } from './conduct.js'
import { describe } from './describe.js'
import { errorPart } from './errors/errorParts.js'
import { requestPart, requestPartsIn } from './requests.js'
import { statusCodesOfError } from './errors/statusCodes.js'

/** What a handler with this body does; `next` is there, and `err` in error middleware. */
function conductOfHandler(body: string, parameters = 'req, res, next', before = ''): Conduct {
  const model = modelOf(`
//- /package.json
{ "name": "a", "main": "a.js", "scripts": { "start": "node a.js" }, "dependencies": { "express": "5" } }
//- /a.js
const express = require('express')
const app = express()
${before}
app.use((${parameters}) => {
${body}
})
app.listen(1)
`)
  const handler = model.apps[0]?.scope.entries[0]?.handlers[0]
  if (handler?.kind !== 'function') throw new Error('no handler')
  return conductOf(model, handler)
}

test('answers with their status and body', () => {
  const { answers } = conductOfHandler(`
    if (req.query.a) return res.status(404).json({ a: 1 })
    if (req.query.b) return res.sendStatus(429)
    if (req.query.c) return res.redirect(301, '/x')
    if (req.query.d) { res.status(503); return res.send('late') }
    if (req.query.e) { res.statusCode = 500; return res.end('e') }
    if (req.query.f) return res.status(req.body.code || 500).send('f')
    if (req.query.g) return res.render('view', { error: 1 })
    if (req.query.h) { res.writeHead(200, { a: 'b' }); return res.end() }
    if (req.query.i) return stream.pipe(res)
    res.json({ ok: true })`)
  expect(answers.map(({ method, status, statuses }) => [method, status, statuses])).toEqual([
    ['json', 404, [404]],
    ['sendStatus', 429, [429]],
    ['redirect', 301, [301]],
    ['send', 503, [503]],
    ['end', 500, [500]],
    ['send', 'unknown', [500]],
    ['render', null, []],
    ['end', 200, [200]],
    ['pipe', null, []],
    ['json', null, []],
  ])
  expect(answers.map(({ body }) => describe(body))).toEqual([
    '{ a }',
    'nothing',
    "'/x'",
    "'late'",
    "'e'",
    "'f'",
    '{ error }',
    'nothing',
    'stream',
    '{ ok }',
  ])
})

test('constants of status packages are numbers', () => {
  const { answers } = conductOfHandler(
    `res.status(httpStatus.UNAUTHORIZED).json({}); res.status(StatusCodes.TOO_MANY_REQUESTS).end()`,
    'req, res',
    `const httpStatus = require('http-status')\nconst { StatusCodes } = require('http-status-codes')`,
  )
  expect(answers.map(({ status }) => status)).toEqual([401, 429])
})

test('header writes by every form', () => {
  const { headers } = conductOfHandler(`
    res.setHeader('X-Frame-Options', 'DENY')
    res.set({ 'Content-Security-Policy': "default-src 'self'", 'X-Content-Type-Options': 'nosniff' })
    res.header('Access-Control-Allow-Origin', req.headers.origin)
    res.append('Vary', 'Origin')
    res.removeHeader('X-Powered-By')
    res.writeHead(200, { 'Strict-Transport-Security': 'max-age=1' })
    res.set(req.query.name, 'x')
    next()`)
  expect(headers.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    'set x-frame-options',
    'set content-security-policy',
    'set x-content-type-options',
    'set access-control-allow-origin',
    'append vary',
    'remove x-powered-by',
    'set strict-transport-security',
    'set null',
  ])
  expect(requestPart(headers[3]?.value ?? null)).toBe('headers')
})

test('what continues, forwards and refuses', () => {
  const conduct = conductOfHandler(
    `
    if (!req.user) return res.status(401).end()
    if (req.a) return next(createError(403))
    if (req.b) { res.status(422); throw new Error('bad') }
    if (req.c) throw new TooManyRequestsError('x')
    if (req.d) return next('route')
    next()`,
    'req, res, next',
    `const createError = require('http-errors')\nclass TooManyRequestsError extends Error {}`,
  )
  expect(conduct.continues).toBe(true)
  expect(conduct.forwards.length).toBe(1)
  expect(conduct.isErrorHandler).toBe(false)
  expect(conduct.refusals.map(({ how, statuses }) => `${how} ${statuses.join()}`)).toEqual([
    'answer 401',
    'answer 401',
    'answer 422',
    'next 403',
    'throw ',
    'throw 429',
  ])
})

test('a handler that only forwards errors does not continue', () => {
  expect(conductOfHandler('next(new Error())').continues).toBe(false)
  expect(conductOfHandler('limiter(req, res, next)').continues).toBe(true)
  expect(conductOfHandler('work().then(() => next())').continues).toBe(true)
})

test('statuses of errors made by the project', () => {
  const { summary } = conductOfHandler(
    `if (req.a) throw new ApiError(403, 'no'); const e = new Error('x'); e.status = 409; throw e`,
    'req, res',
    `class ApiError extends Error { constructor(statusCode, message) { super(message); this.statusCode = statusCode } }`,
  )
  expect(summary.throws.map(({ value }) => statusCodesOfError(value, summary.calls))).toEqual([[403], [409]])
})

test('parts of errors in bodies', () => {
  const { answers } = conductOfHandler(
    `
    res.json({ stack: err.stack })
    res.send(err.message)
    res.json(err)
    res.json({ error: { ...err } })
    res.send('Failed: ' + err)
    res.send(String(err))
    res.send(util.inspect(err))
    res.json(JSON.stringify(err, Object.getOwnPropertyNames(err)))
    res.status(err.status).json({ code: err.code, name: err.name })
    res.json({ errors: err.errors })
    res.json({ message: 'Internal Server Error' })
    const copy = {}
    copy.trace = err.stack.split('\\n')
    res.json(copy)
    res.json([err.toString()])`,
    'err, req, res, next',
    `const util = require('util')`,
  )
  expect(answers.map(({ body }) => errorPart(body)?.part ?? null)).toEqual([
    'stack',
    'message',
    'whole',
    'whole',
    'message',
    'message',
    'stack',
    'stack',
    null,
    'details',
    null,
    'stack',
    'message',
  ])
})

test('errors of catch clauses count, other objects do not', () => {
  const { answers } = conductOfHandler(`try { await work() } catch (e) { res.status(500).json({ e: e.message, result: other.stack }) }`)
  expect(errorPart(answers[0]?.body ?? null)?.part).toBe('message')
})

test('parts of requests', () => {
  const { records } = conductOfHandler(`
    probe(req.body.password, req.query, req.params.id, req.headers.authorization, req.get('x-a'), req.cookies.sid, req.originalUrl, req.ip, req, \`a \${req.body.name}\`,
      req.body.email.trim().toLowerCase(), req.body.a || 'x', findUser(req.body.id), req.user, { deep: { password: req.body.password } }, JSON.stringify(req.body))`)
  const args = records.find((record) => record.args.length > 10)?.args ?? []
  expect(args.map(requestPart)).toEqual([
    'body',
    'query',
    'params',
    'headers',
    'headers',
    'cookies',
    'url',
    'ip',
    'whole',
    'body',
    'body',
    'body',
    null,
    null,
    null,
    'body',
  ])
  expect(requestPartsIn(args[14] ?? null).map(({ part, name }) => [part, name])).toEqual([['body', 'password']])
  expect(requestPartsIn(args[4] ?? null).map(({ name }) => name)).toEqual(['x-a'])
  expect(requestPartsIn(args[1] ?? null).map(({ name }) => name)).toEqual([''])
  expect(requestPart(null)).toBeNull()
})

// Where errors are handed over, and which conditions rule a leak out.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { errorLeaks, type ErrorLeak } from './errorLeaks.js'

const leaksOf = (body: string, more = ''): readonly ErrorLeak[] =>
  errorLeaks(
    modelOf(`
      //- /app.js
      const express = require('express')
      const app = express()
      ${more}
      app.get('/', (req, res, next) => {
        try {
          req.run()
        } catch (err) {
          ${body}
        }
      })
      app.listen(3000)
    `),
  )

const told = (leaks: readonly ErrorLeak[]): readonly string[] =>
  leaks.map(({ part, status, confidence, how }) => `${part} ${status} ${confidence} ${how.kind}`)

test('part, status, confidence and how the place can be written anew', () => {
  expect(told(leaksOf('res.status(500).json({ a: { message: err.message }, stack: err.stack })'))).toEqual([
    'message server high property',
    'stack server high property',
  ])
  expect(told(leaksOf('res.status(err.status || 503).send(`${err}`)'))).toEqual(['message any high argument'])
  expect(told(leaksOf('res.statusCode = 422; res.json(err)'))).toEqual(['whole client low argument'])
  expect(told(leaksOf('const body = {}; body.message = err.message; res.json(body)'))).toEqual(['message server high other'])
  expect(told(leaksOf('fail(res, err.message)', 'const fail = (res, text) => res.status(500).end(text)'))).toEqual([
    'message server high argument',
  ])
})

test('a part of a text counts under its own conditions', () => {
  const ofStage = (stage: string): readonly string[] =>
    told(
      leaksOf(
        `res.status(500).send('Failed. ' + (stage === '${stage}' ? err.stack : ''))`,
        "const { stage } = require('@company/settings')",
      ),
    )
  expect(ofStage('development')).toEqual([])
  expect(ofStage('production')).toEqual(['stack server high argument'])
})

test('each option of joined paths counts under its own conditions', () => {
  const choose = (then: string): string => `let text = 'failed'; let status = 500
    if (err.expose) { text = err.message; status = 400 }
    if (err.name === 'Busy') text = 'busy'
    ${then}
    res.status(status).send(text)`
  expect(leaksOf(choose(''))).toEqual([])
  expect(told(leaksOf(choose('if (req.query.all) text = err.message')))).toEqual(['message any high argument'])
})

test('returns of a function count under what was tested before them', () => {
  const textOf = (test: string): string => `const textOf = (error) => { if (${test}) return error.message; return 'failed' }`
  expect(leaksOf('res.status(500).send(textOf(err))', textOf('error.expose || error.isPublic'))).toEqual([])
  expect(told(leaksOf('res.status(500).send(textOf(err))', textOf('error instanceof Error')))).toEqual(['message server high argument'])
})

test('conditions that rule nothing out', () => {
  for (const test of [
    'err.message',
    'err.response',
    'err != null',
    'err.status !== 404',
    'req.user',
    'err instanceof TypeError',
    'err.statusCode >= 500',
  ])
    expect(told(leaksOf(`if (${test}) res.status(500).send(err.message)`)), test).toEqual(['message server high argument'])
})

test('which statuses are for clients: from 400 to 499; others, and none, are answers of the server', () => {
  const statusOf = (answer: string): readonly string[] => leaksOf(answer).map(({ status }) => status)
  for (const status of [400, 499]) expect(statusOf(`res.status(${status}).send(err.message)`), String(status)).toEqual(['client'])
  for (const status of [200, 399, 500, 503]) expect(statusOf(`res.status(${status}).send(err.message)`), String(status)).toEqual(['server'])
  expect(statusOf('res.send(err.message)')).toEqual(['server'])
  expect(statusOf('res.status(req.query.all ? 404 : 500).send(err.message)')).toEqual(['any'])
  expect(statusOf('res.status(req.query.all ? 404 : 422).send(err.message)')).toEqual(['client'])
  expect(statusOf('res.status(err.status).send(err.message)')).toEqual(['any'])
})

test('an error that was told apart may say what it says to clients, but not with a status of the server', () => {
  const answer = (status: number): string => `if (err.code === 'BUSY') res.status(${status}).send(err.message)`
  expect(leaksOf(answer(409))).toEqual([])
  expect(leaksOf(answer(499))).toEqual([])
  expect(told(leaksOf(answer(500)))).toEqual(['message server high argument'])
  expect(leaksOf("if (err.code === 'BUSY') res.status(409).send(err.stack)").map(({ part }) => part)).toEqual(['stack'])
})

test('how sure: contents less than messages, what is for forms less than what drivers add, answers to clients less than others', () => {
  const sureness = (answer: string): readonly string[] => leaksOf(answer).map(({ part, confidence }) => `${part} ${confidence}`)
  expect(sureness('res.status(500).send(err.stack)')).toEqual(['stack high'])
  expect(sureness('res.status(500).send(err.message)')).toEqual(['message high'])
  expect(sureness('res.status(400).send(err.message)')).toEqual(['message medium'])
  expect(sureness('res.status(err.status).send(err.message)')).toEqual(['message medium'])
  expect(sureness('res.status(500).json(err)')).toEqual(['whole medium'])
  expect(sureness('res.status(400).json(err)')).toEqual(['whole low'])
  expect(sureness('res.status(500).json(err.sql)')).toEqual(['details medium'])
  expect(sureness('res.status(500).json(err.errors)')).toEqual(['details low'])
  expect(sureness('res.status(400).json(err.sql)')).toEqual(['details low'])
  expect(sureness('res.status(500).send(process.env.SHOW ? err.message : "failed")')).toEqual(['message low'])
  expect(sureness('if (process.env.SHOW) res.status(500).send(err.message)')).toEqual(['message low'])
})

test('what a template gets: an error brings its stack, a message is less sure, and values for all views count where something is rendered', () => {
  const shown = (answer: string): readonly string[] =>
    leaksOf(answer).map(({ part, status, confidence, isView }) => `${part} ${status} ${confidence}${isView ? ' view' : ''}`)
  expect(shown("res.status(500).render('error', { error: err })")).toEqual(['stack server medium view'])
  expect(shown("res.status(404).render('error', { error: err })")).toEqual(['stack client medium view'])
  expect(shown("res.status(500).render('error', { message: err.message })")).toEqual(['message server medium view'])
  expect(shown("res.locals.message = err.message; res.status(404).render('error')")).toEqual(['message client medium view'])
  expect(shown("res.locals.message = err.message; res.status(500).send('failed')")).toEqual([])
  expect(shown("res.other.message = err.message; res.status(500).render('error')")).toEqual([])
})

test('what a template prints counts where it is there', () => {
  const shown = (template: string, locals = '{ error: err }', others = ''): readonly string[] => {
    const model = modelOf(
      [
        '//- /app.js',
        "const express = require('express')",
        'const app = express()',
        `app.use((err, req, res, next) => { ${locals.startsWith('{') ? '' : `${locals};`} res.status(500).render('error'${locals.startsWith('{') ? `, ${locals}` : ''}) })`,
        'app.listen(3000)',
        '//- /views/error.ejs',
        template,
        others,
      ].join('\n'),
    )
    return errorLeaks(model).map(({ part, confidence, shownAt }) => `${part} ${confidence} ${shownAt?.file ?? '?'}`)
  }
  expect(shown('<h1>An error</h1><%= error.status %>')).toEqual([])
  expect(shown('<%= error.message %>')).toEqual(['message medium views/error.ejs'])
  // As a text it is name and message, whatever else it carries.
  for (const template of ['<%= error %>', "<%- 'Failed: ' + error %>", '<%= error.toString() %>', '<%= error %><% // error.stack %>'])
    expect(shown(template)).toEqual(['message medium views/error.ejs'])
  for (const template of ['<%= inspect(error) %>', '<% const e = error %><%= e.stack %>', '<%= error %><%= error.stack %>'])
    expect(shown(template)).toEqual(['stack medium views/error.ejs'])
  expect(shown('<%= error.message %><%= error.stack %>')).toEqual(['stack medium views/error.ejs'])
  expect(shown('<%= error.expose ? error.message : "Sorry" %>')).toEqual([])
  expect(shown('<% if (error) { %>Sorry<% } %>')).toEqual([])
  expect(shown('<%= JSON.stringify(error) %>')).toEqual(['stack medium views/error.ejs'])
  expect(shown('<%= error.sql %>')).toEqual(['details medium views/error.ejs'])
  expect(shown('<%= title %>', '{ title: err.message }')).toEqual(['message medium views/error.ejs'])
  expect(shown('<%= other %>', '{ title: err.message }')).toEqual([])
  expect(shown('<% for (const one of errors) { %><%= one.stack %><% } %>', '{ errors: [err] }')).toEqual(['stack medium views/error.ejs'])
  expect(shown('<%= error.stack %>', 'res.locals.error = err')).toEqual(['stack medium views/error.ejs'])
  expect(shown('<%= error.status %>', 'res.locals.error = err')).toEqual([])
  // What is brought in has the same values; what is not found may print anything.
  const brought = "<%- include('./parts/box') %>"
  expect(shown(brought, '{ error: err }', '//- /views/parts/box.ejs\n<%= error.message %>')).toEqual(['message medium views/parts/box.ejs'])
  expect(shown(brought)).toEqual(['stack medium ?'])
  expect(shown('<%= dump(locals) %>')).toEqual(['stack medium ?'])
  expect(shown('Sorry', "{ layout: 'shell', error: err }", '//- /views/shell.ejs\n<%= error.stack %>')).toEqual([
    'stack medium views/shell.ejs',
  ])
  expect(shown('<?= error.stack ?>')).toEqual(['stack medium ?'])
  expect(shown('<%- include(`parts/${kind}`) %>')).toEqual(['stack medium ?'])
  expect(shown('Sorry', '{ error: err }', '//- /views/layout.ejs\n<%- body %><%= error.stack %>')).toEqual([
    'stack medium views/layout.ejs',
  ])
})

test('leaks come in the order of files and places, whatever is registered first', () => {
  const handler = (name: string): string => `exports.${name} = (req, res) => { try { req.run() } catch (e) { res.send(e.message) } }`
  const names = 'abcdefghijkl'.split('')
  const model = modelOf(`
    //- /app.js
    const express = require('express')
    const app = express()
    ${names
      .toReversed()
      .map((name) => `app.get('/${name}', require('./many').${name})`)
      .join(';')}
    app.get('/first', require('./few').first)
    app.listen(3000)
    //- /many.js
    ${names.map(handler).join(';')}
    //- /few.js
    ${handler('first')}
  `)
  const places = errorLeaks(model).map(({ at }) => `${at.file} ${at.fn}`)
  expect(places).toEqual(['few.js 0', ...names.map((_, index) => `many.js ${index}`)])
})

test('what development alone answers, and handlers that only development registers, leak nothing', () => {
  expect(leaksOf("if (process.env.NODE_ENV === 'development') res.status(500).send(err.stack)")).toEqual([])
  const failing = '(req, res) => { try { req.run() } catch (e) { res.send(e.message) } }'
  expect(leaksOf('res.end()', `if (process.env.NODE_ENV === 'development') app.get('/debug', ${failing})`)).toEqual([])
  expect(leaksOf('res.end()', `app.get('/debug', ${failing})`)).toHaveLength(1)
})

test('an answer through what a helper returns, or on one of two responses, is found', () => {
  expect(told(leaksOf('answerOf(res).status(500).send(err.message)', 'const answerOf = (response) => response'))).toEqual([
    'message server high argument',
  ])
  expect(told(leaksOf('const to = req.query.all ? res : req.res; to.status(500).send(err.message)'))).toEqual([
    'message server high argument',
  ])
  expect(leaksOf('console.error(err.message); queue.send(err.message)')).toEqual([])
})

test('Fastify makes its own answer of an error that is sent, unless its message is written anew', () => {
  const shown = (handler: string): readonly string[] =>
    told(
      errorLeaks(
        modelOf(`
      //- /app.js
      const fastify = require('fastify')()
      fastify.setErrorHandler((error, request, reply) => { ${handler} })
      fastify.get('/', async () => { throw new Error('secret') })
      fastify.listen({ port: 3000 })
    `),
      ),
    )
  expect(shown('reply.code(500).send({ message: error.message })')).toEqual(['message server high property'])
  expect(shown("reply.code(500).send({ message: 'Internal Server Error' })")).toEqual([])
  expect(shown('reply.code(500).send(error)')).toEqual(['message server high argument'])
  expect(shown("error.message = 'Internal Server Error'; reply.code(500).send(error)")).toEqual([])
})

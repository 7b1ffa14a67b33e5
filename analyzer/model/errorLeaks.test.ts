// Where errors are handed over, and which conditions rule a leak out.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
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

// Messages and contents of errors in responses.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

/** An application around one handler, whose body stands where `catch` is. */
const around = (body: string): string => `
  //- /app.js
  const express = require('express')
  const app = express()
  app.get('/users', async (req, res) => {
    try {
      res.json(await req.db.query('select 1'))
    } catch (err) {
      ${body}
    }
  })
  app.listen(3000)
`

test('the message, in each of its forms', () => {
  for (const body of [
    `
      res.status(500).json({ error: err.message })
      //                     ^^^^^^^^^^^^^^^^^^ [high] message of an unexpected error`,
    `
      res.status(500).send(err.message)
      //                   ^^^^^^^^^^^ [high]`,
    `
      res.status(500).send(String(err))
      //                   ^^^^^^^^^^^ [high]`,
    `
      res.send(\`Failed: \${err}\`)
      //       ^^^^^^^^^^^^^^^^ [high]`,
    `
      res.end('Failed: ' + err.message)
      //      ^^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
    `
      res.json({ ok: false, data: { msg: err.toString() } })
      //                            ^^^^^^^^^^^^^^^^^^^ [high]`,
    `
      res.status(err.status || 500).json({ error: err.message })
      //                                   ^^^^^^^^^^^^^^^^^^ [high]`,
    `
      res.status(err.status).json({ error: err.message })
      //                            ^^^^^^^^^^^^^^^^^^ [medium]`,
    `
      res.status(400).json({ error: err.message })
      //                     ^^^^^^^^^^^^^^^^^^ [medium]`,
  ])
    check(rule, around(body))
})

test('fix: what a logger of the project got already is not logged again', () => {
  const app = (message: string): string => `
    //- /app.js
    const express = require('express')
    const { log } = require('./log')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.use((err, req, res, next) => {
      log.error('failed', { err })
      res.status(500).send({ message: ${message} })
    })
    app.listen(3000)
    //- /log.js
    const write = (level, text, data) => console.log(JSON.stringify({ level, text, data }))
    exports.log = { info: (text, data) => write('info', text, data), error: (text, data) => write('error', text, data) }
  `
  checkFix(rule, app('err.message'), app("'Internal Server Error'"))
})

test('fix: details beside a message are left out, in TypeScript too', () => {
  const app = (answer: string): string => `
    //- /app.ts
    import express, { type ErrorRequestHandler } from 'express'
    const app = express()
    app.get('/', (req, res) => { res.json({}) })
    const onError: ErrorRequestHandler = (err, req, res, next) => {
      console.error(err)
      res.status(500).json(${answer})
    }
    app.use(onError)
    app.listen(3000)
  `
  checkFix(rule, app(`{ error: 'Something failed', details: err.message }`), app(`{ error: 'Something failed' }`))
  checkFix(rule, app(`{ error: err.message, details: err.details }`), app(`{ error: 'Internal Server Error' }`))
  checkFix(rule, app(`{ details: err.message }`), app(`{ details: 'Internal Server Error' }`))
})

test('the evidence shows where the error comes from and where the answer is sent', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    app.use((err, req, res, next) => {
    //       ~~~ [evidence] the error comes from here
      res.status(500).json({ error: err.message })
      //                     ^^^^^^^^^^^^^^^^^^ [high, warning, complete, suggestion] message of an unexpected error => Answer with a generic text and log the error
    //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] the answer is sent here
    })
    app.listen(3000)
  `,
  )
})

test('the whole object and its details', () => {
  for (const body of [
    `
      res.status(500).json(err)
      //                   ^^^ [medium] whole error object`,
    `
      res.status(500).json({ error: err })
      //                     ^^^^^^^^^^ [medium] whole error object`,
    `
      res.status(500).send({ sql: err.sql })
      //                     ^^^^^^^^^^^^ [medium] Details`,
    `
      res.status(422).json({ errors: err.errors })
      //                     ^^^^^^^^^^^^^^^^^^ [low] Details`,
    `
      res.status(400).json(err)
      //                   ^^^ [low] whole`,
  ])
    check(rule, around(body))
})

test('errors made for clients', () => {
  for (const body of [
    `res.status(err.status).json({ error: err.expose ? err.message : 'Internal Server Error' })`,
    `if (err.isOperational) return res.status(err.statusCode).json({ message: err.message })
      res.status(500).json({ message: 'Internal Server Error' })`,
    `const status = err.status || 500
      res.status(status).json({ error: status < 500 ? err.message : 'Internal Server Error' })`,
    `const status = err.statusCode || 500
      if (status >= 500) return res.status(status).send('Internal Server Error')
      res.status(status).json({ error: err.message })`,
    `if (err.name === 'ValidationError') return res.status(400).json({ error: err.message })
      res.sendStatus(500)`,
    `if (err.code === 'LIMIT_FILE_SIZE') res.status(413).json({ error: err.message })
      else res.sendStatus(500)`,
    `if (!(err instanceof NotFound)) throw err
      res.status(404).json({ error: err.message })`,
    `switch (err.name) {
        case 'CastError':
          return res.status(400).json({ error: err.message })
        default:
          res.sendStatus(500)
      }`,
    `let message = 'Internal Server Error'
      let status = 500
      if (err instanceof NotFound) { message = err.message; status = 404 }
      if (err.code === 11000) { message = 'Taken'; status = 409 }
      res.status(status).json({ message })`,
    `let { status, message } = err
      if (process.env.NODE_ENV === 'production' && !err.isOperational) { status = 500; message = 'Internal Server Error' }
      res.status(status).json({ message })`,
    `res.status(500).json({ message: process.env.NODE_ENV === 'production' ? 'Internal Server Error' : err.message })`,
    `if (process.env.NODE_ENV !== 'production') res.json({ message: err.message })
      else res.sendStatus(500)`,
    `if (app.get('env') === 'development') return res.json(err)
      res.sendStatus(500)`,
    `if (req.app.get('env') === 'development') return res.json(err)
      res.sendStatus(500)`,
    `console.error(err.message, err.stack)
      res.sendStatus(500)`,
    `res.status(err.status || 500).json({ code: err.code, name: err.name })`,
    `next ? next(err) : res.json(err)`,
  ])
    check(
      rule,
      around(body)
        .replaceAll('(req, res)', '(req, res, next)')
        .replace('const app', "const { NotFound } = require('http-errors')\n  const app"),
    )
})

test('a test of the text does not make the text of a 5xx fit for clients', () => {
  check(
    rule,
    around(`
      if (err.code === 'ECONNREFUSED') return res.status(503).json({ error: err.message })
      //                                                             ^^^^^^^^^^^^^^^^^^ [high]
      res.sendStatus(500)`),
  )
})

test('errors of drivers and anything that is an Error', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const axios = require('axios')
    const app = express()
    app.get('/', async (req, res) => {
      try {
        res.json(await axios.get('http://inside'))
      } catch (error) {
        if (error instanceof axios.AxiosError) return res.status(502).json({ error: error.message })
        //                                                                   ^^^^^^^^^^^^^^^^^^^^ [high]
        res.status(500).json({ error: error instanceof Error ? error.message : 'unknown' })
      //                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
      }
    })
    app.listen(3000)
  `,
  )
})

test('errors that were told from others before: by a variable, a table of statuses, a comparison with true', () => {
  const project = `
    //- /app.js
    const express = require('express')
    const { AppError, Conflict } = require('./errors')
    const app = express()
    const statuses = { NOT_FOUND: 404, CONFLICT: 409 }
    const kinds = [{ type: AppError, status: 400 }, { type: Conflict, status: 409 }]
    const codes = new Map([[AppError, 400], [Conflict, 409]])
    app.use((err, req, res, next) => {
      BODY
    })
    app.listen(3000)
    //- /errors.js
    exports.AppError = class AppError extends Error {}
    exports.Conflict = class Conflict extends Error {}
  `
  for (const body of [
    "const known = err instanceof AppError ? err : null; res.status(known?.status ?? 500).json({ message: known?.message ?? 'failed' })",
    "let known; if (err instanceof AppError) known = err; res.status(known?.status ?? 500).json({ message: known?.message ?? 'failed' })",
    "const known = err instanceof AppError ? err : undefined; res.status(500).json({ message: known ? known.message : 'failed' })",
    "const status = statuses[err.code]; res.status(status ?? 500).json({ message: status ? err.message : 'failed' })",
    "const isMeant = err.isOperational === true; res.status(500).json({ message: isMeant ? err.message : 'failed' })",
    "const isMeant = [AppError, Conflict].some((Kind) => err instanceof Kind); res.status(500).json({ message: isMeant ? err.message : 'failed' })",
    'if (![AppError, Conflict].some((Kind) => err instanceof Kind)) return res.status(500).end(); res.status(409).json({ message: err.message })',
    'if ([AppError, Conflict].every((Kind) => !(err instanceof Kind))) return next(err); res.status(409).json({ message: err.message })',
    "const kind = kinds.find(({ type }) => err instanceof type); res.status(kind?.status ?? 500).json({ message: kind ? err.message : 'failed' })",
    'const status = codes.get(err.constructor); if (!status) return res.status(500).end(); res.status(status).json({ message: err.message })',
    "const status = statuses[err.code] ?? 500; res.status(status).json({ message: status === 500 ? 'failed' : err.message })",
    "const status = statuses[err.code] || 500; res.status(status).json({ message: status >= 500 ? 'failed' : err.message })",
    "const isStrange = err.isOperational !== true; res.status(500).json({ message: isStrange ? 'failed' : err.message })",
  ])
    check(rule, project.replace('BODY', body))
  for (const test of [
    'err instanceof Error ? err : null',
    '[TypeError, Conflict].some((Kind) => err instanceof Kind) ? err : null',
    'kinds.find(({ type }) => err instanceof type) ? null : err',
    '(statuses[err.code] ?? 500) === 500 ? err : null',
    'req.query.all ? err : null',
  ])
    check(
      rule,
      project.replace(
        'BODY',
        `const known = ${test}
      res.status(500).json({ message: known?.message })
      //                     ^^^^^^^^^^^^^^^^^^^^^^^ [high]`,
      ),
    )
})

test('a switch that is not known lowers confidence', () => {
  check(
    rule,
    around(`
      res.status(500).json({ error: process.env.SHOW_ERRORS ? err.message : 'failed' })
      //                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low]`),
  )
})

test('a secret that the environment holds is no switch', () => {
  for (const condition of ['req.query.key !== process.env.EXPORT_KEY', '!matches(req.get("x-key"), process.env.EXPORT_TOKEN)'])
    check(
      rule,
      `
    //- /app.js
    const express = require('express')
    const { rows } = require('./rows')
    const app = express()
    app.get('/export', async (req, res) => {
      if (${condition}) return res.sendStatus(403)
      try {
        res.json(await rows())
      } catch (error) {
        res.status(500).json({ error: error.message })
        //                     ^^^^^^^^^^^^^^^^^^^^ [high]
      }
    })
    app.listen(3000)
  `,
    )
})

test('error middleware, rejections, callbacks and listeners', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const fs = require('fs')
    const { pool } = require('pool')
    const app = express()
    app.get('/a', (req, res) => pool.query('select 1').then((rows) => res.json(rows)).catch((error) => res.status(500).json(error.message)))
    //                                                                                                                      ^^^^^^^^^^^^^ [high]
    app.get('/b', (req, res) => {
      fs.readFile('/etc/x', (err, data) => {
        if (err) return res.status(500).send(err.message)
        //                                   ^^^^^^^^^^^ [high]
        res.send(data)
      })
    })
    app.get('/c', (req, res) => {
      const stream = fs.createReadStream('/etc/x')
      stream.on('error', (problem) => res.status(500).end(problem.message))
      //                                                  ^^^^^^^^^^^^^^^ [high]
      stream.pipe(res)
    })
    app.get('/d', (req, res) => {
      req.session.destroy((err) => {
        if (err) res.status(500).send(err)
        //                            ^^^ [medium]
      })
    })
    app.use((err, req, res, next) => {
      res.status(err.statusCode || 500)
      res.json({ message: err.message })
      //         ^^^^^^^^^^^^^^^^^^^^ [high]
    })
    app.listen(3000)
  `,
  )
})

test('through a helper of another file: each place that hands an error over', () => {
  const [finding] = check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { fail } = require('./fail')
    const app = express()
    app.get('/a', async (req, res) => {
      try {
        res.json(await req.db.find())
      } catch (error) {
        fail(res, error.message)
    //  ^^^^^^^^^^^^^^^^^^^^^^^^ [high]
      }
    })
    app.get('/b', async (req, res) => {
      try {
        res.json(await req.db.find())
      } catch (error) {
        fail(res, error.message)
    //  ~~~~~~~~~~~~~~~~~~~~~~~~ [affected] the same helper
      }
    })
    app.get('/c', (req, res) => fail(res, 'Not there'))
    app.listen(3000)
    //- /fail.js
    exports.fail = (res, text = '') => {
      res.status(500).json({ status: 'fail', text })
    //~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] the answer is sent here
    }
  `.replaceAll('text })\n    //~~~', 'text })\n    //~~~'),
  )
  expect(finding?.related.filter(({ role }) => role === 'affected')).toHaveLength(1)
})

test('a service that returns the message', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { load } = require('./service')
    const app = express()
    app.get('/a', async (req, res) => res.json(await load(req.db)))
    app.listen(3000)
    //- /service.js
    exports.load = async (db) => {
      try {
        return await db.find()
      } catch (error) {
        return { failure: error.message, at: Date.now() }
        //       ^^^^^^^^^^^^^^^^^^^^^^ [high]
      }
    }
  `,
  )
})

test('a helper that tells errors apart', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    class AppError extends Error {}
    const messageOf = (error: unknown): string => {
      if (error instanceof AppError) return error.message
      return 'Internal Server Error'
    }
    const app = express()
    app.get('/a', async (req, res) => {
      try {
        await req.app.locals.db.find()
      } catch (error) {
        res.status(500).json({ error: messageOf(error) })
      }
    })
    app.listen(3000)
  `,
  )
})

test('what can only fail on what the client sent', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.use((req, res, next) => {
      try {
        req.user = jwt.verify(req.headers.authorization.split(' ')[1], process.env.KEY)
        next()
      } catch (err) {
        res.status(401).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [low]
      }
    })
    app.get('/', (req, res) => res.json(req.user))
    app.listen(3000)
  `,
  )
})

test('errors of token libraries alone, wherever they are checked', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { promisify } from 'node:util'
    import axios from 'axios'
    import * as jose from 'jose'
    import { payloadOf, findUser } from './users.js'
    const app = express()
    const key = process.env.KEY
    app.use('/callback', (req, res, next) => {
      jwt.verify(req.get('token'), key, (err, payload) => {
        if (err) return res.status(401).json({ error: err.message })
        //                                     ^^^^^^^^^^^^^^^^^^ [low]
        next()
      })
    })
    const fetchKey = async (header, done) => done(null, await fetch('https://keys.internal/' + header.kid))
    app.use('/fetched-key', (req, res, next) => {
      jwt.verify(req.get('token'), fetchKey, (err, payload) => {
        if (err) return res.status(401).json({ error: err.message })
        //                                     ^^^^^^^^^^^^^^^^^^ [medium]
        next()
      })
    })
    app.use('/promisified', async (req, res, next) => {
      try {
        req.user = await promisify(jwt.verify)(req.get('token'), key)
        next()
      } catch (err) {
        res.status(401).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [low]
      }
    })
    app.use('/jose', async (req, res, next) => {
      try {
        req.user = await jose.jwtVerify(req.get('token'), new TextEncoder().encode(key))
        next()
      } catch (err) {
        res.status(401).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [low]
      }
    })
    app.use('/own-function', (req, res, next) => {
      try {
        if (!req.get('token')) throw new Error('No token')
        req.user = payloadOf(req.get('token'))
        next()
      } catch (err) {
        res.status(401).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [low]
      }
    })
    app.use('/database', async (req, res, next) => {
      try {
        req.user = await findUser(jwt.verify(req.get('token'), key).sub)
        next()
      } catch (err) {
        res.status(401).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [medium]
      }
    })
    app.use('/http', async (req, res, next) => {
      try {
        const payload = jwt.verify(req.get('token'), key)
        req.user = await axios.get('https://users.internal/' + payload.sub)
        next()
      } catch (err) {
        res.status(401).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [medium]
      }
    })
    app.listen(3000)
    //- /users.js
    import jwt from 'jsonwebtoken'
    import pg from 'pg'
    const pool = new pg.Pool()
    export const payloadOf = (token) => jwt.verify(token, process.env.KEY, { algorithms: ['HS256'] })
    const select = (id) => pool.query('select * from users where id = $1', [id])
    export async function findUser(id) {
      return (await select(id)).rows[0]
    }
  `,
  )
})

test("errors of Fastify's token plugin alone", () => {
  check(
    rule,
    `
    //- /package.json
    { "name": "server", "type": "module", "dependencies": { "fastify": "^5.6.0", "@fastify/jwt": "^10.0.0" } }
    //- /app.js
    import Fastify from 'fastify'
    import jwt from '@fastify/jwt'
    const app = Fastify()
    app.register(jwt, { secret: process.env.KEY })
    app.addHook('onRequest', async (request, reply) => {
      try {
        await request.jwtVerify()
      } catch (err) {
        reply.code(401).send({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [low]
      }
    })
    app.get('/own', async (request, reply) => {
      try {
        return app.jwt.verify(request.query.token)
      } catch (err) {
        return reply.code(400).send({ error: err.message })
        //                            ^^^^^^^^^^^^^^^^^^ [low]
      }
    })
    app.get('/user', async (request, reply) => {
      try {
        await request.jwtVerify()
        return await app.db.find(request.user.id)
      } catch (err) {
        return reply.code(401).send({ error: err.message })
        //                            ^^^^^^^^^^^^^^^^^^ [medium]
      }
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('lists of validation errors are no errors', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { validationResult } = require('express-validator')
    const app = express()
    app.post('/', (req, res) => {
      const errors = validationResult(req)
      if (!errors.isEmpty()) return res.status(400).json({ errors: errors.array().map((err) => err.message) })
      res.json({})
    })
    app.listen(3000)
  `,
  )
})

test('code that nothing reaches is read as well, tests are not', () => {
  check(
    rule,
    `
    //- /handlers.ts
    import type { Request, Response } from 'express'
    export async function list(req: Request, res: Response) {
      try {
        res.json(await req.app.locals.db.find())
      } catch (e: any) {
        if (process.env.NODE_ENV === 'development') return res.status(500).json({ message: e.message })
        return res.status(500).json({ message: e.message })
        //                            ^^^^^^^^^^^^^^^^^^ [high]
      }
    }
    //- /handlers.test.ts
    export const handler = (req, res) => {
      try { run() } catch (e) { res.status(500).send(e.message) }
    }
  `,
  )
})

test('a message beside its stack is told with the stack', () => {
  check(rule, around(`res.status(500).json({ message: err.message, stack: err.stack })`))
})

test('a generic text takes the place of the message', () => {
  checkFix(
    rule,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    app.get('/', async (req, res) => {
      try {
        res.json(await req.app.locals.db.find())
      } catch (err: any) {
        // The client should know.
        res.status(500).json({ ok: false, error: err.message })
      }
    })
    app.use((err: any, req: express.Request, res: express.Response, next: express.NextFunction) => {
      console.error(err)
      res.status(err.status || 500).json({
        message: err.message,
      })
    })
    app.listen(3000)
  `,
    `
    //- /app.ts
    import express from 'express'
    const app = express()
    app.get('/', async (req, res) => {
      try {
        res.json(await req.app.locals.db.find())
      } catch (err: any) {
        console.error(err)
        // The client should know.
        res.status(500).json({ ok: false, error: 'Internal Server Error' })
      }
    })
    app.use((err: any, req: express.Request, res: express.Response, next: express.NextFunction) => {
      console.error(err)
      res.status(err.status || 500).json({
        message: res.statusCode < 500 ? err.message : 'Internal Server Error',
      })
    })
    app.listen(3000)
  `,
  )
})

test('fix: what the client did wrong is no error in the log', () => {
  const server = (answer: string, log = ''): string => `
    //- /app.js
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => { throw new Error('x') })
    app.use((err, req, res, next) => {
      const status = err.statusCode ?? 500
      ${log}${answer}
    })
    app.listen(3000)
  `
  const text = "res.statusCode < 500 ? err.message : 'Internal Server Error'"
  const asked = "status < 500 ? err.message : 'Internal Server Error'"
  for (const [answer, condition, given] of [
    ['res.status(status).json({ error: MESSAGE })', 'if (status >= 500) ', asked],
    ['res.status(err.status || 500).json({ error: MESSAGE })', 'if ((err.status || 500) >= 500) ', text],
    ['res.status(statusOf(err)).json({ error: MESSAGE })', '', text],
  ] as const)
    checkFix(
      rule,
      server(answer.replace('MESSAGE', 'err.message')),
      server(answer.replace('MESSAGE', given), `${condition}console.error(err)\n      `),
    )
  const set = 'res.status(err.status || 500)\n      '
  checkFix(
    rule,
    server(`${set}res.json({ error: err.message })`),
    server(`${set}if ((err.status || 500) >= 500) console.error(err)\n      res.json({ error: ${text} })`),
  )
  const plugin = (answer: string): string => `
    //- /package.json
    { "name": "server", "type": "module", "dependencies": { "fastify": "^5.6.0" } }
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify({ logger: true })
    app.setErrorHandler((err, request, reply) => {
      const status = err.statusCode ?? 500
      ${answer}
    })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `
  checkFix(
    rule,
    plugin('reply.code(status).send({ error: err.message })'),
    plugin(
      "if (status >= 500) request.log.error(err)\n      reply.code(status).send({ error: status < 500 ? err.message : 'Internal Server Error' })",
    ),
  )
})

test('fix: tokens that are refused are warnings, what may be anything is an error', () => {
  const server = (call: string, answer: string): string => `
    //- /app.js
    import express from 'express'
    import jwt from 'jsonwebtoken'
    const app = express()
    app.use(async (req, res, next) => {
      try {
        req.user = ${call}
        next()
      } catch (err) {
        ${answer}
      }
    })
    app.listen(3000)
  `
  for (const [call, level] of [
    ['jwt.verify(req.get("token"), process.env.KEY)', 'warn'],
    ['await req.app.locals.db.find(jwt.verify(req.get("token"), process.env.KEY))', 'error'],
  ] as const)
    checkFix(
      rule,
      server(call, 'res.status(401).json({ error: err.message })'),
      server(call, `console.${level}(err)\n        res.status(401).json({ error: 'Unauthorized' })`),
    )
})

test("the project's logger, semicolons, arguments and arrows", () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require("express");
    const logger = require("./logger");
    const app = express();
    app.get("/a", (req, res) => req.db.find().catch((error) => res.status(500).send(error.message)));
    app.get("/b", (req, res) => {
      req.db.find((err, rows) => {
        if (err) return res.status(500).json(err);
        res.json(rows);
      });
    });
    app.listen(3000);
    //- /logger.js
    module.exports = require("pino")();
  `,
    `
    //- /app.js
    const express = require("express");
    const logger = require("./logger");
    const app = express();
    app.get("/a", (req, res) => req.db.find().catch((error) => {
      logger.error(error);
      return res.status(500).send("Internal Server Error");
    }));
    app.get("/b", (req, res) => {
      req.db.find((err, rows) => {
        if (err) {
          logger.error(err);
          return res.status(500).json({ error: "Internal Server Error" });
        }
        res.json(rows);
      });
    });
    app.listen(3000);
  `,
  )
})

test('calls of a helper', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    const fail = (res, text) => res.status(500).json({ text })
    app.get('/a', (req, res) => {
      try {
        req.run()
      } catch (error) {
        fail(res, error.message)
      }
    })
    app.listen(3000)
  `,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    const fail = (res, text) => res.status(500).json({ text })
    app.get('/a', (req, res) => {
      try {
        req.run()
      } catch (error) {
        console.error(error)
        fail(res, 'Internal Server Error')
      }
    })
    app.listen(3000)
  `,
  )
})

test('a helper that expects the error itself is left to its author', () => {
  checkNoFix(
    rule,
    `
    //- /app.js
    const express = require('express')
    const app = express()
    const fail = (res, error) => res.status(500).json(error)
    app.get('/a', (req, res) => {
      try {
        req.run()
      } catch (error) {
        fail(res, error)
      }
    })
    app.listen(3000)
  `,
  )
})

test('the description of an exception of Nest, which it answers beside a text', () => {
  const thrown = (made: string, mark = ''): string =>
    nestFixture(`//- /app.module.ts
import { Controller, Get, HttpException, InternalServerErrorException, Logger, Module } from '@nestjs/common'
declare function load(): Promise<string>
@Controller()
class AppController {
  private readonly logger = new Logger('app')
  @Get('a')
  async a() {
    try {
      return await load()
    } catch (error) {
      this.logger.error(error)
      throw new ${made}
      ${mark}
    }
  }
}
@Module({ controllers: [AppController] })
export class AppModule {}
`)
  const made = "InternalServerErrorException('sign in', error.message)"
  check(rule, thrown(made, '//                                                ^^^^^^^^^^^^^ [high] The message of an unexpected error'))
  checkFix(rule, thrown(made), thrown("InternalServerErrorException('sign in', 'Internal Server Error')"))
  check(rule, thrown("InternalServerErrorException({ code: 'E1' }, error.message)"))
  check(rule, thrown("InternalServerErrorException('sign in', error)"))
  check(rule, thrown("InternalServerErrorException('sign in', { cause: error, description: 'nobody is there' })"))
  check(rule, thrown("HttpException('sign in', error.status)"))
})

test('the fix leaves a list of texts a list', () => {
  const answer = (messages: string): string => `
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => {
      try {
        res.json(load())
      } catch (error) {
        console.error(error)
        res.status(500).json({ messages: ${messages} })
      }
    })
    app.listen(3000)
  `
  checkFix(rule, answer('[error.message]'), answer("['Internal Server Error']"))
})

test('exceptions of Nest that carry what was caught', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { BadGatewayException, Controller, Get, HttpException, InternalServerErrorException, Module } from '@nestjs/common'
declare function load(): Promise<string>
@Controller()
class AppController {
  @Get('a')
  async a() {
    try {
      return await load()
    } catch (error) {
      throw new InternalServerErrorException(error.message)
      //                                     ^^^^^^^^^^^^^ [high] The message of an unexpected error
    }
  }
  @Get('b')
  async b() {
    try {
      return await load()
    } catch (error) {
      throw new HttpException({ error: error.message }, 500)
      //                        ^^^^^^^^^^^^^^^^^^^^ [high]
    }
  }
  @Get('c')
  async c() {
    try {
      return await load()
    } catch (error) {
      throw new BadGatewayException('The other side does not answer', { cause: error })
    }
  }
  @Get('d')
  async d() {
    try {
      return await load()
    } catch (error) {
      throw new InternalServerErrorException(error)
    }
  }
  @Get('e')
  async e() {
    try {
      return await load()
    } catch (error) {
      return { failed: true, why: error.message }
      //                     ^^^^^^^^^^^^^^^^^^ [high]
    }
  }
}
@Module({ controllers: [AppController] })
export class AppModule {}
`),
  )
})

test('a filter that sends the message of anything, and one that does not', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { ArgumentsHost, Catch, Controller, ExceptionFilter, Get, HttpException, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
@Catch()
class EverythingFilter implements ExceptionFilter {
  catch(exception: any, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse()
    response.status(500).json({ message: exception.message })
    //                          ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
  }
}
@Catch(HttpException)
class KnownFilter implements ExceptionFilter {
  catch(exception: HttpException, host: ArgumentsHost) {
    host.switchToHttp().getResponse().status(exception.getStatus()).json({ message: 'refused' })
  }
}
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
}
@Module({
  controllers: [AppController],
  providers: [{ provide: APP_FILTER, useClass: EverythingFilter }, { provide: APP_FILTER, useClass: KnownFilter }],
})
export class AppModule {}
`),
  )
})

test('what handlers of Fastify return and send', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import { db } from './db.js'
    const app = Fastify()
    app.get('/a', async (request, reply) => {
      try {
        return await db.query()
      } catch (error) {
        reply.code(500)
        return { error: error.message }
        //       ^^^^^^^^^^^^^^^^^^^^ [high] The message of an unexpected error reaches the client.
      }
    })
    app.get('/b', async (request, reply) => {
      try {
        return await db.query()
      } catch (error) {
        return reply.send(error)
      }
    })
    app.setErrorHandler((error, request, reply) => {
      if (error.statusCode < 500) return reply.send(error)
      reply.code(500).send({ error: 'Internal Server Error' })
    })
    await app.listen({ port: 3000 })
    //- /db.js
    export const db = { query: async () => fetch('http://db') }
  `,
  )
})

test('an error that is handed back as data, and sent by those who asked', () => {
  check(
    rule,
    `
    //- /app.ts
    import Fastify from 'fastify'
    import { query } from './database'
    const app = Fastify()
    app.get('/roles', async (request, reply) => {
      const { data, error } = await query('select * from roles')
      if (error) {
        reply.code(500)
        return { error: error.message }
    //  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] the answer is sent here
      }
      return data
    })
    app.get('/tables', async (request, reply) => {
      const { data, error } = await query('select * from tables')
      if (error) return reply.code(500).send({ error: error.message })
    //                  ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] this answer carries it too
      return data
    })
    app.get('/safe', async (request, reply) => {
      const { data, error } = await query('select * from safe')
      if (error) return reply.code(500).send({ error: 'Internal Server Error' })
      return data
    })
    app.listen({ port: 3000 })
    //- /database.ts
    import * as Sentry from '@sentry/node'
    import pg from 'pg'
    const pool = new pg.Pool()
    export async function query(text: string) {
      return Sentry.startSpan({ op: 'db', name: 'query' }, async () => {
        try {
          return { data: (await pool.query(text)).rows, error: null }
        } catch (error: any) {
          return { data: null, error: { code: error.code, message: error.message } }
    //                                                             ^^^^^^^^^^^^^ [high] The message of an unexpected error
        }
      })
    }
  `,
  )
})

test('a callback that answers, and the function that calls it with an error, are one', () => {
  check(
    rule,
    `
    //- /app.js
    const fs = require('fs')
    const app = require('fastify')()
    app.get('/report', function (request, reply) {
      readReport(request.query.name, function (err, rows) {
        if (err) return reply.code(500).send({ message: 'failed', error: err })
    //                                                            ^^^^^^^^^^ [medium] The whole error object
        reply.send(rows)
      })
    })
    function readReport(name, done) {
      fs.readFile(name, 'utf8', (err, text) => (err ? done(err) : done(null, text)))
    }
    app.listen({ port: 3000 })
  `,
  )
})

test('filters get what they catch alone: errors of the project were made for clients, those of drivers were not', () => {
  check(
    rule,
    nestFixture(`//- /app.module.ts
import { ArgumentsHost, Catch, Controller, ExceptionFilter, Get, HttpException, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { QueryFailedError } from 'typeorm'
class DomainError extends Error {
  constructor(readonly code: string, message: string, readonly status = 422) { super(message) }
}
class Refused extends DomainError {}
@Catch(DomainError, Refused)
class DomainFilter implements ExceptionFilter {
  catch(error: DomainError, host: ArgumentsHost) {
    host.switchToHttp().getResponse().status(error.status).json({ code: error.code, message: error.message })
  }
}
@Catch(QueryFailedError)
class DriverFilter implements ExceptionFilter {
  catch(error: QueryFailedError, host: ArgumentsHost) {
    host.switchToHttp().getResponse().status(500).json({ message: error.message })
    //                                                   ^^^^^^^^^^^^^^^^^^^^^^ [high]
  }
}
@Catch(DomainError, Error)
class OrdinaryFilter implements ExceptionFilter {
  catch(error: Error, host: ArgumentsHost) {
    host.switchToHttp().getResponse().status(500).json({ message: error.message })
    //                                                   ^^^^^^^^^^^^^^^^^^^^^^ [high]
  }
}
@Controller()
class AppController {
  @Get()
  hello() { return 'hello' }
}
@Module({
  controllers: [AppController],
  providers: [DomainFilter, DriverFilter, OrdinaryFilter].map((useClass) => ({ provide: APP_FILTER, useClass })),
})
export class AppModule {}
`),
  )
})

test('an answer that is spread keeps what decided for it', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { problemOf, careless } from './problems.js'
    const app = express()
    app.use((err, req, res, next) => {
      const problem = problemOf(err)
      res.status(problem.status).json({ ...problem, instance: req.id })
    })
    app.use((err, req, res, next) => {
      res.status(500).json({ ...(err.expose ? { why: err.message } : {}), title: 'Failed' })
    })
    app.use((err, req, res, next) => {
      res.status(500).json({ ...careless(err), instance: req.id })
      //                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
    })
    app.listen(3000)
    //- /problems.js
    import { HttpError } from './httpError.js'
    export function problemOf(error) {
      if (error instanceof HttpError && error.status < 500) return { status: error.status, title: error.message }
      return { status: 500, title: 'Something went wrong' }
    }
    export function careless(error) {
      if (error instanceof HttpError) return { status: 500, title: 'Something went wrong' }
      return { status: 500, title: error.message }
    }
    //- /httpError.js
    export class HttpError extends Error {
      constructor(status, message) { super(message); this.status = status }
    }
  `,
  )
})

test('a method of an error that is known, or of what was made in its place', () => {
  const handler = (known: string): string => `
    //- /app.ts
    import express from 'express'
    const app = express()
    class Problem extends Error {
      constructor(readonly status: number, readonly title: string, options?: ErrorOptions) {
        super(title, options)
      }
      toJSON() {
        return { title: this.title, status: this.status }
      }
    }
    function problemOf(error: any): any {
      if (${known}) return error
      return new Problem(500, 'Something went wrong', { cause: error })
    }
    app.get('/', async (req, res) => {
      await fetch('http://other')
      res.end()
    })
    app.use((error, req, res, next) => {
      const problem = problemOf(error)
      res.status(problem.status).send(problem.toJSON())
    })
    app.listen(3000)
  `
  check(rule, handler('error instanceof Problem'))
  check(
    rule,
    handler('req').replace(
      'res.status(problem.status).send(problem.toJSON())\n',
      (line) => `${line}      //                              ^^^^^^^^^^^^^^^^ [medium] The whole error object\n`,
    ),
  )
})

test('one answer with several parts of an error is one finding', () => {
  const findings = check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    app.get('/', async (req, res) => {
      try {
        res.json(await req.app.locals.db.find())
      } catch (err) {
        res.status(502).json({ answer: err.response?.data, error: err.message })
        //                                                 ^^^^^^^^^^^^^^^^^^ [high] The message of an unexpected error
      }
    })
    app.listen(3000)
  `,
  )
  expect(findings[0]?.related.filter(({ role }) => role === 'affected').map(({ message }) => message)).toEqual([
    'the same answer carries this too',
  ])
})

test('a table of names knows the error, and addresses hold encoded messages', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const STATUSES = { NotFoundError: 404, ConflictError: 409 }
    app.get('/', async (req, res) => {
      try {
        res.json(await req.app.locals.db.find())
      } catch (err) {
        res.redirect('/failed?reason=' + encodeURIComponent(err.message))
        //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] The message of an unexpected error
      }
    })
    app.use((err, req, res, next) => {
      if (err.name in STATUSES) return res.status(STATUSES[err.name]).json({ message: err.message })
      res.status(500).end()
    })
    app.listen(3000)
  `,
  )
})

test('fix: what is known to be meant for clients still goes to them', () => {
  const filter = (message: string): string => `
//- /app.js
import express from 'express'
import { HttpError } from './httpError.js'
const app = express()
app.use((err, req, res, next) => {
  console.error(err)
  res.status(500).json({ status: 'error', message: ${message} })
})
app.listen(3000)
//- /httpError.js
export class HttpError extends Error {}
`
  checkFix(
    rule,
    filter('err instanceof HttpError ? err.message : String(err)'),
    filter(`err instanceof HttpError ? err.message : 'Internal Server Error'`),
  )
  checkFix(rule, filter('err ? err.message : String(err)'), filter(`'Internal Server Error'`))
})

test('fix: a text that stands in where the error has none goes with it', () => {
  const app = (message: string): string => `
    //- /app.js
    import express from 'express'
    const app = express()
    app.use((err, req, res, next) => {
      console.error(err)
      res.status(500).json({ message: ${message} })
    })
    app.listen(3000)
  `
  checkFix(rule, app(`err.message || 'Something failed'`), app(`'Internal Server Error'`))
  checkFix(rule, app(`err.message ?? 'Something failed'`), app(`'Internal Server Error'`))
})

test('a handler with an argument bound in front of the request', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { things } from './things.js'
    const app = express()
    app.get('/things/:id', show.bind(null, things))
    app.use(onError.bind(null, console))
    async function show(store, req, res) {
      try {
        res.json(await store.find(req.params.id))
      } catch (err) {
        res.status(500).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [high] The message of an unexpected error reaches the client
      }
    }
    function onError(log, err, req, res, next) {
      log.error(err)
      res.status(500).json({ error: 'Internal Server Error' })
    }
    app.listen(3000)
  `,
  )
})

test('fix: details beside the message go', () => {
  checkFix(
    rule,
    `
    //- /app.js
    const app = require('express')()
    app.get('/', async (req, res) => {
      try {
        res.json(await req.app.locals.db.find())
      } catch (err) {
        console.error(err)
        res.status(502).json({ error: err.message, query: err.sql, ok: false })
      }
    })
    app.listen(3000)
  `,
    `
    //- /app.js
    const app = require('express')()
    app.get('/', async (req, res) => {
      try {
        res.json(await req.app.locals.db.find())
      } catch (err) {
        console.error(err)
        res.status(502).json({ error: 'Bad Gateway', ok: false })
      }
    })
    app.listen(3000)
  `,
  )
})

test('an error handler of Fastify that returns its answer still tells clients what they did wrong', () => {
  const server = (message: string): string => `
    //- /app.ts
    import Fastify from 'fastify'
    const app = Fastify()
    app.setErrorHandler((err, request, reply) => {
      request.log.error(err)
      const status = (err as { statusCode?: number }).statusCode ?? 500
      reply.code(status)
      return { ok: false, message: ${message} }
    })
    app.get('/', async () => ({ ok: true }))
    await app.listen({ port: 3000 })
  `
  checkFix(rule, server('(err as Error).message'), server("status < 500 ? (err as Error).message : 'Internal Server Error'"))
})

/** An application of routing-controllers with these options, an action, and error middleware where `errors` names its class. */
const controllers = (options: string, action: string, more = ''): string => `
  //- /package.json
  { "dependencies": { "express": "^4.21.0", "routing-controllers": "^0.11.0" } }
  //- /src/app.ts
  import { createExpressServer, Get, JsonController, Middleware, NotFoundError, Param } from 'routing-controllers'
  import { readFile } from 'node:fs/promises'
  @JsonController('/files')
  class Files {
    @Get('/:name')
    async one(@Param('name') name: string) {
      ${action}
    }
  }
  ${more}
  const app = createExpressServer({ controllers: [Files]${options} })
  app.listen(3000)
`
const reading = "return { text: await readFile('data', 'utf8') }"
const errorMiddleware = `@Middleware({ type: 'after' })
  class Errors {
    error(error: any, request: any, response: any, next: any) {
      console.error(error)
      response.status(500).json({ error: 'Internal Server Error' })
    }
  }`

test('what routing-controllers answers itself carries the error', () => {
  check(
    rule,
    controllers('', reading).replace(
      'const app = createExpressServer({ controllers: [Files] })',
      `const app = createExpressServer({ controllers: [Files] })
  //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] routing-controllers answers errors of one action`,
    ),
  )
  check(rule, controllers(', defaultErrorHandler: false', reading))
  check(rule, controllers('', "if (name === '') throw new NotFoundError('no such file'); return { name }"))
  check(rule, controllers('', `try { ${reading} } catch { return { text: '' } }`))
})

test('three actions of many show what is answered so, and the fix says what it does', () => {
  const many = (count: number): string =>
    Array.from({ length: count }, (_, index) => `  @Get('/more/${index}')\n  async more${index}() { ${reading} }\n`).join('')
  const source = controllers('', reading, errorMiddleware).replace("  @Get('/:name')", `${many(4)}  @Get('/:name')`)
  const [finding] = check(
    rule,
    source.replace(
      '  app.listen(3000)',
      '  //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] answers errors of 5 actions => Leave errors to the error middleware\n  app.listen(3000)',
    ),
  )
  expect(finding?.related.map(({ message }) => message)).toEqual(
    [0, 1, 2].map((index) => `errors of GET /files/more/${index} are answered so`),
  )
})

test('fix: error middleware that waits behind it gets the errors', () => {
  checkFix(rule, controllers('', reading, errorMiddleware), controllers(', defaultErrorHandler: false', reading, errorMiddleware))
  checkNoFix(rule, controllers('', reading))
})

test('an error handler of Fastify hands errors to the one of the context around it', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.setErrorHandler((error, request, reply) => {
      request.log.error(error)
      return reply.code(error.statusCode ?? 500).send({ error: 'failed' })
    })
    app.register(async (staff) => {
      staff.setErrorHandler((error, request, reply) => {
        request.log.warn(error)
        return reply.code(500).send(error)
      })
      staff.get('/rooms', async () => [])
    })
    await app.listen({ port: 3000 })
  `,
  )
})

test('fix: an error handler of Fastify goes by the status of the error', () => {
  const app = (answer: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.setErrorHandler((error, request, reply) => {
      request.log.error(error)
      ${answer}
    })
    app.get('/rooms', async () => [])
    await app.listen({ port: 3000 })
  `
  checkFix(
    rule,
    app('return reply.code(500).send(error)'),
    app(`const statusCode = error.statusCode ?? 500
      return reply.code(statusCode).send(statusCode < 500 ? error : { error: 'Internal Server Error' })`),
  )
})

test('fix: the text is that of the status', () => {
  checkFix(
    rule,
    around('res.status(503).json({ error: err.message })'),
    around("console.error(err)\n      res.status(503).json({ error: 'Service Unavailable' })"),
  )
})

test('what a block throws itself is known to whoever wrote it', () => {
  check(
    rule,
    `
    import express from 'express'
    import createError from 'http-errors'
    const app = express()
    app.put('/a', (req, res) => {
      try {
        if (!req.body.total) throw new Error('total is required')
        res.json({ ok: true })
      } catch (err) {
        res.status(500).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [low]
      }
    })
    app.put('/b', (req, res) => {
      try {
        if (!req.query.id) throw createError(404, 'No such order')
        res.json({ ok: true })
      } catch (err) {
        res.redirect('/error?message=' + encodeURIComponent(err.message))
        //           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low]
      }
    })
    const saveOrder = async (order) => {
      const response = await fetch('https://orders.internal', { method: 'POST', body: JSON.stringify(order) })
      return response.json()
    }
    app.put('/c', async (req, res) => {
      try {
        if (!req.body.total) throw new Error('total is required')
        await saveOrder(req.body)
        res.json({ ok: true })
      } catch (err) {
        res.status(500).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [high]
      }
    })
    class StoreError extends Error {
      constructor(table) {
        super('cannot read ' + table)
      }
    }
    const readOrder = (id) => { throw new StoreError('orders_' + id) }
    app.get('/d', (req, res) => {
      try {
        res.json(readOrder(req.query.id))
      } catch (err) {
        res.status(500).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [high]
      }
    })
    app.listen(3000)
  `,
  )
})

const masked = (value: string, mark = ''): string => `
  //- /app.js
  const app = require('express')()
  const { createYoga } = require('graphql-yoga')
  app.use(createYoga({ schema, maskedErrors: ${value} }))
  ${mark}
  app.listen(3000)
`

test('graphql-yoga is told not to mask errors', () => {
  check(rule, masked('false', '//                           ^^^^^^^^^^^^^^^^^^^ [high] graphql-yoga is told => Mask errors in production'))
  for (const value of ['true', 'undefined', "process.env.NODE_ENV === 'production'", "{ errorMessage: 'Oops' }"]) check(rule, masked(value))
  checkFix(rule, masked('false'), masked("process.env.NODE_ENV === 'production'"))
})

test('a fix logs nothing that the function which answers has logged', () => {
  const text = `
    //- /app.js
    const fastify = require('fastify')({ logger: true })
    const { run } = require('./db')
    fastify.get('/a', async (request, reply) => {
      const { data, error } = await run(request.query.id)
      if (error) {
        request.log.error({ error, url: request.url })
        reply.code(error.code === 1 ? 400 : 500)
        return { error: error.message }
      }
      return data
    })
    fastify.listen({ port: 3000 })
    //- /db.js
    exports.run = async (id) => {
      try {
        return { data: await load(id), error: null }
      } catch (error) {
        return { data: null, error }
      }
    }
    //- /package.json
    { "dependencies": { "fastify": "^5.2.0" } }
    `
  checkFix(rule, text, text.replace('error: error.message', "error: reply.statusCode < 500 ? error.message : 'Internal Server Error'"))
})

const procedures = (options: string, resolver: string, mark = ''): string => `
  //- /app.js
  const app = require('express')()
  const { initTRPC, TRPCError } = require('@trpc/server')
  const { createExpressMiddleware } = require('@trpc/server/adapters/express')
  const { findUser } = require('./db')
  const t = initTRPC.context().create(${options})
  ${mark}
  const router = t.router({ user: t.procedure.input(String).query(${resolver}) })
  app.use('/trpc', createExpressMiddleware({ router, createContext: () => ({}) }))
  app.listen(3000)
  //- /db.js
  const { Client } = require('pg')
  exports.findUser = (id) => new Client().query('select * from users where id = $1', [id])
`

test('tRPC answers what procedures run into', () => {
  const mark =
    '//        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] tRPC answers unexpected errors of one procedure => Answer unexpected errors with a generic text'
  check(rule, procedures('', 'async ({ input }) => findUser(input)', mark))
  const onFastify = procedures('', 'async ({ input }) => findUser(input)', mark)
    .replace("require('express')", "require('fastify')")
    .replace('{ createExpressMiddleware }', '{ fastifyTRPCPlugin }')
    .replace('adapters/express', 'adapters/fastify')
    .replace(/app.use.*/, "app.register(fastifyTRPCPlugin, { prefix: '/trpc', trpcOptions: { router, createContext: () => ({}) } })")
    .replace('listen(3000)', 'listen({ port: 3000 })')
  check(rule, onFastify)
  const formatter = `{
    errorFormatter: ({ shape }) =>
      shape.data.code === 'INTERNAL_SERVER_ERROR' ? { ...shape, message: 'Internal server error' } : shape
  }`
  for (const [options, resolver] of [
    ['', '() => 1'],
    ['', "() => { throw new TRPCError({ code: 'NOT_FOUND', message: 'No such user' }) }"],
    ['', 'async ({ input }) => { try { return await findUser(input) } catch { throw new TRPCError({ code: "BAD_REQUEST" }) } }'],
    [formatter, 'async ({ input }) => findUser(input)'],
    ['require("./missing")', 'async ({ input }) => findUser(input)'],
  ] as const)
    check(rule, procedures(options, resolver))
  checkFix(
    rule,
    procedures('', 'async ({ input }) => findUser(input)'),
    procedures(
      "{ errorFormatter: ({ shape }) => shape.data.code === 'INTERNAL_SERVER_ERROR' ? { ...shape, message: 'Internal server error' } : shape }",
      'async ({ input }) => findUser(input)',
    ),
  )
})

test('of many procedures that are answered so, the first three are shown', () => {
  const mark = '//        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] tRPC answers unexpected errors of 4 procedures'
  const four = procedures('', 'async ({ input }) => findUser(input)', mark).replace(
    /user: (.*) \}\)\n/,
    (_, one: string) => `${['a', 'b', 'c', 'd'].map((name) => `${name}: ${one}`).join(', ')} })\n`,
  )
  const notes = check(rule, four).flatMap(({ related }) => related.map(({ message, role }) => [role, message]))
  expect(notes).toEqual(['', '', ''].map(() => ['evidence', 'errors of this procedure are answered so']))
})

test('procedures that no server of the project serves are not its own to judge', () => {
  check(rule, procedures('', 'async ({ input }) => findUser(input)').replace(/app.use\(.*/, ''))
})

test('an object that a helper makes of the error gives way to an object', () => {
  const server = (body: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    const problemOf = (error) => ({ status: error.statusCode ?? 500, title: error.name, detail: error.message })
    app.setErrorHandler((error, request, reply) => {
      const problem = problemOf(error)
      request.log.error(error)
      return reply.code(problem.status).type('application/problem+json').send(${body})
    })
    app.get('/', async () => 1)
    await app.listen({ port: 3000 })
  `
  checkFix(rule, server('problem'), server("reply.statusCode < 500 ? problem : { error: 'Internal Server Error' }"))
})

test('a check of tokens that a promise is made of', () => {
  const server = (checks: string, confidence: string): string => `
    //- /package.json
    { "type": "module", "dependencies": { "express": "^5.0.0", "jsonwebtoken": "^9.0.0", "pg": "^8.0.0" } }
    //- /app.js
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import pg from 'pg'
    const pool = new pg.Pool()
    const verify = (token) => new Promise((res, rej) => ${checks})
    const app = express()
    app.get('/me', async (req, res) => {
      try {
        res.json(await verify(req.get('token')))
      } catch (err) {
        res.status(401).json({ error: err.message })
        //                     ^^^^^^^^^^^^^^^^^^ [${confidence}]
      }
    })
    app.listen(3000)
  `
  const settled = '(err, found) => (err ? rej(err) : res(found))'
  check(rule, server(`jwt.verify(token, process.env.KEY, { algorithms: ['HS256'] }, ${settled})`, 'low'))
  check(rule, server(`pool.query('select * from sessions where token = $1', [token], ${settled})`, 'medium'))
})

test('fixes: the one arm for all errors keeps texts for clients, and an arm beside theirs does not', () => {
  const filter = (message: string): string =>
    nestFixture(`//- /app.module.ts
import { ArgumentsHost, Catch, Controller, ExceptionFilter, Get, HttpException, Logger, Module } from '@nestjs/common'
import { APP_FILTER } from '@nestjs/core'
import { Response } from 'express'
@Catch()
class AllExceptionsFilter implements ExceptionFilter {
  private readonly logger = new Logger(AllExceptionsFilter.name)
  catch(exception: unknown, host: ArgumentsHost) {
    const response = host.switchToHttp().getResponse<Response>()
    const status = exception instanceof HttpException ? exception.getStatus() : 500
    this.logger.error({ err: exception }, 'failed')
    response.status(status).json({ status, message: ${message} })
  }
}
@Controller()
class NotesController {
  @Get() list() { return notes.all() }
}
@Module({ controllers: [NotesController], providers: [{ provide: APP_FILTER, useClass: AllExceptionsFilter }] })
export class AppModule {}
`)
  const fixedFilter = (message: string): string => filter(message).replace(/\/\/- \/package.json[\s\S]*?(?=\/\/- \/app)/, '')
  checkFix(
    rule,
    filter("exception instanceof Error ? exception.message : 'Failed'"),
    fixedFilter("exception instanceof Error ? (status < 500 ? exception.message : 'Internal Server Error') : 'Failed'"),
  )
  checkFix(
    rule,
    filter('exception instanceof HttpException ? exception.message : (exception as Error).message'),
    fixedFilter("exception instanceof HttpException ? exception.message : 'Internal Server Error'"),
  )
})

test('what is no Error was made by hand; what may be one was not', () => {
  const rest = '      //       ^^^ [medium] whole error object'
  check(rule, around("if (err instanceof Error) return res.status(500).json({ error: 'failed' })\n      res.json(err)"))
  check(rule, around(`if (err instanceof TypeError) return res.status(500).json({ error: 'failed' })\n      res.json(err)\n${rest}`))
  check(rule, around(`if (req.query.quiet instanceof Error) return res.end()\n      res.json(err)\n${rest}`))
})

test('a template that prints the message alone gets an error with a generic one', () => {
  const app = (given: string): string => `
    //- /app.js
    const app = require('express')()
    app.use((err, req, res, next) => {
      console.error(err)
      res.status(500).render('error', { error: ${given} })
    })
    app.listen(3000)`
  checkFix(rule, `${app('err')}\n    //- /views/error.pug\n    p= error.message`, app("{ message: 'Internal Server Error' }"))
  // Where it prints the error as a text, it gets one.
  for (const template of ['error.pug\n    p= error', 'error.ejs\n    <p><%= error %></p>', 'error.hbs\n    <p>{{error}}</p>'])
    checkFix(rule, `${app('err')}\n    //- /views/${template}`, app("'Internal Server Error'"))
})

test.each([
  ["const logger = require('morgan')", 'console'],
  ["const logger = require('morgan')('dev')", 'console'],
  ["const { logger } = require('./lines')", 'console'],
  ["const log = require('debug')('app')", 'console'],
  ["const logger = require('npmlog')", 'logger'],
  ["const logger = require('./own')", 'logger'],
])('fix: what is called a logger and logs requests, or is a function alone, logs no errors: %s', (line, name) => {
  const app = (answer: string): string => `
    //- /app.js
    const express = require('express')
    ${line}
    const app = express()
    app.use((err, req, res, next) => {
      ${answer}
    })
    app.listen(3000)
    //- /lines.js
    const morgan = require('morgan')
    exports.logger = morgan('combined')
    //- /own.js
    module.exports = { error: (one) => process.stderr.write(String(one)) }
  `
  checkFix(
    rule,
    app('res.status(500).json({ error: err.message })'),
    app(`${name}.error(err)\n      res.status(500).json({ error: 'Internal Server Error' })`),
  )
})

test('fix: what an error handler leaves for its view, as the generator of Express writes it', () => {
  const app = (message: string, log = ''): string => `
    //- /app.js
    var createError = require('http-errors');
    var express = require('express');
    var app = express();
    app.use(function(req, res, next) {
      next(createError(404));
    });
    app.use(function(err, req, res, next) {
      ${log}// set locals, only providing error in development
      res.locals.message = ${message};
      res.locals.error = req.app.get('env') === 'development' ? err : {};

      // render the error page
      res.status(err.status || 500);
      res.render('error');
    });
    app.listen(3000);
    //- /views/error.ejs
    <h1><%= message %></h1>
    <h2><%= error.status %></h2>
    <pre><%= error.stack %></pre>
  `
  checkFix(
    rule,
    app('err.message'),
    app("(err.status || 500) < 500 ? err.message : 'Internal Server Error'", 'if ((err.status || 500) >= 500) console.error(err);\n      '),
  )
})

test('fix: a helper that asks for an error, or reads it, is the one that hides the message', () => {
  const app = (log: string, message: string): string => `
    //- /app.js
    import express from 'express'
    import { respond } from './respond.js'
    import { load, save } from './store.js'
    const app = express()
    app.get('/a', async (req, res) => {
      try {
        respond(res, 200, await load(req.query.id))
      } catch (err) {${log}
        respond(res, 500, err)
      }
    })
    app.post('/b', async (req, res) => {
      try {
        respond(res, 201, await save(req.body))
      } catch (err) {${log}
        respond(res, 500, err)
      }
    })
    app.listen(3000)
    //- /store.js
    export const load = async (id) => query('SELECT ' + id)
    export const save = async (body) => query('INSERT ' + body)
    //- /respond.js
    export class Problem extends Error {
      constructor(status, message) {
        super(message)
        this.status = status
      }
    }
    export function respond(response, status, data) {
      if (data instanceof Problem) {
        response.status(data.status).json({ success: false, message: data.message })
        return
      }
      if (data instanceof Error) {
        response.status(status).json({ success: false, message: ${message} })
        return
      }
      response.status(status).json({ success: true, data })
    }
  `
  checkFix(
    rule,
    app('', 'data.message'),
    app('\n        console.error(err)', "response.statusCode < 500 ? data.message : 'Internal Server Error'"),
  )
})

test('fix: a helper that makes the body before the answer has its status', () => {
  const app = (message: string, log: string): string => `
    //- /app.js
    import express from 'express'
    import { load } from 'somewhere'
    const app = express()
    const fail = (error, res) => {
      const body = { message: ${message} }
      res.status(500).json(body)
    }
    app.get('/notes', async (req, res) => {
      try { res.json(await load()) } catch (error) { ${log}fail(error, res) }
    })
    app.listen(3000)
  `
  checkFix(rule, app('error.message', ''), app("'Internal Server Error'", 'console.error(error); '))
})

test('an error of the project that is made of the text of another one, where its class lets the text pass', () => {
  const server = (thrown: string, handler: string, mark = ''): string => `
    //- /app.js
    import express from 'express'
    import { AppError, StoreError, Wrapped } from './errors.js'
    import { load } from './store.js'
    const app = express()
    app.get('/orders', async (req, res, next) => {
      try {
        res.json(await load(req.query.id))
      } catch (e) {
        console.error(e)
        ${thrown}
        ${mark}
      }
    })
    app.use((err, req, res, next) => {
      ${handler}
      res.status(500).json({ message: 'failed' })
    })
    app.listen(3000)
    //- /errors.js
    export class AppError extends Error {
      constructor(message, status, options) {
        super(message, options)
        this.status = status
        this.isOperational = true
      }
    }
    export class StoreError extends Error {
      constructor(action, cause) {
        super(\`\${action} failed: \${cause.message}\`)
      }
    }
    export class Wrapped extends AppError {
      constructor(cause) {
        super(cause.message, 502)
        this.isOperational = false
      }
    }
    //- /store.js
    import pg from 'pg'
    const pool = new pg.Pool()
    export const load = (id) => pool.query('select 1', [id])
  `
  const byClass =
    'if (err instanceof StoreError || err instanceof AppError) return res.status(err.status ?? 500).json({ message: err.message })'
  const byFlag = 'if (err.isOperational) return res.status(err.status).json({ message: err.message })'
  const inArm = 'if (!res.headersSent) return res.status(500).json({ message: err instanceof StoreError ? err.message : "failed" })'
  const marked = (text: string): string => `${'^'.repeat(text.length)} [medium] The message of an unexpected error reaches the client.`
  const told = (code: string, handler: string): void => {
    check(rule, server(`throw ${code}`, handler, `//    ${marked(code)}`).replace(/\n {8}\/\/ {4}/, '\n        //    '))
  }
  told("new StoreError('loading', e)", byClass)
  told("new StoreError('loading', e)", inArm)
  told('new AppError(e.message, 500)', byClass)
  told('new AppError(e.message, 500)', byFlag)
  told('new Wrapped(e)', byClass)
  // What it is made of stays inside, or it was the client who got something wrong.
  check(rule, server("next(new AppError('not loaded', 500, { cause: e }))", byClass))
  check(rule, server('next(new AppError(e.message, 400))', byFlag))
  // An error middleware in front of the one that tells the text answers it.
  const behind = `res.status(500).json({ message: 'failed' }) })\n    app.use((err, req, res, next) => { ${byClass}`
  check(rule, server("next(new StoreError('loading', e))", behind))
  check(
    rule,
    server("next(new StoreError('loading', e))", `if (err instanceof StoreError) return ${behind.replace('}) })', '}); next(err) })')}`),
  )
  told(
    "new StoreError('loading', e)",
    `if (err.name === 'Known' || !(err instanceof StoreError)) return ${behind.replace('}) })', '}); next(err) })')}`,
  )
  // No condition lets it pass.
  check(rule, server("next(new StoreError('loading', e))", byFlag))
  check(rule, server('next(new Wrapped(e))', byFlag))
  check(rule, server("next(new StoreError('loading', e))", ''))
  // Written to the log alone.
  check(rule, server("console.error(new StoreError('loading', e)); next(e)", byClass))
  // Where every text is told, that is what leaks.
  const everyText = 'return res.status(500).json({ message: err.message })'
  const at = `//${' '.repeat(everyText.indexOf('err.message') - 2 - 'message: '.length)}${'^'.repeat('message: err.message'.length)} [high]`
  check(rule, server("next(new StoreError('loading', e))", `${everyText}\n      ${at}`))
})

test('fix: the text of a caught error that an own error is given becomes a generic one', () => {
  const server = (text: string): string => `
    //- /app.js
    import express from 'express'
    import { AppError } from './errors.js'
    import { load } from './store.js'
    const app = express()
    app.get('/orders', async (req, res, next) => {
      try {
        res.json(await load(req.query.id))
      } catch (e) {
        console.error(e)
        next(new AppError(${text}, 500))
      }
    })
    app.use((err, req, res, next) => {
      if (err instanceof AppError) return res.status(err.status).json({ message: err.message })
      res.status(500).json({ message: 'failed' })
    })
    app.listen(3000)`
  const errors = `
    //- /errors.js
    export class AppError extends Error {
      constructor(message, status) {
        super(message)
        this.status = status
      }
    }
    //- /store.js
    import pg from 'pg'
    const pool = new pg.Pool()
    export const load = (id) => pool.query('select 1', [id])
  `
  checkFix(rule, server('e.message') + errors, server("'Internal Server Error'"))
})

test('what a schema says of input, where the package is asked whose error it is', () => {
  const server = (asked: string, mark = ''): string => `
    import express from 'express'
    import Joi from 'joi'
    import { save } from './store.js'
    const fields = Joi.object({ name: Joi.string() })
    const app = express()
    app.post('/', async (req, res, next) => {
      try {
        await save(await fields.validateAsync(req.body))
        res.end()
      } catch (err) {
        if (${asked}) return res.status(400).json({ fields: err.details.map((one) => one.message) })
        ${mark}
        next(err)
      }
    })
    app.listen(3000)
  `
  check(rule, server('Joi.isError(err)'))
  const own = 'fields: err.details.map((one) => one.message)'
  check(rule, server('err', `//${' '.repeat('if (err) return res.status(400).json({ '.length - 2)}${'^'.repeat(own.length)} [low]`))
})

// Fixes of the rules about errors in their less common shapes, proven on running applications.
import { expect, test } from 'vitest'
import noErrorObjectInResponse from '../../../rules/no-error-object-in-response/rule.js'
import noStackInResponse from '../../../rules/no-stack-in-response/rule.js'
import requireAsyncErrorForwarding from '../../../rules/require-async-error-forwarding/rule.js'
import requireErrorHandler from '../../../rules/require-error-handler/rule.js'
import { proveFix, type ProbedApplication } from '../proveFix.js'

const secret = 'column pin_hash'
const honest = [{ method: 'GET', path: '/', status: 200 }]
const tellsSecret = async ({ get }: ProbedApplication) => (await (await get('/fail')).text()).includes(secret)

test('messages of errors below 500 still pass', async () => {
  await proveFix({
    rule: noErrorObjectInResponse,
    app: `
      //- /server.js
      const express = require('express')
      const app = express()
      app.get('/', (req, res) => res.json({ ok: true }))
      app.get('/gone', () => { throw Object.assign(new Error('no such user'), { status: 404 }) })
      app.get('/fail', () => { throw new Error('${secret}') })
      app.use((err, req, res, next) => {
        res.status(err.status || 500).json({ error: err.message })
      })
      app.listen(process.env.PORT)
    `,
    honest: [...honest, { method: 'GET', path: '/gone', status: 404 }, { method: 'GET', path: '/fail', status: 500 }],
    weakness: async (application) => {
      expect(await (await application.get('/gone')).json()).toEqual({ error: 'no such user' })
      const tells = await tellsSecret(application)
      await expect.poll(() => application.output().includes(secret)).toBe(!tells)
      expect(application.output()).not.toContain('no such user')
      return tells
    },
  })
})

test('what an error handler leaves for its view keeps what clients are meant to read, and no logger of requests logs errors', async () => {
  await proveFix({
    rule: noErrorObjectInResponse,
    app: `
      //- /server.js
      const express = require('express')
      const logger = require('morgan')
      const fs = require('node:fs')
      const app = express()
      app.engine('txt', (file, { message }, done) => done(null, fs.readFileSync(file, 'utf8').replace('MESSAGE', message)))
      app.set('views', __dirname)
      app.set('view engine', 'txt')
      app.use(logger('tiny'))
      app.get('/', (req, res) => res.json({ ok: true }))
      app.get('/gone', () => { throw Object.assign(new Error('no such user'), { status: 404 }) })
      app.get('/fail', () => { throw new Error('${secret}') })
      app.use((err, req, res, next) => {
        res.locals.message = err.message
        res.status(err.status || 500)
        res.render('error')
      })
      app.listen(process.env.PORT)
      //- /error.txt
      Sorry: MESSAGE
    `,
    honest: [...honest, { method: 'GET', path: '/gone', status: 404 }, { method: 'GET', path: '/fail', status: 500 }],
    weakness: async (application) => {
      expect(await (await application.get('/gone')).text()).toContain('Sorry: no such user')
      expect(await (await application.get('/fail')).text()).toContain('Sorry: ')
      const tells = await tellsSecret(application)
      await expect.poll(() => application.output().includes(secret)).toBe(!tells)
      return tells
    },
  })
})

test('a helper that asks for an error still gets one, and answers as a failure', async () => {
  await proveFix({
    rule: noErrorObjectInResponse,
    app: `
      //- /server.js
      const express = require('express')
      const app = express()
      class Problem extends Error {
        constructor(status, message) { super(message); this.status = status }
      }
      const respond = (res, status, data) => {
        if (data instanceof Problem) return res.status(data.status).json({ success: false, message: data.message })
        if (data instanceof Error) return res.status(status).json({ success: false, message: data.message })
        res.status(status).json({ success: true, data })
      }
      app.get('/', (req, res) => respond(res, 200, []))
      app.get('/gone', () => { throw new Problem(404, 'no such user') })
      app.get('/fail', () => { throw new Error('${secret}') })
      app.use((err, req, res, next) => {
        respond(res, 500, err)
      })
      app.listen(process.env.PORT)
    `,
    honest: [...honest, { method: 'GET', path: '/gone', status: 404 }, { method: 'GET', path: '/fail', status: 500 }],
    weakness: async (application) => {
      expect(await (await application.get('/gone')).json()).toEqual({ success: false, message: 'no such user' })
      const answer = (await (await application.get('/fail')).json()) as { success: boolean; message: string }
      expect(answer.success).toBe(false)
      return answer.message === secret
    },
  })
})

test.each([4, 5] as const)(
  'arguments of a helper and a rejected promise in TypeScript, Express %d',
  { timeout: 60_000 },
  async (express) => {
    await proveFix({
      rule: noErrorObjectInResponse,
      express,
      app: `
      //- /server.ts
      import express, { type Response } from 'express'
      const app = express()
      const refuse = (res: Response, text: string): void => {
        res.status(500).json({ text })
      }
      app.get('/', (_req, res) => { res.json({ ok: true }) })
      app.get('/fail', (_req, res) => {
        Promise.reject(new Error('${secret}')).catch((error: Error) => refuse(res, error.message))
      })
      app.listen(Number(process.env.PORT))
    `,
      honest: [...honest, { method: 'GET', path: '/fail', status: 500 }],
      weakness: tellsSecret,
    })
  },
)

test('message and stack of one answer go together', async () => {
  await proveFix({
    rule: noStackInResponse,
    app: `
      //- /server.js
      const express = require('express')
      const app = express()
      app.get('/', (req, res) => res.json({ ok: true }))
      app.get('/fail', (req, res) => {
        try {
          throw new Error('${secret}')
        } catch (error) {
          res.status(500).json({ message: error.message, stack: error.stack })
        }
      })
      app.listen(process.env.PORT)
    `,
    honest: [...honest, { method: 'GET', path: '/fail', status: 500 }],
    weakness: tellsSecret,
  })
})

const isPage = async ({ get }: ProbedApplication) => ((await get('/fail')).headers.get('content-type') ?? '').includes('html')

test.each([
  ['before the routes', 'app.use((err, req, res, next) => res.status(500).json({ error: "failed" }))', ''],
  ['with three parameters', '', 'app.use((err, req, res) => res.status(500).json({ error: "failed" }))'],
])('error middleware %s', async (_, before, after) => {
  await proveFix({
    rule: requireErrorHandler,
    app: `
      //- /server.js
      const express = require('express')
      const app = express()
      ${before}
      app.get('/', (req, res) => res.json({ ok: true }))
      app.get('/fail', (req, res) => { req.missing.read() })
      ${after}
      app.listen(process.env.PORT)
    `,
    honest: [...honest, { method: 'GET', path: '/fail', status: 500 }],
    weakness: isPage,
  })
})

test.each([4, 5] as const)('error middleware is added in TypeScript, Express %d', { timeout: 60_000 }, async (express) => {
  await proveFix({
    rule: requireErrorHandler,
    express,
    app: `
      //- /server.ts
      import express from 'express'
      export class Server {
        readonly app = express()
        constructor() {
          this.app.get('/', (_req, res) => { res.json({ ok: true }) })
          this.app.get('/fail', () => { throw new Error(process.argv[1]) })
        }
        start() {
          this.app.listen(Number(process.env.PORT))
        }
      }
      new Server().start()
    `,
    honest: [...honest, { method: 'GET', path: '/fail', status: 500 }],
    weakness: isPage,
  })
})

test('error middleware answers a file that is too large with 413', async () => {
  await proveFix({
    rule: requireErrorHandler,
    app: `
      //- /server.js
      const express = require('express')
      const multer = require('multer')
      const app = express()
      const upload = multer({ limits: { fileSize: 1000 } })
      app.get('/', (req, res) => res.json({ ok: true }))
      app.post('/files', upload.single('file'), (req, res) => res.json({ size: req.file.size }))
      app.get('/fail', (req, res) => { req.missing.read() })
      app.listen(process.env.PORT)
    `,
    honest,
    weakness: async ({ url, output }) => {
      const send = (field: string, bytes: number) => {
        const body = new FormData()
        body.set(field, new Blob([new Uint8Array(bytes)]), 'file.bin')
        return fetch(`${url}/files`, { method: 'POST', body })
      }
      expect((await send('file', 100)).status).toBe(200)
      const answers = [await send('file', 2000), await send('other', 100)]
      if (answers.every(({ status }) => status === 500)) return true
      expect(answers.map(({ status }) => status)).toEqual([413, 400])
      expect(await answers[0]?.json()).toEqual({ error: 'File too large' })
      expect(output()).not.toContain('MulterError')
      return false
    },
  })
})

test.each([
  ['those that return nothing', 'res.json({ ok: true })'],
  ['one that returns its answer', "if (req.query['id'] === 'x') return res.status(404).json({})\n        return res.json({ ok: true })"],
])('all handlers of a router are wrapped, in TypeScript: %s', { timeout: 60_000 }, async (_, answer) => {
  await proveFix({
    rule: requireAsyncErrorForwarding,
    express: 4,
    app: `
      //- /server.ts
      import express, { type Request, type Response } from 'express'
      const app = express()
      const users = express.Router()
      const list = async (_req: Request<{ id: string }>, res: Response<string[]>) => {
        await Promise.reject(new Error('${secret}'))
        res.json([])
      }
      users.get('/', async (req, res) => {
        await Promise.resolve(req)
        ${answer}
      })
      users.get('/fail', list)
      app.use(users)
      process.on('unhandledRejection', () => undefined)
      app.listen(Number(process.env.PORT))
    `,
    honest,
    weakness: async ({ url }) => {
      try {
        return (await fetch(url + '/fail', { signal: AbortSignal.timeout(1500) })).status !== 500
      } catch {
        return true
      }
    },
  })
})

// What happens to open requests when the process is asked to end.
import { describe, expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { parseFixture } from '../../testing/fixture.js'
import { nestFixture } from '../../testing/nestFixture.js'
import rule from './rule.js'

const MODULE = `//- /app.module.ts
import { Controller, Get, Module } from '@nestjs/common'

@Controller()
class AppController {
  @Get()
  hello() {
    return {}
  }
}

@Module({ controllers: [AppController] })
export class AppModule {}
`

/** An Express server, with lines after the one that listens. */
const server = (after: string, listens = 'const server = app.listen(3000)'): string => `//- /server.js
const express = require('express')
const app = express()
app.get('/', (req, res) => res.json({}))
${listens}
${after}
`

const said = (fixture: string): readonly string[] => findingsOf(rule, parseFixture(fixture).files).map(({ message }) => message)

const FASTIFY = `//- /package.json
{
  "type": "module",
  "dependencies": {
    "fastify": "^5.0.0"
  }
}
//- /server.js
import Fastify from 'fastify'
const app = Fastify()
app.get('/', async () => ({}))
`

const nest = (inside: string): string =>
  nestFixture(`${MODULE}//- /main.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'

async function bootstrap() {
  const app = await NestFactory.create(AppModule)
${inside}
}
bootstrap()
`)

test('nothing listens', () => {
  check(
    rule,
    server(
      `const other = 1`,
      `app.listen(3000)\n^^^^^^^^^^^^^^^^ [high, warning, suggestion] cuts the open requests of app => Close the server on SIGTERM`,
    ),
  )
  check(rule, `${FASTIFY}await app.listen({ port: 3000 })\n      ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Nothing listens for SIGTERM`)
  check(rule, nest('  await app.listen(3000)\n        ^^^^^^^^^^^^^^^^ [high] Nothing listens for SIGTERM'))
})

test('one finding for a process, however many applications it has', () => {
  check(
    rule,
    `
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
//  ^^^^^^^^^^^^^^^^ [high] Nothing listens
    const admin = express()
    admin.get('/users', (req, res) => res.json([]))
    admin.listen(3001)
  `,
  )
})

test('listeners that close the server', () => {
  for (const after of [
    `process.on('exit', bye).on('SIGTERM', () => server.close())`,
    `process.on('SIGTERM', () => server.close())`,
    `process.once('SIGTERM', () => { console.log('bye'); server.close(() => process.exit(0)) })`,
    `for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close())`,
    `['SIGINT', 'SIGTERM'].forEach((signal) => process.on(signal, stop))\nfunction stop() { server.close(() => process.exit()) }`,
    `const { promisify } = require('util')\nprocess.on('SIGTERM', async () => { await promisify(server.close).bind(server)(); process.exit(0) })`,
    `process.on('SIGTERM', () => new Promise((resolve) => server.close(resolve)).then(() => process.exit(0)))`,
    `process.addListener('SIGTERM', () => { process.exitCode = 0; server.close() })`,
    `const stoppable = require('stoppable')(server)\nprocess.on('SIGTERM', () => stoppable.stop(() => process.exit(0)))`,
    `const terminator = require('http-terminator').createHttpTerminator({ server })\nprocess.on('SIGTERM', () => terminator.terminate())`,
    `const io = require('socket.io')(server)\nprocess.on('SIGTERM', () => io.close())`,
    `require('server-destroy')(server)\nprocess.on('SIGTERM', () => server.destroy())`,
  ])
    check(rule, server(after))
  check(rule, `${FASTIFY}process.on('SIGTERM', async () => { await app.close(); process.exit(0) })\nawait app.listen({ port: 3000 })`)
  check(rule, `${FASTIFY}import process from 'node:process'\nprocess.on('SIGTERM', () => app.close())\nawait app.listen({ port: 3000 })`)
  check(rule, nest(`  process.on('SIGTERM', async () => { await app.close(); process.exit(0) })\n  await app.listen(3000)`))
  check(
    rule,
    server(
      `process.on('SIGTERM', () => { if (server) server.close() })`,
      `let server\nrequire('mongoose').connect('').then(() => { server = app.listen(3000) })`,
    ),
  )
})

test('listeners that do it once', () => {
  const stop = `let stopping = false
async function stop() {
  if (stopping) return
  stopping = true
  await new Promise((resolve) => server.close(resolve))
  process.exit(0)
}
`
  for (const after of [
    `process.once('SIGTERM', stop).once('SIGINT', stop)`,
    `for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => stop(signal))`,
    `process.on('SIGTERM', () => stop())\nprocess.on('uncaughtException', () => stop())\nserver.on('error', stop)`,
    `require('mongoose').connect(process.env.DATABASE).catch(() => stop())\nprocess.on('SIGTERM', stop)`,
    `const migrate = async () => { await require('./migrations').run() }\nmigrate().catch(() => stop())\nprocess.on('SIGTERM', stop)`,
    `const { once } = require('node:events')\nonce(process, 'SIGTERM').then(() => stop())`,
  ])
    check(rule, server(stop + after))
})

test('what listens beside functions of a platform is for developers', () => {
  check(
    rule,
    `
    //- /package.json
    { "scripts": { "local": "node local.js" }, "dependencies": { "express": "^5.0.0", "serverless-http": "^3.0.0" } }
    //- /app.js
    const express = require('express')
    exports.createApp = () => {
      const app = express()
      app.get('/', (req, res) => res.json({}))
      return app
    }
    //- /lambda.js
    const serverless = require('serverless-http')
    const { createApp } = require('./app')
    let served
    exports.handler = (event, context) => (served ??= serverless(createApp()))(event, context)
    //- /local.js
    require('./app').createApp().listen(3000)
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] Nothing listens for SIGTERM
  `,
  )
})

test('packages that listen themselves', () => {
  for (const after of [
    `require('close-with-grace')({ delay: 500 }, async () => { server.close() })`,
    `require('@godaddy/terminus').createTerminus(server, { signal: 'SIGTERM' })`,
    `require('http-graceful-shutdown')(server)`,
    `require('lightship').createLightship()`,
    `require('@company/graceful')(server)`,
  ])
    check(rule, server(after))
  check(rule, `${FASTIFY}import graceful from 'fastify-graceful-shutdown'\napp.register(graceful)\nawait app.listen({ port: 3000 })`)
  check(
    rule,
    server(
      `const { ApolloServer } = require('@apollo/server')
const { ApolloServerPluginDrainHttpServer } = require('@apollo/server/plugin/drainHttpServer')
new ApolloServer({ plugins: [ApolloServerPluginDrainHttpServer({ httpServer: server })] })`,
    ),
  )
})

test('graceful-fs closes no server', () => {
  check(
    rule,
    `
    //- /app.js
    const fs = require('graceful-fs')
    const app = require('express')()
    app.get('/file', (req, res) => fs.createReadStream('a').pipe(res))
    app.listen(3000)
    ^^^^^^^^^^^^^^^^ [high] Nothing listens for SIGTERM
  `,
  )
})

test("Nest's own hooks", () => {
  for (const call of [
    'app.enableShutdownHooks()',
    `app.enableShutdownHooks(['SIGTERM'])`,
    `app.enableShutdownHooks([], { useProcessExit: true })`,
    'app.enableShutdownHooks([ShutdownSignal.SIGTERM])',
  ])
    check(
      rule,
      nest(`  ${call}\n  await app.listen(3000)`).replace('//- /main.ts', `//- /main.ts\nimport { ShutdownSignal } from '@nestjs/common'`),
    )
  check(rule, nest('  await app.listen(3000)\n  app.enableShutdownHooks()'))
  check(
    rule,
    nest(
      `  app.enableShutdownHooks(['SIGINT'])\n  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] These shutdown hooks leave out SIGTERM => Close the server on SIGTERM\n  await app.listen(3000)`,
    ),
  )
})

test("hooks of a worker leave the server as it is, and so does Nest's package for health", () => {
  const missing = '  await app.listen(3000)\n        ^^^^^^^^^^^^^^^^ [high] Nothing listens for SIGTERM'
  const beside = `//- /worker.ts
import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
async function work() {
  const worker = await NestFactory.createApplicationContext(AppModule)
  worker.enableShutdownHooks()
}
work()
`
  check(rule, `${nest(missing)}${beside}`)
  check(rule, `${nest('  app.enableShutdownHooks()\n  await app.listen(3000)')}${beside}`)
  check(rule, nest(missing).replace('//- /main.ts', `//- /health.ts\nimport '@nestjs/terminus'\n//- /main.ts\nimport './health'`))
})

test('listeners elsewhere', () => {
  check(
    rule,
    `${server(`require('./shutdown')(server)`)}//- /shutdown.js
module.exports = (server) => {
  const stop = (signal) => { console.log(signal); server.close() }
  process.on('SIGTERM', stop)
}`,
  )
  check(
    rule,
    `//- /app.ts
import express from 'express'
export class Server {
  app = express()
  server?: import('http').Server
  start() {
    this.app.get('/', (req, res) => res.json({}))
    this.server = this.app.listen(3000)
    process.on('SIGTERM', () => this.stop())
  }
  async stop() { this.server?.close() }
}
new Server().start()`,
  )
})

test('listeners that end the process at once', () => {
  check(
    rule,
    server(
      `process.on('SIGTERM', () => process.exit(0))\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] This SIGTERM listener closes nothing, and ends the process at once.`,
    ),
  )
  check(
    rule,
    server(
      `process.on('SIGTERM', shutdown)\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] closes mongoose, not the server, and ends the process at once
process.on('SIGINT', shutdown)
const mongoose = require('mongoose')
async function shutdown() { console.log('bye'); await mongoose.disconnect(); process.exit(0) }`,
    ),
  )
  check(
    rule,
    `${FASTIFY}process.on('SIGTERM', () => process.exit())\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ends the process at once\nawait app.listen({ port: 3000 })`,
  )
})

describe('listeners that do not wait', () => {
  const told = (line: string, text: string, more = ''): void => {
    check(rule, server(`${line}\n${'^'.repeat(line.length)} [high] ${text}${more}`))
  }

  test.each([
    'setTimeout(() => process.exit(0), 0)',
    'setTimeout(() => process.exit(0))',
    'setImmediate(() => process.exit(0))',
    'process.nextTick(() => process.exit(0))',
  ])('for what passes no time: %s', (ends) => {
    told(`process.on('SIGTERM', () => ${ends})`, 'closes nothing, and ends the process at once')
  })

  test.each([
    'server.close(); process.exit(0)',
    'server.close(() => console.log(1)); process.exit(0)',
    'server.close(); setTimeout(() => process.exit(0), 0)',
    'server.close(); setImmediate(() => process.exit(0))',
    'if (server.listening) { server.close(); process.exit(0) }',
  ])('until the server is closed: %s', (body) => {
    told(`process.on('SIGTERM', () => { ${body} })`, 'does not wait until the server is closed, and ends the process at once', ' => no fix')
  })

  test('in a function that two signals share', () => {
    check(
      rule,
      server(`process.on('SIGTERM', () => stop('SIGTERM'))
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ does not wait
function stop(signal) { console.log(signal); server.close(); process.exit(0) }`),
    )
  })

  test.each([
    'server.close(() => setTimeout(() => process.exit(0), 0))',
    'setTimeout(() => server.close(() => process.exit(0)), 0)',
    'server.close(() => process.exit(0)); setTimeout(() => process.exit(1), 10_000).unref()',
    'server.close(() => process.exit(0)); setTimeout(process.exit, 10_000, 1)',
    'server.close(); setTimeout(() => process.exit(0), Number(process.env.GRACE))',
    'if (!server.listening) process.exit(0); server.close(() => process.exit(0))',
    'server.close((error) => { if (error) process.exit(1); process.exit(0) })',
    'server.close(); if (process.env.HARD) process.exit(1)',
    'if (server) { server.close(() => process.exit(0)) } else { process.exit(0) }',
    "switch (process.env.MODE) { case 'slow': server.close(() => process.exit(0)); break; default: process.exit(0) }",
    'setTimeout(process.exit, 5000)',
  ])('and others do: %s', (body) => {
    check(rule, server(`process.on('SIGTERM', () => { ${body} })`))
  })

  test('nor do functions that wait for something', () => {
    check(rule, server(`process.on('SIGTERM', async () => { server.close(); await require('./queue').drained(); process.exit(0) })`))
    check(
      rule,
      server(
        `process.on('SIGTERM', async () => { await stop(); process.exit(0) })\nfunction stop() { return new Promise((resolve) => server.close(resolve)) }`,
      ),
    )
  })
})

test('listeners that close something else', () => {
  const tracing = `const { NodeSDK } = require('@opentelemetry/sdk-node')
const sdk = new NodeSDK()
process.on('SIGTERM', () => {`
  check(
    rule,
    server(
      `${tracing}\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] closes @opentelemetry/sdk-node, not the server, and ends the process at once\n  sdk.shutdown().finally(() => process.exit(0))\n})`,
    ),
  )
  check(rule, server(`${tracing}\n  sdk.shutdown().finally(() => process.exit(0))\n})\nprocess.on('SIGTERM', () => server.close())`))
})

test('workers of a cluster that are told', () => {
  for (const after of [
    `const cluster = require('cluster')\nprocess.on('SIGTERM', () => { for (const id in cluster.workers) cluster.workers[id].kill() })`,
    `const cluster = require('cluster')\nconst worker = cluster.fork()\nprocess.on('SIGTERM', () => worker.disconnect())`,
  ])
    check(rule, server(after))
})

test('listeners that close nothing', () => {
  check(
    rule,
    server(
      `process.on('SIGTERM', () => console.log('SIGTERM'))\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] closes nothing, and the process goes on`,
    ),
  )
  check(rule, server(`process.on('SIGTERM', () => {})\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closes nothing`))
  check(
    rule,
    server(
      `process.on('SIGTERM', () => { require('mongoose').connection.close() })\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ closes mongoose, not the server, and the process goes on`,
    ),
  )
})

test('SIGINT alone', () => {
  check(
    rule,
    server(`process.on('SIGINT', () => server.close())\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] closed on SIGINT alone`),
  )
  // PM2 sends SIGINT.
  check(
    rule,
    `${server(`process.on('SIGINT', () => server.close())`)}//- /package.json
{ "scripts": { "start": "pm2-runtime server.js" }, "dependencies": { "express": "^5.0.0" } }`,
  )
})

describe('messages of PM2', () => {
  const listener = `process.on('message', (message) => { if (message === 'shutdown') server.close(() => process.exit(0)) })`
  const withSetting = (setting: string, code = listener): string =>
    `${server(code)}//- /ecosystem.config.js
module.exports = { apps: [{ name: 'api', script: './server.js'${setting} }] }`

  test('are listened to in place of signals', () => {
    check(rule, withSetting(', shutdown_with_message: true'))
    check(rule, withSetting(', shutdown_with_message: true', `process.on('SIGTERM', () => server.close())`))
    check(
      rule,
      `${server(listener)}//- /package.json
{ "scripts": { "start": "pm2 start server.js --shutdown-with-message" }, "dependencies": { "express": "^5.0.0" } }`,
    )
  })

  test('close nothing where PM2 sends none, or something else is told', () => {
    for (const [setting, code] of [
      ['', listener],
      [', shutdown_with_message: false', listener],
      [', shutdown_with_message: true', `process.on('message', (message) => console.log(message))`],
    ])
      expect(said(withSetting(setting ?? '', code))).toEqual([expect.stringContaining('Nothing listens for SIGTERM')])
    expect(said(server(listener))).toEqual([expect.stringContaining('Nothing listens for SIGTERM')])
  })
})

test('what may close the server counts as if it did', () => {
  for (const after of [
    `process.on('SIGTERM', require('./elsewhere').stop)`,
    `process.on('SIGTERM', () => { globalThis.orchestrator.handle('stop') })`,
    `process.on('SIGTERM', () => { require('@company/kit').shutdown() })`,
    `process.on('SIGTERM', () => setTimeout(() => process.exit(0), 5000))`,
    `let ready = true\nprocess.on('SIGTERM', () => { ready = false })`,
    `process.on(process.env.STOP_SIGNAL, () => server.close())`,
    `const controller = new AbortController()\nprocess.on('SIGTERM', () => controller.abort())`,
  ])
    check(rule, server(after))
})

test('no process of its own', () => {
  check(rule, `//- /index.js\nconst app = require('express')()\napp.get('/', (req, res) => res.json({}))\nmodule.exports = app`)
  check(
    rule,
    `//- /index.js\nconst app = require('express')()\nconst serverless = require('serverless-http')\napp.get('/', (req, res) => res.json({}))\nexports.handler = serverless(app)`,
  )
  check(rule, `//- /worker.js\nconst { Worker } = require('bullmq')\nnew Worker('mail', async () => {})`)
  // Windows end their servers themselves.
  check(rule, server(`require('electron').app.whenReady()`))
})

test('a listener of another process says nothing of this one', () => {
  check(
    rule,
    `${server('', 'app.listen(3000)\n^^^^^^^^^^^^^^^^ [high] Nothing listens')}//- /worker.js
const worker = require('express')()
worker.get('/queues', (req, res) => res.json([]))
const server = worker.listen(3001)
process.on('SIGTERM', () => server.close())
//- /package.json
{ "scripts": { "start": "node server.js", "start:worker": "node worker.js" }, "dependencies": { "express": "^5.0.0" } }`,
  )
})

test('a package of which nothing is known got the server', () => {
  check(
    rule,
    server(
      `require('@company/kit').serve(server)`,
      `const server = app.listen(3000)\n               ^^^^^^^^^^^^^^^^ [medium] Nothing listens`,
    ),
  )
})

test('the fix gives a server without a name one', () => {
  checkFix(
    rule,
    `//- /server.js
const express = require('express')

const app = express()
app.get('/', (req, res) => res.json({}))
app.listen(3000, () => {
  console.log('up')
})
`,
    `//- /server.js
const express = require('express')

const app = express()
app.get('/', (req, res) => res.json({}))
const server = app.listen(3000, () => {
  console.log('up')
})
const shutdown = () => {
  server.close(() => process.exit(0))
  setTimeout(() => process.exit(1), 10_000).unref()
}
process.once('SIGTERM', shutdown)
process.once('SIGINT', shutdown)
`,
  )
})

test('the fix in TypeScript, where the server has a name', () => {
  checkFix(
    rule,
    `//- /server.ts
import http from 'http'
import express from 'express';

const app = express();
app.get('/', (req, res) => { res.json({}); });
const web = http.createServer(app);
web.listen(3000);
`,
    `//- /server.ts
import http from 'http'
import express from 'express';

const app = express();
app.get('/', (req, res) => { res.json({}); });
const web = http.createServer(app);
const shutdown = () => {
  web?.close(() => process.exit(0));
  setTimeout(() => process.exit(1), 10_000).unref();
};
process.once('SIGTERM', shutdown);
process.once('SIGINT', shutdown);
web.listen(3000);
`,
  )
})

test.each([
  ['', `console.error('closing', err)`],
  ['{ logger: true }', `app.log.error({ err }, 'closing')`],
])('the fix on Fastify, with options %s', (options, log) => {
  checkFix(
    rule,
    `${FASTIFY.replace('Fastify()', `Fastify(${options})`)}await app.listen({ port: 3000 })
`,
    `//- /package.json
{
  "type": "module",
  "dependencies": {
    "close-with-grace": "^2.5.0",
    "fastify": "^5.0.0"
  }
}
//- /server.js
import Fastify from 'fastify'
import closeWithGrace from 'close-with-grace'
const app = Fastify(${options})
closeWithGrace({ delay: 10_000 }, async ({ err }) => {
  if (err) ${log}
  await app.close()
})
app.get('/', async () => ({}))
await app.listen({ port: 3000 })
`,
  )
})

test('the fix on Nest', () => {
  checkFix(rule, nest('  await app.listen(3000)'), nest('  app.enableShutdownHooks()\n  await app.listen(3000)'))
  checkFix(
    rule,
    nest(`  app.enableShutdownHooks(['SIGINT'])\n  await app.listen(3000)`),
    nest('  app.enableShutdownHooks()\n  await app.listen(3000)'),
  )
})

test('the fix of a listener that is there', () => {
  checkFix(
    rule,
    server(`process.on('SIGTERM', () => process.exit(0))`),
    server(`process.on('SIGTERM', () => server.close(() => process.exit(0)))`),
  )
  checkFix(
    rule,
    server(`process.on('SIGTERM', () => {\n  console.log('bye')\n})`),
    server(`process.on('SIGTERM', () => {\n  console.log('bye')\n  server.close(() => process.exit(0))\n})`),
  )
  checkFix(
    rule,
    server(`process.on('SIGINT', stop)\nfunction stop() {\n  server.close()\n}`),
    server(`process.on('SIGINT', stop)\nprocess.on('SIGTERM', stop)\nfunction stop() {\n  server.close()\n}`),
  )
  checkFix(
    rule,
    `${FASTIFY}process.on('SIGTERM', () => {\n  process.exit()\n})\nawait app.listen({ port: 3000 })`,
    `${FASTIFY}process.on('SIGTERM', () => {\n  void app.close().finally(() => process.exit(0))\n})\nawait app.listen({ port: 3000 })`,
  )
})

test('a listener that is returned, exported or answered gets a name', () => {
  const shutdown = (indent: string): string =>
    [
      'const shutdown = () => {',
      '  server.close(() => process.exit(0))',
      '  setTimeout(() => process.exit(1), 10_000).unref()',
      '}',
      "process.once('SIGTERM', shutdown)",
      "process.once('SIGINT', shutdown)",
    ]
      .map((line) => indent + line)
      .join('\n')
  const app = (start: string): string =>
    `//- /server.mjs\nimport express from 'express'\nconst app = express()\napp.get('/', (req, res) => res.json({}))\n${start}`
  checkFix(rule, app('export default app.listen(3000)'), app(`const server = app.listen(3000)\n${shutdown('')}\nexport default server`))
  checkFix(
    rule,
    app('connect().then(() => app.listen(3000)).catch(console.error)'),
    app(`connect().then(() => {\n  const server = app.listen(3000)\n${shutdown('  ')}\n  return server\n}).catch(console.error)`),
  )
  checkFix(
    rule,
    app('function start() {\n  return app.listen(3000) // now\n}\nstart()'),
    app(`function start() {\n  const server = app.listen(3000) // now\n${shutdown('  ')}\n  return server\n}\nstart()`),
  )
})

test('no fix where it would not be enough, or has no place', () => {
  checkNoFix(rule, server(`if (require('cluster').isPrimary) require('cluster').fork()`, 'app.listen(3000)'))
  checkNoFix(
    rule,
    `//- /server.js\nconst app = require('express')()\napp.get('/', (req, res) => res.json({}))\nmodule.exports = { server: app.listen(3000) }`,
  )
  checkNoFix(rule, server(`process.on('SIGTERM', () => process.exit(0))`, 'app.listen(3000)'))
  // Open requests would find the database closed.
  checkNoFix(rule, server(`process.on('SIGTERM', async () => {\n  await require('mongoose').disconnect()\n  process.exit(0)\n})`))
})

test('a package that closes the server of one service says nothing of another', () => {
  check(
    rule,
    `
    //- /a/package.json
    { "name": "a", "type": "module", "scripts": { "start": "node server.js" }, "dependencies": { "fastify": "^5.0.0", "close-with-grace": "^2.0.0" } }
    //- /a/server.js
    import Fastify from 'fastify'
    import closeWithGrace from 'close-with-grace'
    const app = Fastify()
    app.get('/', async () => 1)
    closeWithGrace({ delay: 500 }, () => app.close())
    await app.listen({ port: 3000 })
    //- /b/package.json
    { "name": "b", "type": "module", "scripts": { "start": "node server.js" }, "dependencies": { "fastify": "^5.0.0" } }
    //- /b/server.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.get('/', async () => 1)
    await app.listen({ port: 3000 })
    //    ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Nothing listens for SIGTERM
    //- /c/package.json
    { "name": "c", "main": "lambda.js", "dependencies": { "fastify": "^5.0.0", "@fastify/aws-lambda": "^5.0.0" } }
    //- /c/lambda.js
    const app = require('fastify')()
    app.get('/', async () => 1)
    exports.handler = require('@fastify/aws-lambda')(app)
  `,
  )
})

test('fastify-cli closes what it started', () => {
  check(
    rule,
    `
    //- /package.json
    { "scripts": { "start": "fastify start app.js" }, "dependencies": { "fastify": "^5.0.0", "fastify-cli": "^7.0.0" } }
    //- /app.js
    module.exports = async function (fastify) { fastify.get('/', async () => 1) }
  `,
  )
})

test('several processes of one package with a library: each answers for itself', () => {
  check(
    rule,
    `
    //- /package.json
    { "scripts": { "start": "node api.js", "start:admin": "node admin.js", "start:jobs": "node jobs.js" }, "dependencies": { "express": "^5.0.0", "knex": "^3.0.0" } }
    //- /lifecycle.js
    import { log } from './settings.js'
    export const deadline = 10
    export const drain = (server) => {
      for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => server.close(() => log('closed')))
    }
    //- /settings.js
    import { z } from 'zod'
    import knex from 'knex'
    export const settings = z.object({ PORT: z.string() }).parse(process.env)
    export const database = knex({ client: 'pg' })
    export const log = (text) => console.log(text)
    //- /api.js
    import express from 'express'
    import { drain } from './lifecycle.js'
    const app = express()
    app.get('/', (req, res) => res.json({}))
    drain(app.listen(3000))
    //- /admin.js
    import express from 'express'
    import { deadline } from './lifecycle.js'
    const app = express()
    app.get('/admin', (req, res) => res.json({ deadline }))
    app.listen(3001)
    ^^^^^^^^^^^^^^^^ [high] Nothing listens for SIGTERM
    //- /jobs.js
    import express from 'express'
    import { database, settings } from './settings.js'
    const app = express()
    app.get('/jobs', (req, res) => res.json({ port: settings.PORT }))
    process.on('SIGTERM', () => {
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] This SIGTERM listener closes knex, not the server, and ends the process at once.
      database.destroy()
      process.exit(0)
    })
    app.listen(3002)
    //- /last.js
    import express from 'express'
    import { drain } from './lifecycle.js'
    const app = express()
    app.get('/last', (req, res) => res.json({}))
    drain(app.listen(3003))
  `,
  )
})

/** An application that closes its server, and the image that starts it. */
function image(dockerfile: string, start = 'node server.js', more = ''): string {
  return `
    //- /package.json
    { "name": "shop", "scripts": { "start": "${start}" }, "dependencies": { "express": "^5.0.0" } }
    //- /server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    const server = app.listen(3000)
    process.once('SIGTERM', () => server.close())
    //- /Dockerfile
${dockerfile.replaceAll(/^/gm, '    ')}
${more}
  `
}

test('npm and the shell of Debian keep the signal to themselves', () => {
  const copied = 'WORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\n'
  const npm = `FROM node:22-slim\n${copied}CMD ["npm", "start"]`
  check(rule, image(`${npm}\n^^^^^^^^^^^^^^^^^^^^ [medium warning] In this image SIGTERM goes to npm => Write CMD ["node", "server.js"]`))
  check(rule, image(`FROM node:22\n${copied}CMD npm start\n^^^^^^^^^^^^^ [medium] goes to the shell`))
  check(rule, image(`FROM node:22-bookworm\n${copied}CMD node server.js\n^^^^^^^^^^^^^^^^^^ [medium] goes to the shell`))
  check(
    rule,
    image(
      `FROM node:22\n${copied}ENTRYPOINT ["tini", "--"]\nCMD ["npm", "run", "start"]\n^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] goes to npm`,
    ),
  )
  checkFix(rule, image(npm), image(npm.replace('"npm", "start"', '"node", "server.js"')))
})

test('where the signal arrives, or who gets it is not known', () => {
  const copied = 'WORKDIR /app\nCOPY . .\nRUN npm ci --omit=dev\n'
  check(rule, image(`FROM node:22-alpine\n${copied}CMD ["npm", "start"]`))
  check(rule, image(`FROM node:22-alpine\n${copied}CMD npm start`))
  check(rule, image(`ARG BASE\nFROM node:$BASE\n${copied}CMD ["npm", "start"]`))
  check(rule, image(`FROM node:22\n${copied}CMD ["node", "server.js"]`))
  check(rule, image(`FROM node:22\n${copied}CMD exec node server.js`))
  check(rule, image(`FROM node:22\n${copied}CMD ["sh", "-c", "exec node server.js"]`))
  check(rule, image(`FROM node:22\n${copied}CMD ["npm", "start"]`, 'exec node server.js'))
  check(rule, image(`FROM node:22\n${copied}ENTRYPOINT ["./entrypoint.sh"]\nCMD ["npm", "start"]`))
  check(rule, image(`FROM node:22\n${copied}SHELL ["/bin/bash", "-c"]\nCMD npm start`))
  const compose = '    //- /compose.yaml\n    services:\n      shop:\n        build: .\n        command: node server.js'
  check(rule, image(`FROM node:22\n${copied}CMD ["npm", "start"]`, 'node server.js', compose))
})

test('a script that runs the server without exec stays in front of it, in every image', () => {
  const script = (lines: string, path = '/docker/start.sh'): string => `    //- ${path}\n    #!/bin/sh\n${lines.replaceAll(/^/gm, '    ')}`
  const started = 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["sh", "docker/start.sh"]'
  check(rule, image(started, undefined, script('node server.js\n^^^^^^^^^^^^^^ [medium] goes to the shell')))
  check(rule, image(started, undefined, script('exec node server.js')))
  check(rule, image(started, undefined, script('node server.js &\nchild=$!\ntrap "kill -TERM $child" TERM\nwait $child')))
  const entry = 'FROM node:22\nCOPY . .\nCOPY docker/start.sh /usr/local/bin/docker-entrypoint.sh\nENTRYPOINT ["docker-entrypoint.sh"]'
  const node = `${entry}\nCMD ["node", "server.js"]`
  check(rule, image(node, undefined, script('until nc -z db 1; do sleep 1; done\n"$@"\n^^^^ [medium] goes to the shell')))
  check(rule, image(node, undefined, script('exec "$@"')))
  const npm = `${entry}\nCMD ["npm", "start"]`
  check(rule, image(`${npm}\n^^^^^^^^^^^^^^^^^^^^ [medium] goes to npm`, undefined, script('exec "$@"')))
  check(rule, image(entry, undefined, script('exec npm start\n^^^^^^^^^^^^^^ [medium] goes to npm')))
  check(rule, image(npm.replace('node:22', 'node:22-alpine'), undefined, script('exec "$@"')))
})

test('a command of a compose file goes through the entrypoint of the image', () => {
  const files = (entrypoint: string): string => `    //- /entrypoint.sh
    #!/bin/sh
    case "$1" in
      serve) node server.js ;;
             ^^^^^^^^^^^^^^ [medium] goes to the shell
      *) exec "$@" ;;
    esac
    //- /compose.yaml
    services:
      shop:
        build: .
        command: ["serve"]${entrypoint}`
  const dockerfile = 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["/app/entrypoint.sh"]\nCMD ["node", "server.js"]'
  check(rule, image(dockerfile, undefined, files('')))
  const own = '\n        entrypoint: ["node"]'
  check(
    rule,
    image(
      dockerfile,
      undefined,
      files(own)
        .replace('["serve"]', '["server.js"]')
        .replace(/\n +\^.*/, ''),
    ),
  )
})

test('a server that a script starts is a server', () => {
  check(
    rule,
    `
    //- /package.json
    { "name": "shop", "dependencies": { "express": "^5.0.0" } }
    //- /apps/desk/main.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    const server = app.listen(3000)
    process.once('SIGTERM', () => server.close())
    //- /apps/door/main.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3001)
    ^^^^^^^^^^^^^^^^ [high] Nothing listens for SIGTERM
    //- /Procfile
    web: bin/start.sh desk
    door: bin/start.sh door
    //- /bin/start.sh
    #!/usr/bin/env bash
    cd "$(dirname "$0")/../apps/$1"
    exec node main.js
  `,
  )
})

test('a platform that starts one image with a command of its own says nothing of another', () => {
  const files = (name: string): string => `
    //- /package.json
    { "private": true, "workspaces": ["apps/*"] }
    //- /apps/desk/package.json
    { "name": "desk", "dependencies": { "express": "5" }, "scripts": { "start": "node server.js" } }
    //- /apps/desk/server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    const server = app.listen(3000)
    process.once('SIGTERM', () => server.close())
    //- /apps/desk/Dockerfile
    FROM node:22
    COPY . .
    CMD ["npm", "start"]
    //- /apps/door/package.json
    { "name": "door", "dependencies": { "express": "5" } }
    //- /apps/door/server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    const server = app.listen(3000)
    process.once('SIGTERM', () => server.close())
    //- /apps/door/Dockerfile
    FROM node:22
    COPY . .
    CMD ["node", "server.js"]
    //- /k8s/${name}.yaml
    kind: Deployment
    spec:
      template:
        spec:
          containers:
            - name: ${name}
              command: ["node", "server.js"]
`
  expect(() => check(rule, files('door'))).toThrow('SIGTERM goes to npm')
  check(rule, files('desk'))
})

test('an application of Express has no close()', () => {
  const server = (stop: string, mark = ''): string => `
    //- /server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    const server = app.listen(3000)
    ${stop}
${mark}`
  check(
    rule,
    server(
      `process.on('SIGTERM', () => { app.close(() => process.exit(0)) })`,
      `    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] This SIGTERM listener calls close(), which an Express => no fix\n`,
    ),
  )
  for (const stop of [
    `process.on('SIGTERM', () => { server.close() })`,
    `process.on('SIGTERM', () => { if (app.close) app.close(); server.close() })`,
    `app.close = (done) => server.close(done)\n    process.on('SIGTERM', () => { app.close() })`,
    `const stop = (one) => one.close()\n    process.on('SIGTERM', () => stop(server))`,
  ])
    check(rule, server(stop))
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "fastify": "5" } }
    //- /server.js
    const app = require('fastify')()
    app.get('/', async () => ({}))
    app.listen({ port: 3000 })
    process.on('SIGTERM', () => app.close())
  `,
  )
})

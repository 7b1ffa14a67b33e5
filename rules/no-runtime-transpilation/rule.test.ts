// Tests of no-runtime-transpilation.
import { describe, expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { parseFixture } from '../../testing/fixture.js'
import rule from './rule.js'

const app = `import express from 'express'
    const app = express()
    app.get('/', (req, res) => { res.json({}) })
    app.listen(3000)`
const server = (scripts: Readonly<Record<string, string>>, dependency = 'express', code = app): string => `
    //- /package.json
    ${JSON.stringify({ name: 'shop', dependencies: { [dependency]: '5' }, scripts })}
    //- /src/server.ts
    ${code}
`
const said = (fixture: string): readonly string[] =>
  findingsOf(rule, parseFixture(fixture).files).map(
    (one) => `${one.confidence} ${one.file}:${one.range.start.line} ${one.message.split('.')[0] ?? ''}`,
  )

test('an image', () => {
  check(
    rule,
    `${server({})}
    //- /Dockerfile
    FROM node:22
    CMD ["npx", "tsx", "src/server.ts"]
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high, warning] starts the server with tsx, which compiles => no fix
  `,
  )
})

describe('what belongs to developers', () => {
  test.each([
    ['npx ts-node src/server.ts', 'ts-node, which compiles'],
    ['node -r ts-node/register src/server.ts', 'ts-node/register, which compiles'],
    ['node --import tsx src/server.ts', 'tsx, which compiles'],
    ['node --import=tsx/esm src/server.ts', 'tsx/esm, which compiles'],
    ['node_modules/.bin/babel-node src/server.ts', 'babel-node, which compiles'],
    ['nodemon src/server.ts', 'nodemon, which restarts'],
    ['nodemon --exec ts-node src/server.ts', 'nodemon, which restarts'],
    ['ts-node-dev --respawn src/server.ts', 'ts-node-dev, which restarts'],
    ['tsx watch src/server.ts', 'tsx watch, which restarts'],
    ['node --watch dist/server.js', 'node --watch, which restarts'],
    ['node --inspect=0.0.0.0:9229 dist/server.js', '--inspect=0'],
    ['NODE_OPTIONS=--inspect node dist/server.js', '--inspect, which opens'],
    ['cross-env NODE_ENV=production ts-node src/server.ts', 'ts-node, which compiles'],
  ])('%s', (command, what) => {
    const [one, ...others] = said(`${server({ start: command })}\n    //- /Procfile\n    web: npm start`)
    expect(one).toContain(`high Procfile:1 Production starts the server with ${what}`)
    expect(others).toEqual([])
  })

  test.each([
    'node dist/server.js',
    'node --enable-source-maps dist/server.js',
    'node --experimental-strip-types src/server.ts',
    'node src/server.ts',
    'bun run src/server.ts',
    'node -r dotenv/config dist/server.js',
    'pm2-runtime dist/server.js',
    'tsc && node dist/server.js',
  ])('%s is none', (command) => {
    expect(said(`${server({ start: command })}\n    //- /Procfile\n    web: npm start`)).toEqual([])
  })
})

test('platforms', () => {
  const files = server({ 'start:dev': 'nodemon src/server.ts', start: 'node dist/server.js' })
  check(
    rule,
    `${files}
    //- /.do/app.yaml
    services:
      - name: api
        run_command: npx ts-node src/server.ts
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] ts-node
  `,
  )
  check(
    rule,
    `${files}
    //- /render.yaml
    services:
      - type: web
        startCommand: npx ts-node src/server.ts
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] ts-node
  `,
  )
  check(
    rule,
    `${files}
    //- /fly.toml
    [processes]
    app = "npm run start:dev"
    ^^^^^^^^^^^^^^^^^^^^^^^^^ [high] nodemon
  `,
  )
})

test('an image that runs a script for developers is as likely theirs, unless nothing else starts the server', () => {
  const image = (lines: string): readonly string[] =>
    said(`${server({ dev: 'nodemon src/server.ts' })}\n    //- /Dockerfile\n    FROM node:22\n    ${lines}`)
  const command = 'CMD ["npm", "run", "dev"]'
  expect(image(command)).toEqual([expect.stringMatching(/^medium /)])
  for (const beside of [
    `ENV NODE_ENV=development\n    ${command}`,
    `${command}\n    //- /docker-compose.yml\n    services:\n      api:\n        build: .\n        volumes: ['.:/app']`,
    `${command}\n    //- /Dockerfile.prod\n    FROM node:22\n    CMD ["node", "dist/server.js"]`,
    `${command}\n    //- /Procfile\n    web: node dist/server.js`,
  ])
    expect(image(beside)).toEqual([expect.stringMatching(/^low /)])
})

test('Nest that watches, and Fastify', () => {
  const nest = `import { NestFactory } from '@nestjs/core'
    import { Module } from '@nestjs/common'
    @Module({})
    class AppModule {}
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      await app.listen(3000)
    }
    bootstrap()`
  const files = server({ start: 'nest start --watch' }, '@nestjs/core', nest).replace('/src/server.ts', '/src/main.ts')
  expect(said(`${files}\n    //- /Dockerfile\n    FROM node:22\n    CMD ["npm", "start"]`)).toEqual([
    'high Dockerfile:2 Production starts the server with nest --watch, which restarts it when a file changes',
  ])
  const fastify = `import Fastify from 'fastify'
    const app = Fastify()
    app.get('/', async () => ({}))
    app.listen({ port: 3000 })`
  expect(said(`${server({}, 'fastify', fastify)}\n    //- /Procfile\n    web: tsx src/server.ts`)).toEqual([
    'high Procfile:1 Production starts the server with tsx, which compiles it at every start',
  ])
})

test('the start script where nothing else is said', () => {
  const start = (scripts: Readonly<Record<string, string>>): readonly string[] => said(server(scripts))
  expect(start({ start: 'ts-node src/server.ts' })).toEqual([
    'medium package.json:1 Production starts the server with ts-node, which compiles it at every start',
  ])
  expect(start({ start: 'nodemon src/server.ts', dev: 'nodemon --inspect src/server.ts' })).toHaveLength(1)
  expect(start({ start: 'nodemon src/server.ts', build: 'tsc' })).toEqual([expect.stringMatching(/^low /)])
  expect(start({ start: 'nodemon src/server.ts', 'start:prod': 'node dist/server.js' })).toEqual([])
  expect(start({ dev: 'nodemon src/server.ts' })).toEqual([])
})

test('what production does not start', () => {
  const scripts = { start: 'ts-node src/server.ts', dev: 'nodemon src/server.ts' }
  check(rule, `${server(scripts)}\n    //- /Procfile\n    web: node dist/server.js`)
  check(rule, `${server(scripts)}\n    //- /Procfile\n    web: node dist/server.js\n    release: ts-node src/migrate.ts`)
  check(
    rule,
    `${server(scripts)}\n    //- /Dockerfile\n    FROM node:22\n    CMD ["sh", "-c", "npx ts-node src/migrate.ts && node dist/server.js"]`,
  )
  check(
    rule,
    `${server(scripts)}\n    //- /Dockerfile\n    FROM node:22 AS dev\n    CMD npm run dev\n    FROM node:22 AS production\n    CMD ["node", "dist/server.js"]`,
  )
  check(rule, `${server({})}\n    //- /Dockerfile.dev\n    FROM node:22\n    CMD ["npx", "tsx", "watch", "src/server.ts"]`)
  check(
    rule,
    `${server(scripts)}\n    //- /Dockerfile\n    FROM node:22\n    CMD ["node", "dist/server.js"]\n    //- /docker-compose.yml\n    services:\n      api:\n        build: .\n        command: npm run dev`,
  )
})

test('a compose file for production', () => {
  check(
    rule,
    `${server({ start: 'ts-node src/server.ts' })}
    //- /Dockerfile
    FROM node:22
    //- /docker-compose.prod.yml
    services:
      api:
        build: .
        command: npm start
        ^^^^^^^^^^^^^^^^^^ [high] ts-node
  `,
  )
})

test('what PM2 hands to Node, also for a server that another process starts', () => {
  const project = (app: string): string => `
    //- /package.json
    { "name": "a", "scripts": { "start": "node src/cluster.js", "start:prod": "pm2-runtime deploy/ecosystem.config.js" }, "dependencies": { "express": "5" } }
    //- /src/cluster.js
    const cluster = require('node:cluster')
    if (cluster.isPrimary) cluster.fork()
    else require('./server')
    //- /src/server.js
    require('express')().get('/', (req, res) => res.end()).listen(3000)
    //- /src/job.js
    console.log('done')
    //- /deploy/ecosystem.config.js
    ${app}`
  check(
    rule,
    project(`module.exports = { apps: [{ name: 'api', script: 'src/server.js', node_args: '--inspect=0.0.0.0:9229' }] }
    //                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^ [high] --inspect=0.0.0.0:9229`),
  )
  check(
    rule,
    project(`module.exports = { apps: [{ name: 'api', script: 'src/server.js', node_args: ['--max-old-space-size=512', '--inspect'] }] }
    //                                                                                                        ^^^^^^^^^^^ [high] --inspect`),
  )
  check(rule, project("module.exports = { apps: [{ name: 'api', script: 'src/server.js', node_args: '--max-old-space-size=512' }] }"))
  check(rule, project("module.exports = { apps: [{ name: 'job', script: 'src/job.js', node_args: '--inspect' }] }"))
})

test('an image of a service that runs a script of the whole repository', () => {
  const files = (script: string): string => `
    //- /package.json
    { "private": true, "workspaces": ["services/*"], "scripts": { "start:desk": "${script}" } }
    //- /services/desk/package.json
    { "name": "desk", "dependencies": { "express": "^5.0.0" } }
    //- /services/desk/server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /services/desk/Dockerfile
    FROM node:22
    WORKDIR /srv
    COPY . .
    CMD ["npm", "run", "start:desk"]
`
  expect(() => check(rule, files('node --inspect services/desk/server.js'))).toThrow('--inspect')
  check(rule, files('node services/desk/server.js'))
})

test('a script that starts the server', () => {
  const files = (line: string): string => `
    //- /package.json
    { "name": "desk", "dependencies": { "express": "^5.0.0", "tsx": "4" } }
    //- /server.ts
    import express from 'express'
    const app = express()
    app.get('/', (req, res) => { res.json({}) })
    app.listen(3000)
    //- /run.sh
    #!/bin/sh
    ${line}
    //- /Dockerfile
    FROM node:22
    COPY . /srv
    WORKDIR /srv
    CMD ["bash", "run.sh"]
`
  check(rule, files('exec npx tsx server.ts\n    ^^^^^^^^^^^^^^^^^^^^^^ [high] tsx'))
  check(rule, files('NODE_OPTIONS=--inspect node server.ts\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] --inspect'))
  check(rule, files('if [ "$NODE_ENV" = production ]; then exec node server.ts; else exec npx tsx watch server.ts; fi'))
})

const unit = (start: string): string => `
  //- /package.json
  { "name": "shop", "scripts": { "build": "tsc" }, "dependencies": { "express": "^5.0.0" } }
  //- /src/main.ts
  import express from 'express'
  const app = express()
  app.get('/', (req, res) => res.json({}))
  app.listen(3000)
  //- /deploy/shop.service
  [Service]
  WorkingDirectory=/srv/shop
${start}
  Restart=always
`

test('services of systemd', () => {
  check(
    rule,
    unit(`  ExecStart=/usr/bin/npx tsx src/main.ts
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] Production starts the server with tsx`),
  )
  check(rule, unit('  ExecStart=/usr/bin/node dist/main.js'))
  check(rule, unit('  ExecStart=-/usr/bin/env node /srv/shop/dist/main.js').replace('shop.service', 'shop-dev.service'))
})

test('PM2 that watches', () => {
  const pm2 = (watch: string): string => `${server({ start: 'node dist/server.js' })}
    //- /ecosystem.config.js
    module.exports = { apps: [{ name: 'shop', script: 'src/server.ts', watch: ${watch} }] }
`
  expect(said(pm2('true'))).toEqual([expect.stringContaining('starts the server with pm2 --watch, which restarts it')])
  expect(said(pm2("['src']"))).toEqual([expect.stringContaining('pm2 --watch')])
  for (const off of ['false', 'null', "process.env.NODE_ENV !== 'production'"]) expect(said(pm2(off))).toEqual([])
  expect(said(pm2("true, env: { NODE_ENV: 'development' }"))).toEqual([])
  expect(said(pm2("true, env: { NODE_ENV: 'development' }, env_production: { NODE_ENV: 'production' }"))).toHaveLength(1)
})

test('the start of Nixpacks', () => {
  const nixpacks = (command: string): string => `${server({ build: 'tsc' })}
    //- /nixpacks.toml
    [start]
    cmd = "${command}"
`
  expect(said(nixpacks('npx tsx src/server.ts'))).toEqual([expect.stringContaining('starts the server with tsx')])
  expect(said(nixpacks('node dist/server.js'))).toEqual([])
})

describe('NODE_OPTIONS', () => {
  const image = (lines: string): string => `${server({})}
    //- /Dockerfile
    FROM node:22
${lines}
    CMD ["node", "dist/server.js"]`

  test('of an image', () => {
    check(
      rule,
      image(`    ENV NODE_OPTIONS="--inspect=0.0.0.0:9229"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] the server with --inspect=0.0.0.0:9229, which opens`),
    )
    check(
      rule,
      image(`    ENV NODE_OPTIONS="--import tsx"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ the server with tsx, which compiles`),
    )
  })

  test.each([
    'ENV NODE_OPTIONS="--max-old-space-size=1024 --enable-source-maps"',
    'ENV NODE_OPTIONS=--inspect\n    ENV NODE_OPTIONS=',
    'ENV NODE_OPTIONS=--inspect AS_IS=1 NODE_OPTIONS=--enable-source-maps',
  ])('%s', (line) => {
    check(rule, image(`    ${line}`))
  })

  test('a service for production has its own in the place of the image', () => {
    const plain = image('    ENV NODE_OPTIONS=--inspect')
    check(
      rule,
      `${plain}\n    //- /docker-compose.yml\n    services:\n      api:\n        build: .\n        environment:\n          NODE_OPTIONS: ""`,
    )
    check(
      rule,
      `${image('    ENV NODE_ENV=production')}
    //- /docker-compose.prod.yml
    services:
      api:
        build: .
        environment:
          - NODE_OPTIONS=--inspect-brk=0.0.0.0
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ --inspect-brk=0.0.0.0, which opens`,
    )
    check(
      rule,
      `${image('    ENV NODE_ENV=production')}
    //- /docker-compose.yml
    services:
      api:
        build: .
        environment:
          NODE_ENV: development
          NODE_OPTIONS: --inspect=0.0.0.0
      other:
        image: node:22
        environment:
          NODE_OPTIONS: --inspect=0.0.0.0`,
    )
  })

  test('units of systemd and PM2', () => {
    check(
      rule,
      `${server({})}
    //- /api.service
    [Service]
    Environment=NODE_OPTIONS=--inspect
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] --inspect, which opens
    ExecStart=/usr/bin/node dist/server.js
    //- /ecosystem.config.js
    module.exports = { apps: [{ script: 'dist/server.js', env: { NODE_OPTIONS: '--enable-source-maps' }, env_production: { NODE_OPTIONS: '--inspect' } }] }
    //                                                                                                                                   ^^^^^^^^^^^ --inspect`,
    )
  })
})

test('commands in a definition of ECS', () => {
  const task = (command: string): string => `${server({})}
    //- /task-definition.json
    { "containerDefinitions": [{ "name": "api", "image": "shop", "command": ${command} }] }`
  expect(said(task('["node", "--inspect", "dist/server.js"]'))).toEqual([expect.stringContaining('--inspect, which opens')])
  expect(said(task('["npx", "tsx", "src/server.ts"]'))).toEqual([expect.stringContaining('high task-definition.json:1')])
  for (const command of ['["node", "dist/server.js"]', '["npx", "tsx", "scripts/agent.ts"]']) expect(said(task(command))).toEqual([])
})

// Tests of require-production-node-env.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

const server = `
    //- /package.json
    { "name": "shop", "dependencies": { "express": "5" }, "scripts": { "start": "NODE_ENV=production node server.js", "serve": "node server.js" } }
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
`
const image = (command: string, before = ''): string =>
  `${server}\n    //- /Dockerfile\n    FROM node:22\n${before === '' ? '' : `    ${before}\n`}    CMD ${command}`

test('an image that sets nothing', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    ^^^^^^^^^^^^ [medium, warning] Nothing sets NODE_ENV => Set NODE_ENV to production
    CMD ["npm", "run", "serve"]
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence]
  `,
  )
})

test('a compose file shows that nobody sets it', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22 AS build
    ENV NODE_ENV=production
    FROM node:22-slim
    ^^^^^^^^^^^^^^^^^ [high]
    CMD ["node", "server.js"]
    //- /docker-compose.yml
    services:
      api:
        build: .
        environment:
          PORT: 3000
  `,
  )
})

test.each([
  ['a default', 'NODE_ENV: ${NODE_ENV:-production}'],
  ['what the host has', '- NODE_ENV'],
  ['a name of its own', '- NODE_ENV=staging'],
])('a compose file that hands it on: %s', (_title, line) => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    ENV NODE_ENV=development
    CMD ["node", "server.js"]
    //- /docker-compose.yml
    services:
      api:
        build: .
        environment:
          ${line}
  `,
  )
})

test('a service for developers says nothing of the image that production starts', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22 AS build
    RUN npm ci
    FROM node:22-slim
    ENV NODE_ENV=production
    CMD ["node", "server.js"]
    //- /docker-compose.yml
    services:
      api:
        build: { context: ., target: build }
        command: node server.js
        environment:
          NODE_ENV: development
  `,
  )
})

test('an image that only a service for developers starts', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    COPY . .
    //- /docker-compose.yml
    services:
      api:
        build: .
        command: node server.js
        environment:
          - NODE_ENV=\${NODE_ENV:-development}
  `,
  )
})

test('a file of variables that was not seen is a guess', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    ^^^^^^^^^^^^ [low]
    CMD ["node", "server.js"]
    //- /docker-compose.yml
    services:
      api:
        build: .
        env_file: .env
  `,
  )
})

test('development by name', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    ENV NODE_ENV=development
    ^^^^^^^^^^^^^^^^^^^^^^^^ [high] starts the server with NODE_ENV=development => no fix
    CMD ["node", "server.js"]
  `,
  )
})

test('Nest on Express, and Fastify that asks for the mode', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "11", "@nestjs/common": "11", "@nestjs/platform-express": "11" } }
    //- /src/main.ts
    import { NestFactory } from '@nestjs/core'
    import { Module } from '@nestjs/common'
    @Module({})
    class AppModule {}
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      await app.listen(3000)
    }
    bootstrap()
    //- /Dockerfile
    FROM node:22
    ^^^^^^^^^^^^ [medium]
    CMD ["node", "dist/main"]
  `,
  )
  const fastify = (more: string, mark: string): string => `
    //- /package.json
    { "dependencies": { "fastify": "5" } }
    //- /server.js
    const app = require('fastify')({ logger: ${more} })
    app.get('/', async () => ({}))
    app.listen({ port: 3000 })
    //- /Dockerfile
    FROM node:22
    ${mark}
    CMD ["node", "server.js"]
  `
  check(rule, fastify(`process.env.NODE_ENV === 'production'`, '^^^^^^^^^^^^ [medium]'))
  check(rule, fastify('true', ''))
})

test('it is set', () => {
  check(rule, image('["node", "server.js"]', 'ENV NODE_ENV=production PORT=3000'))
  check(rule, image('["node", "server.js"]', 'ENV NODE_ENV production'))
  check(rule, image('["node", "server.js"]', 'ARG NODE_ENV=production\n    ENV NODE_ENV=$NODE_ENV'))
  check(rule, image('["node", "server.js"]', 'ENV NODE_ENV=staging'))
  check(rule, image('["npm", "start"]'))
  check(rule, image('["sh", "-c", "NODE_ENV=production node server.js"]'))
  check(rule, image('["node", "server.js"]').replace('FROM node:22', 'FROM node:22 AS base\n    ENV NODE_ENV=production\n    FROM base'))
})

test('something else sets it', () => {
  const open = image('["node", "server.js"]')
  for (const [file, text] of [
    ['docker-compose.yml', 'services:\n      api:\n        build: .\n        environment:\n          NODE_ENV: production'],
    ['docker-compose.prod.yml', 'services:\n      api:\n        environment:\n          - NODE_ENV=production'],
    ['k8s/api.yaml', 'spec:\n      containers:\n        - env:\n            - name: NODE_ENV\n              value: production'],
    ['fly.toml', '[env]\n    NODE_ENV = "production"'],
    ['.env.example', 'NODE_ENV=production'],
    ['ecosystem.config.js', `module.exports = { apps: [{ script: 'server.js', env: { NODE_ENV: 'production' } }] }`],
  ])
    check(rule, `${open}\n    //- /${file ?? ''}\n    ${text ?? ''}`)
})

test('code that sets it, a command that was not found, and no image', () => {
  check(
    rule,
    image('["node", "server.js"]').replace(
      'const app =',
      `if (!process.env.NODE_ENV) process.env.NODE_ENV = 'production'\n    const app =`,
    ),
  )
  check(rule, image('["./launch"]'))
  check(rule, server)
})

test('images for development and of other things', () => {
  check(rule, image('["node", "server.js"]').replace('/Dockerfile', '/Dockerfile.dev'))
  check(rule, image('["npx", "http-server"]'))
})

test('it is set before the command', () => {
  checkFix(
    rule,
    image('["node", "server.js"]', 'RUN npm ci'),
    `
    //- /Dockerfile
    FROM node:22
    RUN npm ci
    ENV NODE_ENV=production
    CMD ["node", "server.js"]
  `,
  )
  checkNoFix(rule, image('["node", "server.js"]', 'ENV NODE_ENV=development'))
})

test('a platform that sets production by itself is told otherwise', () => {
  const platform = (mode: string): string => `
    //- /render.yaml
    services:
      - type: web
        name: shop
        runtime: docker
        envVars:
          - key: NODE_ENV
            value: ${mode}`
  check(
    rule,
    `${image('["node", "server.js"]')}${platform('development')}
            ^^^^^^^^^^^^^^^^^^ [medium, warning] This image starts the server with NODE_ENV=development. => no fix`,
  )
  check(rule, `${image('["node", "server.js"]')}${platform('production')}`)
  check(rule, `${image('["node", "server.js"]')}${platform('staging')}`)
})

test('a compose file for production is no developer’s, whatever it says', () => {
  const compose = (name: string, setting: string): string => `
    //- /${name}
    services:
      api:
        build: .
        restart: always
        environment:
          ${setting}`
  const mark = '[medium, warning] This image starts the server with NODE_ENV=development. => no fix'
  const start = image('["node", "server.js"]')
  check(rule, `${start}${compose('docker-compose.prod.yml', `NODE_ENV: development\n          ^^^^^^^^^^^^^^^^^^^^^ ${mark}`)}`)
  check(rule, `${start}${compose('docker-compose.production.yml', `- NODE_ENV=development\n          # ^^^^^^^^^^^^^^^^^^^^ ${mark}`)}`)
  check(rule, `${start}${compose('docker-compose.prod.yml', 'NODE_ENV: production')}`)
  check(
    rule,
    `${start}${compose('docker-compose.dev.yml', 'NODE_ENV: development')}${compose('docker-compose.prod.yml', '- NODE_ENV=production')}`,
  )
})

test('what a compose file says of another image says nothing of this one', () => {
  const services = (mode: string): string => `
    //- /package.json
    { "name": "shop", "workspaces": ["api", "jobs"] }
    //- /api/package.json
    { "name": "api", "dependencies": { "express": "5" } }
    //- /api/server.js
    const express = require('express')
    express().listen(3000)
    //- /api/Dockerfile
    FROM node:22
    ^^^^^^^^^^^^ [high]
    CMD ["node", "server.js"]
    //- /jobs/package.json
    { "name": "jobs" }
    //- /jobs/Dockerfile
    FROM node:22
    CMD ["node", "run.js"]
    //- /jobs/run.js
    setInterval(() => {}, 1000)
    //- /docker-compose.yml
    services:
      jobs:
        build: ./jobs
        environment:
          NODE_ENV: production
      api:
        build: ./api
        environment:
          ${mode}
  `
  check(rule, services('PORT: 3000'))
  check(rule, services('NODE_ENV: production').replace(/\n *\^+ \[high\]/, ''))
})

test('what is said of one of several servers says nothing of another one', () => {
  const servers = (mark: string, file: string, text: string): string => `
    //- /package.json
    { "name": "shop", "workspaces": ["apps/*"] }
    //- /apps/api/package.json
    { "name": "@shop/api", "dependencies": { "express": "5" } }
    //- /apps/api/server.js
    require('express')().listen(3000)
    //- /apps/api/Dockerfile
    FROM node:22
    ${mark}
    CMD ["node", "server.js"]
    //- /apps/admin/package.json
    { "name": "@shop/admin", "dependencies": { "express": "5" } }
    //- /apps/admin/server.js
    require('express')().listen(3001)
    //- /apps/admin/Dockerfile
    FROM node:22
    ENV NODE_ENV=production
    CMD ["node", "server.js"]
    //- /${file}
    ${text}
  `
  const process = (name: string): string =>
    `module.exports = { apps: [{ name: '${name}', script: 'apps/${name}/server.js', env: { NODE_ENV: 'production' } }] }`
  const pod = (name: string): string =>
    `spec:\n      containers:\n        - image: shop/${name}:1\n          env:\n            - name: NODE_ENV\n              value: production`
  const service = (name: string): string =>
    `services:\n      ${name}:\n        image: shop/${name}\n        environment:\n          NODE_ENV: production`
  const said: readonly (readonly [string, (name: string) => string])[] = [
    ['ecosystem.config.js', process],
    ['k8s/all.yaml', pod],
    ['docker-compose.prod.yml', service],
  ]
  for (const [file, text] of said) {
    check(rule, servers('^^^^^^^^^^^^ [medium]', file, text('admin')))
    check(rule, servers('', file, text('api')))
    check(rule, servers('', file, text('shop').replace('apps/shop/server.js', 'server.js')))
  }
  for (const [file, text] of [
    ['Procfile', 'web: node server.js'],
    ['fly.toml', '[env]\n    NODE_ENV = "production"'],
    ['.env.example', 'NODE_ENV=production'],
  ] as const) {
    check(rule, servers('^^^^^^^^^^^^ [medium]', `apps/admin/${file}`, text))
    check(rule, servers('', `apps/api/${file}`, text))
    check(rule, servers('', file, text))
  }
})

test('a script that starts the server says which mode it is', () => {
  const script = (line: string): string =>
    `${image('["./start.sh"]', 'COPY . .')}\n    //- /start.sh\n    #!/bin/sh\n    ${line}\n    exec node server.js`
  check(rule, script('export NODE_ENV=production'))
  check(rule, script(': "${NODE_ENV:=production}"\n    export NODE_ENV'))
  check(rule, script('export NODE_ENV=staging'))
  check(rule, script('export NODE_ENV=development\n           ^^^^^^^^^^^^^^^^^^^^ [high] development'))
  check(rule, script('if [ -z "$NODE_ENV" ]; then export NODE_ENV=production; fi'))
  expect(() => check(rule, script('export PORT=3000'))).toThrow('Nothing sets NODE_ENV')
})

test('what Kubernetes and a chart say goes before the image', () => {
  const manifest = (mode: string, mark = ''): string =>
    `apiVersion: apps/v1\n    kind: Deployment\n    spec:\n      containers:\n        - image: shop/api\n          env:\n            - name: NODE_ENV\n              value: ${mode}${mark}`
  const told = (column: number, length: number): string =>
    `\n    #${' '.repeat(column)}${'^'.repeat(length)} [medium] starts the server with NODE_ENV=development => no fix`
  const server = image('["node", "server.js"]', 'ENV NODE_ENV=production')
  check(rule, `${server}\n    //- /k8s/api.yaml\n    ${manifest('development', told(9, 18))}`)
  check(
    rule,
    `${server}\n    //- /chart/Chart.yaml\n    name: shop\n    //- /chart/values.yaml\n    nodeEnv: development${told(0, 20).replace('#', '')}`,
  )
  check(rule, `${server}\n    //- /k8s/overlays/dev/api.yaml\n    ${manifest('development')}`)
  check(
    rule,
    `${server}\n    //- /k8s/base/api.yaml\n    ${manifest('development')}\n    //- /k8s/live/api.yaml\n    ${manifest('production')}`,
  )
})

test('a chart that sets it by a name of its own', () => {
  const server = image('["node", "server.js"]')
  check(rule, `${server}\n    //- /chart/Chart.yaml\n    name: shop\n    //- /chart/values.yaml\n    nodeEnv: production`)
})

test('a mode that a build may give is told at low confidence where its default is for developers', () => {
  check(
    rule,
    image(
      '["npm", "run", "serve"]',
      'ARG NODE_ENV=development\n    ENV NODE_ENV=$NODE_ENV\n    ^^^^^^^^^^^^^^^^^^^^^^ [low] with NODE_ENV=development',
    ),
  )
  for (const given of [
    'ARG NODE_ENV=production\n    ENV NODE_ENV=$NODE_ENV',
    'ARG NODE_ENV\n    ENV NODE_ENV=${NODE_ENV:-production}',
    'ENV MODE=production\n    ENV NODE_ENV=$MODE',
  ])
    check(rule, image('["npm", "run", "serve"]', given))
})

test('code that sets it where it is missing', () => {
  for (const set of [`process.env.NODE_ENV ??= 'production'`, `process.env['NODE_ENV'] ||= 'production'`])
    check(
      rule,
      image('["npm", "run", "serve"]').replace("const express = require('express')", `${set}\n    const express = require('express')`),
    )
  check(
    rule,
    image('["npm", "run", "serve"]')
      .replace("const express = require('express')", `process.env.NODE_ENV ??= 'development'\n    const express = require('express')`)
      .replace('FROM node:22\n', 'FROM node:22\n    ^^^^^^^^^^^^ [medium] Nothing sets NODE_ENV\n'),
  )
})

test('a definition of ECS', () => {
  const task = (mode: string): string => `${image('["npm", "run", "serve"]')}
    //- /.aws/task-definition.json
    { "family": "shop", "containerDefinitions": [{ "name": "api", "image": "shop", "environment": [{ "name": "${mode}", "value": "production" }] }] }
`
  check(rule, task('NODE_ENV'))
  check(rule, task('APP_ENV').replace('FROM node:22\n', 'FROM node:22\n    ^^^^^^^^^^^^ [medium] Nothing sets NODE_ENV\n'))
})

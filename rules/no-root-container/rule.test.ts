// Tests of no-root-container.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

const server = `
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
`

test.each([
  ['express', `const app = require('express')()\n    app.get('/', (req, res) => res.json({}))\n    app.listen(3000)`],
  ['fastify', `const app = require('fastify')()\n    app.get('/', async () => ({}))\n    app.listen({ port: 3000 })`],
])('an image without a user: %s', (framework, code) => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "${framework}": "*" } }
    //- /server.js
    ${code}
    //- /Dockerfile
    FROM node:22-slim
    ^^^^^^^^^^^^^^^^^ [high, warning] No USER is set => Run the server as node
    WORKDIR /app
    COPY . .
    RUN npm ci
    CMD ["node", "server.js"]
    ~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] This starts it
  `,
  )
})

test('Nest, started by a package script from its build', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "11", "@nestjs/common": "11", "@nestjs/platform-express": "11" }, "scripts": { "start:prod": "node dist/main" } }
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
    FROM node:22 AS build
    RUN npm ci && npm run build
    FROM node:22-alpine
    ^^^^^^^^^^^^^^^^^^^ [high] runs as root
    COPY --from=build /app .
    CMD npm run start:prod
  `,
  )
})

test('root by name, and after another user', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    USER node
    RUN npm ci
    USER root
    ^^^^^^^^^ [high] The server in this image runs as root
    CMD ["node", "server.js"]
  `,
  )
})

test('the stage that compose asks for, and no other', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22 AS base
    CMD ["node", "server.js"]
    FROM base AS production
    ^^^^^^^^^^^^^^^^^^^^^^^ [high] No USER is set
    FROM base AS rootless
    USER node
    //- /docker-compose.yml
    services:
      api:
        build:
          context: .
          target: production
  `,
  )
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22 AS base
    CMD ["node", "server.js"]
    FROM base AS rootless
    USER node
    FROM base AS dev
    CMD ["npx", "nodemon", "server.js"]
    //- /docker-compose.yml
    services:
      api:
        build:
          context: .
          target: rootless
  `,
  )
})

test('the image behind the stage that compose gives to developers', () => {
  const image = (last: string): string => `${server}
    //- /Dockerfile
    FROM node:22 AS development
    COPY . .
    RUN npm install
    ${last}
    COPY --from=development . .
    CMD ["node", "server.js"]
    //- /docker-compose.yml
    services:
      api:
        build: { context: ., target: development }
        command: npx nodemon server.js
  `
  check(rule, image(`FROM node:22 AS production\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] No USER is set`))
  check(rule, image('FROM node:22 AS production\n    USER node'))
  check(rule, image('FROM node:22 AS test'))
})

test('several stages of one file are one finding', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22 AS one
    ^^^^^^^^^^^^^^^^^^^ [complete]
    CMD ["node", "server.js"]
    ~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence]
    FROM node:22 AS two
    ~~~~~~~~~~~~~~~~~~~ [affected]
    CMD ["node", "server.js", "--all"]
    //- /compose.yaml
    services:
      one: { build: { context: ., target: one } }
      two: { build: { context: ., target: two } }
  `,
  )
})

test('a file in a folder for such files, and a server of a workspace', () => {
  check(
    rule,
    `${server}
    //- /docker/api.Dockerfile
    ARG VERSION=22
    FROM node:\${VERSION}-alpine
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
    WORKDIR /app
    ENTRYPOINT ["node", "/app/server.js"]
  `,
  )
  check(
    rule,
    `
    //- /package.json
    { "workspaces": ["apps/*"] }
    //- /apps/api/package.json
    { "name": "api", "dependencies": { "express": "5" } }
    //- /apps/api/src/main.ts
    import express from 'express'
    const app = express()
    app.listen(3000)
    //- /apps/web/package.json
    { "name": "web", "dependencies": { "next": "15" } }
    //- /Dockerfile.api
    FROM node:22
    ^^^^^^^^^^^^ [high]
    WORKDIR /app
    CMD ["node", "apps/api/dist/main.js"]
    //- /Dockerfile.web
    FROM node:22
    WORKDIR /app/apps/web
    CMD ["node", "server.js"]
    //- /apps/web/Dockerfile
    FROM node:22
    CMD ["npm", "start"]
  `,
  )
})

test('a command that is not found is the server where the image is built beside it', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    ^^^^^^^^^^^^ [medium]
    CMD ["./bin/launch"]
  `,
  )
})

test('a command that whoever starts the image gives', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    ^^^^^^^^^^^^ [medium]
    COPY package*.json ./
    RUN npm ci
    COPY . .
  `,
  )
})

test('another user', () => {
  for (const text of [
    'FROM node:22\n    USER node\n    CMD ["node", "server.js"]',
    'FROM node:22\n    USER 1000:1000\n    CMD ["node", "server.js"]',
    'FROM node:22 AS base\n    USER node\n    FROM base\n    CMD ["node", "server.js"]',
    'FROM gcr.io/distroless/nodejs22-debian12:nonroot\n    CMD ["server.js"]',
    'FROM company/node:22\n    CMD ["node", "server.js"]',
    'ARG BASE\n    FROM $BASE\n    CMD ["node", "server.js"]',
    'FROM node:22\n    ARG UID\n    USER $UID\n    CMD ["node", "server.js"]',
    'FROM node:22-alpine\n    RUN apk add su-exec\n    ENTRYPOINT ["./entrypoint.sh"]\n    CMD ["node", "server.js"]',
    'FROM node:22\n    RUN apt-get install -y gosu\n    ENTRYPOINT ["gosu", "node", "node", "server.js"]',
  ])
    check(rule, `${server}\n    //- /Dockerfile\n    ${text}`)
})

test('a user that compose or Kubernetes sets', () => {
  const image = `${server}\n    //- /Dockerfile\n    FROM node:22\n    CMD ["node", "server.js"]`
  check(rule, `${image}\n    //- /docker-compose.yml\n    services:\n      api:\n        build: .\n        user: "1000:1000"`)
  check(
    rule,
    `${image}\n    //- /k8s/api.yaml\n    spec:\n      template:\n        spec:\n          securityContext:\n            runAsNonRoot: true`,
  )
})

test('a script that may change the user is a guess', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    ^^^^^^^^^^^^ [low]
    ENTRYPOINT ["./docker-entrypoint.sh"]
    CMD ["node", "server.js"]
  `,
  )
})

test('images of something else', () => {
  for (const [file, text] of [
    ['Dockerfile', 'FROM node:22 AS build\n    RUN npm run build\n    FROM nginx\n    COPY --from=build /app/dist /usr/share/nginx/html'],
    ['docker/base.Dockerfile', 'FROM node:22\n    RUN apt-get install -y curl\n    COPY docker/etc/hosts /etc/hosts'],
    ['.docker/search.Dockerfile', 'FROM company/search:1\n    RUN apt-get install -y curl'],
    ['Dockerfile', 'FROM postgres:16\n    COPY init.sql /docker-entrypoint-initdb.d/'],
    ['Dockerfile.dev', 'FROM node:22\n    CMD ["node", "server.js"]'],
    ['.devcontainer/Dockerfile', 'FROM node:22\n    CMD ["node", "server.js"]'],
    ['test/Dockerfile', 'FROM node:22\n    CMD ["node", "server.js"]'],
    ['docs/Dockerfile', 'FROM node:22\n    CMD ["npm", "start"]'],
    ['Dockerfile', 'FROM node:22\n    CMD ["npx", "prisma", "migrate", "deploy"]'],
    ['Dockerfile', 'FROM node:22\n    CMD ["npx", "http-server", "public"]'],
  ])
    check(rule, `${server}\n    //- /${file ?? ''}\n    ${text ?? ''}`)
  check(
    rule,
    `
    //- /index.js
    exports.add = (a, b) => a + b
    //- /Dockerfile
    FROM node:22
    CMD ["node", "index.js"]
  `,
  )
})

test('USER stands before what starts the server', () => {
  checkFix(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22-slim
    WORKDIR /app
    # The server.
    CMD ["node", "server.js"]
  `,
    `
    //- /Dockerfile
    FROM node:22-slim
    WORKDIR /app
    USER node
    # The server.
    CMD ["node", "server.js"]
  `,
  )
  checkFix(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22-slim
    CMD ["node", "server.js"]
    USER root
  `,
    `
    //- /Dockerfile
    FROM node:22-slim
    CMD ["node", "server.js"]
    USER node
  `,
  )
})

test('line ends stay as they are', () => {
  checkFix(
    rule,
    `${server}\n    //- /Dockerfile\n    FROM node:22\r\n    CMD ["node", "server.js"]`,
    `\n    //- /Dockerfile\n    FROM node:22\r\n    USER node\r\n    CMD ["node", "server.js"]`,
  )
})

test('no fix where the image brings no user, or the command comes from elsewhere', () => {
  checkNoFix(rule, `${server}\n    //- /Dockerfile\n    FROM alpine:3\n    CMD ["node", "server.js"]`)
  checkNoFix(
    rule,
    `${server}\n    //- /Dockerfile\n    FROM node:22\n    //- /compose.yml\n    services:\n      api:\n        build: .\n        command: node server.js`,
  )
})

/** A server that writes something, and its image. */
function writer(lines: string, image: string): string {
  return `
//- /package.json
{ "dependencies": { "express": "^5.0.0", "multer": "^2.0.0" } }
//- /server.js
const fs = require('fs')
const os = require('os')
const path = require('path')
const express = require('express')
const multer = require('multer')
const app = express()
${lines}
app.listen(3000)
//- /Dockerfile
FROM node:22-slim
WORKDIR /app
COPY . .
RUN npm ci
${image}
`
}

test.each([
  ["app.post('/files', multer({ dest: 'uploads/' }).single('file'), (req, res) => res.json({}))", 'uploads'],
  [
    "const storage = multer.diskStorage({ destination: path.join(process.cwd(), 'uploads') })\napp.post('/files', multer({ storage }).single('file'), (req, res) => res.json({}))",
    'uploads',
  ],
  [
    "fs.mkdirSync('./logs/old', { recursive: true })\napp.post('/notes', (req, res) => { fs.writeFileSync(path.join('notes', req.ip), ''); res.json({}) })",
    'logs notes',
  ],
])('the fix gives the user what the server writes to: %s', (lines, folders) => {
  const command = 'CMD ["node", "server.js"]'
  checkFix(rule, writer(lines, command), writer(lines, `RUN mkdir -p ${folders} && chown -R node:node ${folders}\nUSER node\n${command}`))
  const given = `RUN mkdir -p ${folders} && chown -R node:node ${folders}`
  checkFix(rule, writer(lines, `${command}\nUSER root`), writer(lines, `${command}\nUSER root\n${given}\nUSER node`))
})

test('folders of the system are for everybody', () => {
  const lines = "app.post('/a', multer({ dest: os.tmpdir() }).single('f'), (req, res) => { fs.writeFileSync('/tmp/a', ''); res.json({}) })"
  const command = 'CMD ["node", "server.js"]'
  checkFix(rule, writer(lines, command), writer(lines, `USER node\n${command}`))
})

test.each([
  "app.post('/notes', (req, res) => { fs.writeFileSync('notes.json', ''); res.json({}) })",
  "app.post('/notes', (req, res) => { fs.writeFileSync(path.join(process.env.DATA, 'notes.json'), ''); res.json({}) })",
  "fs.mkdirSync('/data/notes', { recursive: true })",
  "fs.mkdirSync('../notes')",
])('no fix where it writes to a place that cannot be given: %s', (lines) => {
  checkNoFix(rule, writer(lines, 'CMD ["node", "server.js"]'))
})

test('no fix where it writes to a folder of its code, which the user would get as well', () => {
  checkNoFix(
    rule,
    `${writer("require('./config/all')\nfs.mkdirSync(path.join(__dirname, 'config/notes'))", 'CMD ["node", "server.js"]')}//- /config/all.js
module.exports = {}
`,
  )
})

test('a script that starts the server, and that is read', () => {
  const files = (lines: string, more = ''): string => `
    //- /package.json
    { "name": "shop", "dependencies": { "express": "5" } }
    //- /server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /start.sh
    #!/bin/sh
    ${lines}
    //- /Dockerfile
    FROM node:22
    ${more}
    WORKDIR /app
    COPY . .
    CMD ["./start.sh"]
`
  check(rule, files('exec node server.js', '^^^^^^^^^^^^ [high] runs as root').replace(/\n {4}\n/, '\n'))
  check(rule, files('exec setpriv --reuid node node server.js'))
})

test('fix: a line that makes root the user becomes the other one, whatever starts the server behind it', () => {
  const image = (user: string): string => `
    //- /Dockerfile
    FROM node:22-slim
    WORKDIR /app
    USER ${user}
    EXPOSE 3000
    CMD ["node", "server.js"]
  `
  checkFix(rule, server + image('root'), image('node'))
})

test('fix: temporary files of uploads go to a folder that the user gets', () => {
  const app = `
    //- /server.js
    const express = require('express')
    const fileUpload = require('express-fileupload')
    const app = express()
    app.use(fileUpload({ useTempFiles: true }))
    app.post('/files', (req, res) => res.json({}))
    app.listen(3000)
  `
  const image = (user: string): string => `
    //- /Dockerfile
    FROM node:22-slim
    WORKDIR /app
    COPY . .
${user}    CMD ["node", "server.js"]
  `
  checkFix(rule, app + image(''), image('    RUN mkdir -p tmp && chown -R node:node tmp\n    USER node\n'))
})

test('what Kubernetes says of one image says nothing of another', () => {
  const files = (name: string): string => `
    //- /package.json
    { "private": true, "workspaces": ["apps/*"] }
    //- /apps/desk/package.json
    { "name": "desk", "dependencies": { "express": "5" } }
    //- /apps/desk/server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /apps/desk/Dockerfile
    FROM node:22
    CMD ["node", "server.js"]
    //- /apps/door/package.json
    { "name": "door", "dependencies": { "express": "5" } }
    //- /apps/door/server.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /apps/door/Dockerfile
    FROM node:22
    USER node
    CMD ["node", "server.js"]
    //- /k8s/${name}.yaml
    kind: Deployment
    spec:
      template:
        spec:
          securityContext:
            runAsNonRoot: true
          containers:
            - name: ${name}
              image: shop/${name}
`
  check(rule, files('desk'))
  expect(() => check(rule, files('door'))).toThrow('runs as root')
})

test('a worker of the same image beside a service for developers', () => {
  const files = (mark: string, command: string): string => `${server}
    //- /worker.js
    setInterval(() => {}, 1000)
    //- /Dockerfile
    FROM node:22-slim
    ${mark}
    WORKDIR /app
    COPY . .
    CMD ["node", "${command}"]
    //- /docker-compose.yml
    services:
      web:
        build: .
        environment:
          NODE_ENV: development
      worker:
        build: .
        command: node worker.js
  `
  check(
    rule,
    files('^^^^^^^^^^^^^^^^^ [high] No USER is set', 'server.js').replace(
      'CMD ["node", "server.js"]',
      'CMD ["node", "server.js"]\n    ~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] This starts it',
    ),
  )
  check(rule, files('# nothing', 'worker.js'))
})

test('fix: comments stay above the line that they speak of', () => {
  const image = (): string => `${server}
    //- /Dockerfile
    FROM node:22-slim
    COPY . .

    # Signals reach the process itself.
    # npm would keep them.
    CMD ["node", "server.js"]
`
  checkFix(rule, image(), image().replace('    # Signals', '    USER node\n    # Signals'))
})

const ordinary = `${server}
    //- /Dockerfile
    FROM node:22
    USER node
    CMD ["node", "server.js"]`

/** A deployment with lines of its own in the pod and in the container of the project. */
const deployment = (pod: string, container: string, kind = 'Deployment'): string => `${ordinary}
    //- /k8s/api.yaml
    apiVersion: apps/v1
    kind: ${kind}
    metadata: { name: api }
    spec:
      template:
        spec:
          ${pod}
          initContainers:
            - name: own-the-volume
              image: ghcr.io/shop/chown
              securityContext: { runAsUser: 0 }
          containers:
            - name: api
              image: ghcr.io/shop/api:2
              ${container}
            - name: redis
              image: redis:7
              securityContext: { runAsUser: 0 }
`

test('root that Kubernetes or a compose file makes the user, whatever the image says', () => {
  const root = 'securityContext: { runAsUser: 0 }'
  const mark = (column: number): string =>
    `\n    #${' '.repeat(column - 1)}^^^^^^^^^^^^ [medium] The server in this image runs as root => no fix`
  check(rule, deployment('', `${root}${mark(29)}`))
  check(rule, deployment(`${root}${mark(25)}`, 'ports: [{ containerPort: 3000 }]'))
  check(
    rule,
    `${ordinary}
    //- /chart/Chart.yaml
    name: shop
    //- /chart/values.yaml
    podSecurityContext:
      runAsUser: 0
    # ^^^^^^^^^^^^ [medium] The server in this image runs as root
  `,
  )
  check(
    rule,
    `${ordinary}
    //- /docker-compose.yml
    services:
      api:
        build: .
        user: root
    #   ^^^^^^^^^^ [medium] The server in this image runs as root => no fix
  `,
  )
})

test('root that is another container, a job, the pod of a container with its own user, or the database of a chart', () => {
  check(rule, deployment('', 'ports: [{ containerPort: 3000 }]'))
  check(rule, deployment('securityContext: { runAsUser: 0 }', 'securityContext: { runAsUser: 1000 }'))
  check(rule, deployment('', 'securityContext: { runAsUser: 0 }', 'Job'))
  check(rule, deployment('', 'securityContext: { runAsUser: 0 }').replace('image: redis:7', 'image: ghcr.io/shop/proxy'))
  check(
    rule,
    `${ordinary}
    //- /chart/Chart.yaml
    name: shop
    //- /chart/values.yaml
    postgresql:
      securityContext:
        runAsUser: 0
    //- /docker-compose.yml
    services:
      api:
        build: .
      db:
        image: postgres:16
        user: root
  `,
  )
})

test('a user by a variable: of the image, or one that a build may give', () => {
  const image = (lines: string, mark: string): string => `${server}
    //- /Dockerfile
    FROM node:22
    ${lines}
    USER \${APP_USER}
${mark}    CMD ["node", "server.js"]
`
  check(rule, image('ENV APP_USER=root', '    ^^^^^^^^^^^^^^^^ [high] runs as root\n'))
  check(rule, image('ARG APP_USER=root', '    ^^^^^^^^^^^^^^^^ [low] runs as root\n'))
  for (const other of ['ENV APP_USER=node', 'ARG APP_USER=node', 'ARG APP_USER', 'ARG APP_USER=root\n    ENV APP_USER=node'])
    check(rule, image(other, ''))
})

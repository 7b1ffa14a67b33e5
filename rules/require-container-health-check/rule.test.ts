// Tests of require-container-health-check.
import { describe, test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

const server = `
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/health', (req, res) => res.json({}))
    app.listen(3000)
`
const image = `${server}
    //- /Dockerfile
    FROM node:22
    CMD ["node", "server.js"]`

test('nothing asks', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    ^^^^^^^^^^^^ [medium, info] Nothing asks the server => no fix
    CMD ["node", "server.js"]
    //- /docker-compose.yml
    services:
      api:
        build: .
      db:
        image: postgres
        healthcheck:
          test: pg_isready
  `,
  )
})

test('a check that is switched off, in every stage that runs', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22 AS one
    ^^^^^^^^^^^^^^^^^^^ [complete]
    HEALTHCHECK NONE
    CMD ["node", "server.js"]
    FROM one AS two
    ~~~~~~~~~~~~~~~ [affected] Nor in this stage
    //- /compose.yml
    services:
      one: { build: { context: ., target: one } }
      two: { build: { context: ., target: two } }
  `,
  )
})

test('somebody asks', () => {
  check(rule, image.replace('    CMD', '    HEALTHCHECK CMD node health.js\n    CMD'))
  check(rule, image.replace('FROM node:22', 'FROM node:22 AS base\n    HEALTHCHECK CMD node health.js\n    FROM base'))
  for (const [file, text] of [
    ['docker-compose.yml', 'services:\n      api:\n        build: .\n        healthcheck:\n          test: ["CMD", "node", "health.js"]'],
    ['k8s/api.yaml', 'spec:\n      containers:\n        - livenessProbe:\n            httpGet:\n              path: /health'],
    ['fly.toml', '[[http_service.checks]]\n    path = "/health"'],
    ['render.yaml', 'services:\n      - type: web\n        healthCheckPath: /health'],
  ])
    check(rule, `${image}\n    //- /${file ?? ''}\n    ${text ?? ''}`)
})

test('charts of Helm keep what they deploy in a folder of templates', () => {
  const probe = (file: string): string => `
    //- /${file}
    apiVersion: apps/v1
    kind: Deployment
    spec:
      containers:
        - name: {{ .Chart.Name }}
          livenessProbe:
            httpGet:
              path: /health`
  const chart = '\n    //- /deploy/api/Chart.yaml\n    name: api'
  check(rule, `${image}${chart}${probe('deploy/api/templates/deployment.yaml')}`)
  const marked = image.replace('FROM node:22', 'FROM node:22\n    ^^^^^^^^^^^^ [complete]')
  check(rule, `${marked}${probe('deploy/api/templates/deployment.yaml')}`)
  check(rule, `${marked}${chart}${probe('deploy/api/templates/tests/connection.yaml')}`)
})

test('manifests beside pipelines, and templates of OpenShift', () => {
  const probe = `
    apiVersion: apps/v1
    kind: Deployment
    spec:
      containers:
        - livenessProbe:
            httpGet:
              path: /health`
  check(rule, `${image}\n    //- /ci/k8s/api.yaml${probe}`)
  check(
    rule,
    `${image}
    //- /openshift/templates/api.yaml
    kind: Template
    objects:
      - apiVersion: apps/v1
        kind: Deployment
        spec:
          containers:
            - livenessProbe:
                httpGet:
                  path: /health`,
  )
  check(rule, `${image.replace('FROM node:22', 'FROM node:22\n    ^^^^^^^^^^^^ [complete]')}\n    //- /k8s/tests/api.yaml${probe}`)
})

test('no image, and images of something else', () => {
  check(rule, server)
  check(rule, `${server}\n    //- /Dockerfile\n    FROM nginx`)
  check(rule, image.replace('/Dockerfile', '/Dockerfile.dev'))
})

test('probes of one service say nothing of another one', () => {
  const services = (admin: string, files: string): string => `
    //- /package.json
    { "name": "shop", "private": true, "workspaces": ["apps/*"] }
    //- /apps/api/package.json
    { "name": "@shop/api", "main": "server.js", "dependencies": { "express": "5" } }
    //- /apps/api/server.js
    require('express')().listen(3000)
    //- /apps/api/Dockerfile
    FROM node:22
    CMD ["node", "server.js"]
    //- /apps/admin/package.json
    { "name": "@shop/admin", "main": "server.js", "dependencies": { "express": "5" } }
    //- /apps/admin/server.js
    require('express')().listen(3001)
    //- /apps/admin/Dockerfile
    FROM node:22
    ${admin}
    CMD ["node", "server.js"]
${files}`
  const container = (name: string, probe: string): string => `
        - name: ${name}
          image: registry.example.com/${name}:1${probe === '' ? '' : `\n          ${probe}:\n            httpGet:\n              path: /health`}`
  const pods = (first: string, second: string): string => `
    //- /k8s/all.yaml
    spec:
      containers:${first}${second}`
  const mark = '^^^^^^^^^^^^ [medium]'
  check(rule, services(mark, pods(container('shop-api', 'livenessProbe'), container('shop-admin', ''))))
  check(rule, services('', pods(container('shop-api', 'livenessProbe'), container('shop-admin', 'readinessProbe'))))
  // Who is meant is not said.
  check(rule, services('', pods(container('first', 'livenessProbe'), container('second', ''))))
  const fly = (folder: string): string => `
    //- /${folder}fly.toml
    [[http_service.checks]]
    path = "/health"`
  check(rule, services(mark, fly('apps/api/')))
  check(rule, services('', fly('')))
  check(rule, services(mark, fly('').replace('[[', 'app = "shop-api"\n    [[')))
  check(rule, services('', `${fly('apps/api/')}${fly('apps/admin/')}`))
})

test('a definition of ECS', () => {
  const task = (container: string): string => `${image}
    //- /.aws/task-definition.json
    { "family": "shop", "containerDefinitions": [{ "name": "api", "image": "shop"${container} }] }
`
  check(rule, task(', "healthCheck": { "command": ["CMD-SHELL", "wget -qO- http://localhost:3000/health || exit 1"] }'))
  check(rule, task('').replace('FROM node:22\n', 'FROM node:22\n    ^^^^^^^^^^^^ [medium] Nothing asks the server\n'))
})

test('containers beside the server in a definition of ECS', () => {
  const probe = '"healthCheck": { "command": ["CMD-SHELL", "exit 0"] }'
  const task = (
    server: string,
    other: string,
    marked = false,
  ): string => `${marked ? image.replace('FROM node:22\n', 'FROM node:22\n    ^^^^^^^^^^^^ [medium] Nothing asks the server\n') : image}
    //- /.aws/task-definition.json
    { "containerDefinitions": [{ "image": "${other}", ${probe} }, { "name": "api", "image": "1.dkr.ecr.eu-west-1.amazonaws.com/shop:1"${server} }] }
`
  for (const agent of [
    'public.ecr.aws/datadog/agent:7',
    'amazon/aws-xray-daemon',
    'redis:7',
    'public.ecr.aws/aws-observability/aws-otel-collector:v1',
  ])
    check(rule, task('', agent, true))
  check(rule, task(`, ${probe}`, 'public.ecr.aws/datadog/agent:7'))
  // A proxy asks the server behind it.
  check(rule, task('', 'nginx:1.27'))
})

test('an image of functions, which a platform starts and ends with requests', () => {
  const lambda = (more = ''): string => `
    //- /handler.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    module.exports.handler = require('serverless-http')(app)
    ${more}
    //- /Dockerfile
    FROM public.ecr.aws/lambda/nodejs:22
    COPY . .
    CMD ["handler.handler"]
`
  check(rule, lambda())
  check(
    rule,
    `${image.replace('FROM node:22', 'FROM node:22\n    ^^^^^^^^^^^^ [medium] Nothing asks')}\n${lambda().replace('/Dockerfile', '/functions/Dockerfile').replace('/handler.js', '/functions/handler.js')}`,
  )
})

describe('compose files', () => {
  const asked = image.replace('    CMD', '    HEALTHCHECK CMD node health.js\n    CMD')
  const unasked = (mark: string): string => image.replace('FROM node:22', `FROM node:22${mark}`)

  test.each(['disable: true', 'test: ["NONE"]'])('a service that switches off the check of the image: %s', (line) => {
    const service = `
    //- /docker-compose.yml
    services:
      api:
        build: .
        healthcheck:
          ${line}`
    const place = line.startsWith('test') ? '                 ^^^^^^' : '          ^^^^^^^^^^^^^'
    check(rule, `${asked}${service}\n${place} [medium, info] switches off the health check => no fix`)
    check(rule, `${asked}${service}\n      admin:\n        build: .`)
    check(rule, `${unasked('\n    ^^^^^^^^^^^^ Nothing asks')}${service}`)
  })

  test('a check that stays, and one of another image', () => {
    check(
      rule,
      `${asked}\n    //- /docker-compose.yml\n    services:\n      api:\n        build: .\n        healthcheck:\n          disable: false`,
    )
    check(
      rule,
      `${asked}\n    //- /docker-compose.yml\n    services:\n      api:\n        build: .\n        healthcheck:\n          test: ["CMD", "./ask", "none"]`,
    )
    check(
      rule,
      `${asked}\n    //- /docker-compose.yml\n    services:\n      api: { build: . }\n      db: { image: postgres, healthcheck: { disable: true } }`,
    )
  })

  const base = (service: string): string => `
    //- /deploy/common.yml
    services:
      ${service}:
        healthcheck:
          test: ["CMD", "node", "health.js"]`

  test('what a service extends, of any file', () => {
    const services = '\n    //- /compose.yml\n    services:\n      api:\n        build: .\n'
    const other = '        extends:\n          file: deploy/common.yml\n          service: base'
    check(rule, `${image}${base('base')}${services}${other}`)
    check(rule, `${unasked('\n    ^^^^^^^^^^^^ Nothing asks')}${base('other')}${services}${other}`)
    check(rule, `${image}${services}        extends: base\n      base:\n        healthcheck:\n          test: node health.js`)
  })

  test('a build of another folder, and services that extend one another', () => {
    check(
      rule,
      `${image}
    //- /deploy/common.yml
    services:
      base:
        build: ..
        healthcheck:
          test: node health.js
    //- /compose.yml
    services:
      api:
        extends:
          file: ./deploy/common.yml
          service: base`,
    )
    check(
      rule,
      `${unasked('\n    ^^^^^^^^^^^^ Nothing asks')}
    //- /compose.yml
    services:
      one: { build: ., extends: two }
      two: { build: ., extends: one }`,
    )
  })
})

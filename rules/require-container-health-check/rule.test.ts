// Tests of require-container-health-check.
import { test } from 'vitest'
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

test('no image, and images of something else', () => {
  check(rule, server)
  check(rule, `${server}\n    //- /Dockerfile\n    FROM nginx`)
  check(rule, image.replace('/Dockerfile', '/Dockerfile.dev'))
})

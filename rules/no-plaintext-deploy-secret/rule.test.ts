// Tests of no-plaintext-deploy-secret. Keys of providers are put together here, so that no scanner takes them for real ones.
import { describe, expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { parseFixture } from '../../testing/fixture.js'
import { rules } from '../index.js'
import { analyze } from '../../analyzer/analyze.js'
import { configurationOf } from '../../testing/model.js'
import { loadTexts } from '../../testing/project.js'
import rule from './rule.js'

const stripe = ['sk', 'live', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')
const stripeTest = ['sk', 'test', '4eC39HqLyjWDarjtT1zdp7dc'].join('_')
const random = '8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d'

const said = (files: string): readonly string[] =>
  findingsOf(rule, parseFixture(files).files).map(
    (one) => `${one.confidence} ${one.file}:${one.range.start.line} ${one.message.split('. ')[0] ?? ''}`,
  )
const compose = (variables: string, more = ''): string => `
    //- /docker-compose.yml
    services:
      api:
        build: .${more}
        environment:
          ${variables}
`

test('a compose file for production, several of them as one finding', () => {
  check(
    rule,
    `
    //- /docker-compose.prod.yml
    services:
      api:
        image: shop
        environment:
          - PORT=3000
          - JWT_SECRET=${random}
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, error] JWT_SECRET in docker-compose.prod.yml looks like a secret in use => no fix
          - DB_PASSWORD=Tr4inWreck99
            ~~~~~~~~~~~~~~~~~~~~~~~~ [affected] DB_PASSWORD stands here
  `,
  )
})

test('a key that the code signs with', () => {
  expect(
    said(`
    //- /app.js
    const jwt = require('jsonwebtoken')
    exports.sign = (payload) => jwt.sign(payload, process.env.JWT_SECRET)
    ${compose(`NODE_ENV: production\n          JWT_SECRET: ${random}`)}`),
  ).toEqual(['high docker-compose.yml:6 JWT_SECRET in docker-compose.yml looks like a secret in use.'])
})

test('a plain compose file', () => {
  expect(said(compose(`STRIPE_KEY: ${stripe}`))).toEqual(['high docker-compose.yml:5 STRIPE_KEY in docker-compose.yml holds a Stripe key.'])
  expect(said(compose(`JWT_SECRET: ${random}`, '\n        restart: always'))).toEqual([expect.stringMatching(/^medium /)])
  expect(said(compose(`JWT_SECRET: ${random}`))).toEqual([expect.stringMatching(/^low /)])
  expect(said(compose(`NODE_ENV: development\n          JWT_SECRET: ${random}`))).toEqual([])
  expect(said(compose('DB_PASSWORD: Tr4inWreck99', '\n        restart: always'))).toEqual([])
})

describe('files of platforms', () => {
  test.each([
    ['render.yaml', `services:\n      - type: web\n        envVars:\n          - key: JWT_SECRET\n            value: ${random}`],
    ['fly.toml', `[env]\n    JWT_SECRET = "${random}"`],
    ['serverless.yml', `provider:\n      environment:\n        JWT_SECRET: ${random}`],
    [
      'k8s/api.yaml',
      `apiVersion: apps/v1\n    kind: Deployment\n    spec:\n      containers:\n        - env:\n            - name: JWT_SECRET\n              value: ${random}`,
    ],
    ['k8s/secret.yaml', `apiVersion: v1\n    kind: Secret\n    stringData:\n      JWT_SECRET: ${random}`],
    ['Dockerfile', `FROM node:22\n    ENV JWT_SECRET=${random}`],
    ['Dockerfile', `FROM node:22\n    ARG JWT_SECRET=${random}`],
  ])('%s', (file, text) => {
    expect(said(`//- /${file}\n    ${text}`.replace(/^/, '\n    '))).toEqual([
      expect.stringMatching(new RegExp(`^medium ${file}:\\d+ JWT_SECRET in .* looks like a secret in use`)),
    ])
  })

  test('a key of a provider in a workflow', () => {
    const workflow = (env: string): string => `
    //- /.github/workflows/deploy.yml
    jobs:
      deploy:
        env:
          ${env}
    `
    expect(said(workflow(`STRIPE_KEY: ${stripe}`))).toEqual([expect.stringMatching(/^high .*holds a Stripe key/)])
    for (const env of [
      `JWT_SECRET: ${random}`,
      'STRIPE_KEY: ${{ secrets.STRIPE_KEY }}',
      `STRIPE_KEY: ${stripeTest}`,
      'POSTGRES_PASSWORD: postgres',
    ])
      expect(said(workflow(env))).toEqual([])
  })

  test('an address of a database elsewhere', () => {
    const render = (value: string): string => `
    //- /render.yaml
    services:
      - type: web
        envVars:
          - key: DATABASE_URL
            value: ${value}
    `
    expect(said(render('postgres://shop:Tr4inWreck99@db.shop.example.com:5432/shop'))).toEqual([])
    expect(said(render('postgres://shop:Tr4inWreck99@db.shop-data.com:5432/shop'))).toEqual([
      expect.stringMatching(/^high .*password in a connection address/),
    ])
    expect(said(render('postgres://shop:Tr4inWreck99@db:5432/shop'))).toEqual([])
    expect(said(render('postgres://postgres:postgres@db.shop-data.com:5432/shop'))).toEqual([])
  })
})

test('an earlier stage is a guess', () => {
  expect(said(`\n    //- /Dockerfile\n    FROM node:22 AS build\n    ENV JWT_SECRET=${random}\n    FROM node:22-slim`)).toEqual([
    expect.stringMatching(/^low /),
  ])
})

test.each([
  'JWT_SECRET: ${JWT_SECRET}',
  'JWT_SECRET: ${JWT_SECRET:-abcdef1234567890abcdef}',
  'JWT_SECRET: $JWT_SECRET',
  'JWT_SECRET: your-secret-here',
  'JWT_SECRET: changeme',
  'JWT_SECRET: "#{JWT_SECRET}#"',
  'JWT_SECRET: ""',
  'JWT_SECRET_FILE: /run/secrets/jwt',
  'JWT_ALGORITHM: HS256',
  'PUBLIC_KEY: 8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d',
  `STRIPE_KEY: ${stripeTest}`,
  'DB_PASSWORD: postgres',
  'DATABASE_URL: postgres://app:Tr4inWreck99@db:5432/app',
  'SECRET_NAME: projects/shop/secrets/jwt',
])('no secret: %s', (line) => {
  check(rule, compose(`NODE_ENV: production\n          ${line}`, '\n        restart: always'))
})

test('files of developers, tests and examples', () => {
  for (const file of [
    'docker-compose.dev.yml',
    'docker-compose.override.yml',
    'test/docker-compose.yml',
    'examples/docker-compose.yml',
    'Dockerfile.dev',
  ])
    check(
      rule,
      file.startsWith('Dockerfile')
        ? `\n    //- /${file}\n    FROM node:22\n    ENV JWT_SECRET=${random}`
        : compose(`JWT_SECRET: ${random}`, '\n        restart: always').replace('docker-compose.yml', file),
    )
})

test('one value is one finding, whatever else is wrong with it', () => {
  const { input } = loadTexts(
    parseFixture(`
    //- /app.js
    const express = require('express')
    const jwt = require('jsonwebtoken')
    const app = express()
    app.get('/', (req, res) => res.json(jwt.sign({}, process.env.JWT_SECRET)))
    app.listen(3000)
    ${compose('NODE_ENV: production\n          JWT_SECRET: shop4life99')}
    `).files,
  )
  const { findings } = analyze(input, rules, { configuration: configurationOf({}), only: ['no-plaintext-deploy-secret', 'no-weak-secret'] })
  expect(findings.map(({ ruleId, confidence }) => `${ruleId} ${confidence}`)).toEqual(['no-plaintext-deploy-secret high'])
})

test('what a script exports to the server that it starts', () => {
  const files = (lines: string, command = './start.sh'): string => `
    //- /package.json
    { "name": "shop", "dependencies": { "express": "5" } }
    //- /app.js
    const app = require('express')()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /Procfile
    web: ${command}
    //- /start.sh
    #!/bin/sh
    ${lines}
    exec node app.js
`
  check(
    rule,
    files('export MAIL_API_KEY=kd82hHs61Lm0Qz73\n    //     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] MAIL_API_KEY').replace(
      '\n    //     ^',
      '\n           ^',
    ),
  )
  check(
    rule,
    files('export MAIL_API_KEY="$(cat /run/secrets/mail)"\n    export DB_PASSWORD="${DB_PASSWORD:?}"\n    export API_KEY=changeme'),
  )
  check(rule, files('LOCAL_API_KEY=kd82hHs61Lm0Qz73'))
  check(rule, files('export MAIL_API_KEY=kd82hHs61Lm0Qz73', 'node app.js'))
})

test('an address of a database within the cluster', () => {
  const manifest = (value: string, folder = 'k8s'): string => `
    //- /${folder}/deployment.yaml
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: shop }
    spec:
      template:
        spec:
          containers:
            - name: shop
              image: shop:1
              env:
                - name: DATABASE_URL
                  value: ${value}
    `
  const chart = (value: string): string => `
    //- /chart/Chart.yaml
    name: shop
    //- /chart/values.yaml
    api:
      DATABASE_URL: ${value}
    `
  const address = (password: string, host: string): string => `postgres://shop:${password}@${host}:5432/shop`
  const told = (confidence: string): unknown => [
    expect.stringMatching(new RegExp(`^${confidence} .*DATABASE_URL in .* holds a password in a connection address`)),
  ]
  expect(said(manifest(address('Tr4inWreck99', 'postgres')))).toEqual(told('medium'))
  expect(said(manifest(address('Tr4inWreck99', 'db.shop.svc.cluster.local')))).toEqual(told('medium'))
  expect(said(chart(address('Tr4inWreck99', 'postgres')))).toEqual(told('low'))
  expect(said(chart(address('Tr4inWreck99', 'db.shop-data.com')))).toEqual(told('high'))
  for (const quiet of [
    address('postgres', 'postgres'),
    address('shop', 'postgres'),
    address('changeme', 'postgres'),
    address('$(DB_PASSWORD)', 'postgres'),
    address('Tr4inWreck99', 'localhost'),
  ]) {
    expect(said(manifest(quiet)), quiet).toEqual([])
    expect(said(chart(quiet)), quiet).toEqual([])
  }
  expect(said(manifest(address('Tr4inWreck99', 'postgres'), 'k8s/dev'))).toEqual([])
})

test('values of a chart, and literals of Kustomize', () => {
  const chart = (values: string, more = '//- /chart/Chart.yaml\n    name: shop\n'): string => `
    ${more}
    //- /chart/values.yaml
    api:
      ${values}
    `
  expect(said(chart(`jwtSecret: ${random}`))).toEqual([expect.stringMatching(/^medium .*jwtSecret in chart\/values\.yaml looks like/)])
  expect(said(chart(`dbPassword: Tr4inWreck99`))).toEqual([expect.stringMatching(/^low /)])
  for (const values of [
    'existingSecret: shop-api',
    'jwtSecretKey: jwt-secret',
    'jwtSecret: ""',
    'jwtSecret: changeme',
    'tokenUrl: https://a.example/t',
  ])
    expect(said(chart(values))).toEqual([])
  expect(said(chart(`jwtSecret: ${random}`, ''))).toEqual([])
  const generator = (kind: string, literal: string, folder = 'prod'): string => `
    //- /deploy/${folder}/kustomization.yaml
    ${kind}:
      - name: api
        literals:
          - ${literal}
    `
  expect(said(generator('secretGenerator', `JWT_SECRET=${random}`))).toEqual([expect.stringMatching(/^medium .*JWT_SECRET/)])
  expect(said(generator('secretGenerator', `JWT_SECRET=${random}`, 'dev'))).toEqual([])
  expect(said(generator('configMapGenerator', 'NODE_ENV=production'))).toEqual([])
})

test('services of systemd', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    express().listen(3000)
    //- /deploy/shop.service
    [Service]
    EnvironmentFile=/etc/shop/env
    Environment=NODE_ENV=production JWT_SECRET=8fe1c2Zq07TrmX41bdkw
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] JWT_SECRET in deploy/shop.service looks like a secret in use.
    Environment=SESSION_SECRET_FILE=%d/session STRIPE_KEY=\${STRIPE_KEY}
    ExecStart=/usr/bin/node app.js
  `,
  )
})

test('passwords among the words of a command', () => {
  const compose = (lines: string, name = 'docker-compose.yml', mode = 'production'): string => `
    //- /${name}
    services:
      api:
        build: .
        environment:
          NODE_ENV: ${mode}
      cache:
        image: redis:7
        ${lines}
    `
  expect(said(compose(`command: ['redis-server', '--requirepass', 'cachePass9182']`))).toEqual([
    expect.stringMatching(/^medium .*--requirepass in docker-compose\.yml/),
  ])
  expect(said(compose('command: redis-server --requirepass s3cr3tCache77 --appendonly yes'))).toEqual([expect.stringMatching(/^medium /)])
  expect(said(compose('entrypoint: server --root-password=r00tPassw0rd'))).toEqual([expect.stringMatching(/^medium .*--root-password/)])
  expect(said(compose('command: redis-server --requirepass s3cr3tCache77', 'docker-compose.yml', '${NODE_ENV}'))).toEqual([
    expect.stringMatching(/^low /),
  ])
  expect(said(compose('command: redis-server --requirepass s3cr3tCache77', 'docker-compose.dev.yml'))).toEqual([])
  for (const command of [
    'redis-server --requirepass ${REDIS_PASSWORD}',
    'redis-server --requirepass $$REDIS_PASSWORD',
    'redis-server --requirepass changeme',
    'server --password-file /run/secrets/pw',
    'server --token-ttl 3600s --secret-name shop-prod-7',
    'controller --default-tls-secret shop-tls-2024 --image-pull-secret=regcred2',
  ])
    expect(said(compose(`command: ${command}`))).toEqual([])
  const manifest = `
    //- /k8s/cache.yaml
    apiVersion: apps/v1
    kind: Deployment
    spec:
      template:
        spec:
          containers:
            - name: cache
              image: redis:7
              args: ['--requirepass', 'cachePass9182']
    `
  expect(said(manifest)).toEqual([expect.stringMatching(/^medium .*--requirepass in k8s\/cache\.yaml/)])
})

test('a key of a provider in the file that shows which variables there are', () => {
  const key = `ghp_${'h7Gd93kslQpz81vXcMw02ksLq83jdKx72hfQ'}`
  const example = (name: string, line: string): string => `
    //- /${name}
    PORT=3000
    ${line}
    `
  expect(said(example('.env.example', `GITHUB_TOKEN=${key}`))).toEqual([
    expect.stringMatching(/^medium .*GITHUB_TOKEN in \.env\.example holds a GitHub token/),
  ])
  for (const line of [
    'GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'STRIPE_KEY=sk_test_h7Gd93kslQpz81vX',
    'JWT_SECRET=kd82hHs61Lm0Qz73',
  ])
    expect(said(example('.env.sample', line))).toEqual([])
  expect(said(example('test/.env.example', `GITHUB_TOKEN=${key}`))).toEqual([])
})

test('what compose files give to builds', () => {
  const built = (name: string, args: string): string => `
    //- /${name}
    services:
      api:
        build:
          context: .
          args:
            ${args}
`
  expect(said(built('docker-compose.prod.yml', `JWT_SECRET: ${random}`))).toEqual([
    expect.stringMatching(/^medium docker-compose.prod.yml:\d+ JWT_SECRET in/),
  ])
  expect(said(built('docker-compose.yml', `- STRIPE_KEY=${stripe}`))).toEqual([expect.stringMatching(/^high .*STRIPE_KEY/)])
  expect(said(built('docker-compose.prod.yml', 'NODE_VERSION: 22.11.0\n            JWT_SECRET: ${JWT_SECRET}'))).toEqual([])
})

test('a ConfigMap, which is no place for a secret', () => {
  const map = (kind: string, data: string): string => `
    //- /k8s/config.yaml
    apiVersion: v1
    kind: Service
    metadata:
      name: shop
    ---
    apiVersion: v1
    kind: ${kind}
    metadata:
      name: shop
    data:
      NODE_ENV: production
      JWT_EXPIRES_IN: 15m
      ${data}
`
  expect(said(map('ConfigMap', `JWT_SECRET: ${random}`))).toEqual([expect.stringMatching(/^medium k8s\/config.yaml:\d+ JWT_SECRET in/)])
  expect(said(map('ConfigMap', 'JWT_SECRET: ${JWT_SECRET}'))).toEqual([])
  expect(said(map('Secret', `JWT_SECRET: ${random}`))).toEqual([])
})

test('a definition of ECS', () => {
  const task = (container: string): string => `
    //- /.aws/task-definition.json
    { "family": "shop", "containerDefinitions": [{ "name": "api", "image": "shop", ${container} }] }
`
  expect(said(task(`"environment": [{ "name": "PORT", "value": "3000" }, { "name": "JWT_SECRET", "value": "${random}" }]`))).toEqual([
    expect.stringMatching(/^medium .aws\/task-definition.json:\d+ JWT_SECRET in/),
  ])
  expect(said(task(`"secrets": [{ "name": "JWT_SECRET", "valueFrom": "arn:aws:ssm:eu-west-1:1:parameter/jwt" }]`))).toEqual([])
})

describe('registries of packages', () => {
  const npm = ['npm', 'aB3dE5fG7hI9jK1lM3nO5pQ7rS9tU1vW3xY5'].join('_')
  const base64 = (text: string): string => btoa(text)

  test.each([
    [`//npm.shop.io/:_authToken=${npm}`, 'high .npmrc:1 _authToken in .npmrc holds a npm token'],
    [
      '//npm.shop.io/:_authToken = "3f2a9c1e-7b44-4d0a-9e6f-5c8b1a2d3e4f"',
      'medium .npmrc:1 _authToken in .npmrc holds a token of a registry',
    ],
    ['//npm.shop.io/:_authToken=NpmToken.3f2a9c1e-7b44-4d0a-9e6f-5c8b1a2d3e4f', 'medium .npmrc:1 _authToken'],
    [`_auth=${base64('bot:Xq7!vR2#kL9p')}`, 'medium .npmrc:1 _auth in .npmrc holds a password of a registry'],
    [`//npm.shop.io/:_password="${base64('Xq7!vR2#kL9p')}"`, 'medium .npmrc:1 _password'],
  ])('%s', (line, what) => {
    const [one, ...others] = said(`//- /.npmrc\n${line}`)
    expect(one).toContain(what)
    expect(others).toEqual([])
  })

  test.each([
    '//npm.shop.io/:_authToken=${NPM_TOKEN}',
    '//npm.shop.io/:_authToken=$NPM_TOKEN',
    '//npm.shop.io/:_authToken=YOUR_TOKEN_HERE',
    '//npm.shop.io/:_authToken=00000000-0000-0000-0000-000000000000',
    `; //npm.shop.io/:_authToken=${npm}`,
    '//localhost:4873/:_authToken="3f2a9c1e-7b44-4d0a-9e6f-5c8b1a2d3e4f"',
    '//npm.shop.io/:_auth=${NPM_AUTH}',
    '//npm.shop.io/:username=bot',
    'registry=https://npm.shop.io/',
    'save-exact=true',
  ])('%s is none', (line) => {
    expect(said(`//- /.npmrc\n${line}`)).toEqual([])
  })

  test('Yarn, and files of tests', () => {
    expect(said(`//- /.yarnrc.yml\nnpmScopes:\n  shop:\n    npmAuthToken: ${npm}`)).toHaveLength(1)
    expect(said('//- /.yarnrc.yml\nnodeLinker: node-modules\nnpmAuthToken: "${NPM_TOKEN-}"')).toEqual([])
    expect(said(`//- /test/fixtures/.npmrc\n//npm.shop.io/:_authToken=${npm}`)).toEqual([])
  })
})

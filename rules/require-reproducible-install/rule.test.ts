// Tests of require-reproducible-install.
import { describe, expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import { parseFixture } from '../../testing/fixture.js'
import rule from './rule.js'

const server = `
    //- /package.json
    { "name": "shop", "dependencies": { "express": "^5.0.0" }, "devDependencies": { "typescript": "^5.0.0" } }
    //- /server.js
    const express = require('express')
    const app = express()
    app.get('/', (req, res) => res.json({}))
    app.listen(3000)
    //- /package-lock.json
    { "lockfileVersion": 3, "packages": { "node_modules/express": { "version": "5.1.0" } } }
`
const image = (...lines: readonly string[]): string =>
  `${server}    //- /Dockerfile\n${lines.map((line) => `    ${line}`).join('\n')}\n    CMD ["node", "server.js"]`
const said = (fixture: string): readonly string[] =>
  findingsOf(rule, parseFixture(fixture).files).map(
    (one) => `${one.confidence} ${one.file}:${one.range.start.line} ${one.message.split('. ')[0] ?? ''}`,
  )

test('npm install', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    COPY package*.json ./
    RUN npm install --omit=dev
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium, warning] npm install may install other versions => Install with npm ci
    COPY . .
    CMD ["node", "server.js"]
  `,
  )
})

test('before the lockfile is there', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    COPY package.json ./
    RUN npm install --omit=dev
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] before the lockfile is in the image => no fix
    COPY . .
    CMD ["node", "server.js"]
  `,
  )
})

test('packages of developers in what runs', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    COPY . .
    RUN npm ci && npm run build
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] holds the packages of developers => no fix
    CMD ["node", "server.js"]
  `,
  )
})

describe('loose', () => {
  test.each([
    ['RUN npm i --production', 'npm i may'],
    ['RUN --mount=type=cache,target=/cache npm install --omit=dev', 'npm install may'],
    ['RUN apt-get update && npm install --production --loglevel warn', 'npm install may'],
    ['RUN yarn install --production', 'yarn install may'],
    ['RUN yarn --production', 'yarn may'],
    ['RUN pnpm install --prod', 'pnpm install may'],
  ])('%s', (line, what) => {
    expect(said(image('FROM node:22', 'COPY . .', line))).toEqual([expect.stringContaining(what)])
  })
})

describe('fine', () => {
  test.each([
    'RUN npm ci --omit=dev',
    'RUN npm clean-install --omit=dev',
    'RUN npm ci && npm run build && npm prune --omit=dev',
    'RUN npm install -g pnpm && pnpm install --frozen-lockfile --prod',
    'RUN yarn install --frozen-lockfile --production',
    'RUN yarn install --immutable && yarn workspaces focus --all --production',
    'RUN npm install -g pm2',
    'RUN npm install sharp',
    'RUN bun install',
  ])('%s', (line) => {
    expect(said(image('FROM node:22', 'COPY . .', line))).toEqual([])
  })

  test('NODE_ENV leaves packages of developers out', () => {
    expect(said(image('FROM node:22', 'ENV NODE_ENV=production', 'COPY . .', 'RUN npm ci'))).toEqual([])
    expect(said(image('FROM node:22', 'COPY . .', 'RUN NODE_ENV=production npm ci'))).toEqual([])
  })

  test('stages that build may hold them', () => {
    expect(
      said(image('FROM node:22 AS build', 'COPY . .', 'RUN npm ci && npm run build', 'FROM node:22', 'COPY --from=build /dist .')),
    ).toEqual([])
    expect(
      said(
        image(
          'FROM node:22 AS base',
          'COPY . .',
          'FROM base AS build',
          'RUN npm ci',
          'FROM base',
          'COPY --from=build /app/node_modules node_modules',
        ),
      ),
    ).toEqual([])
  })
})

test('a stage of which nothing is taken', () => {
  expect(said(image('FROM node:22 AS lint', 'COPY . .', 'RUN npm install', 'FROM node:22', 'COPY . .', 'RUN npm ci --omit=dev'))).toEqual(
    [],
  )
  expect(said(image('FROM node:22 AS build', 'COPY . .', 'RUN npm install', 'FROM node:22', 'COPY --from=build /app .'))).toEqual([
    expect.stringContaining('Dockerfile:3 npm install may'),
  ])
})

test('a project without a lockfile', () => {
  const without = (...lines: readonly string[]): readonly string[] => said(image(...lines).replace('/package-lock.json', '/other.json'))
  for (const command of ['npm install --omit=dev', 'npm i --omit=dev', 'yarn --production', 'pnpm install --prod'])
    expect(without('FROM node:22', 'COPY . .', `RUN ${command}`)).toEqual([expect.stringContaining('installed without a lockfile')])
  // The build fails, or gets one elsewhere.
  for (const command of ['npm ci --omit=dev', 'yarn --frozen-lockfile --production', 'bun install --production'])
    expect(without('FROM node:22', 'COPY . .', `RUN ${command}`)).toEqual([])
  expect(without('FROM node:22', 'COPY package.json package-lock.json ./', 'RUN npm install --omit=dev')).toEqual([])
  const bare = image('FROM node:22', 'COPY . .', 'RUN npm install').replace('/package-lock.json', '/other.json')
  expect(said(bare.replace(/"(dev)?[dD]ependencies": \{[^}]*\}/g, '"private": true'))).toEqual([])
})

test('a project without packages of developers', () => {
  expect(said(image('FROM node:22', 'COPY . .', 'RUN npm ci').replace(', "devDependencies": { "typescript": "^5.0.0" }', ''))).toEqual([])
})

test('what compiles at start needs the packages of developers', () => {
  expect(said(image('FROM node:22', 'COPY . .', 'RUN npm ci').replace('"node", "server.js"', '"npx", "tsx", "server.js"'))).toEqual([])
})

test('two faults of one step are one finding', () => {
  expect(said(image('FROM node:22', 'COPY . .', 'RUN npm install'))).toEqual([expect.stringContaining('npm install may')])
})

test('images of something else', () => {
  check(rule, image('FROM node:22', 'COPY . .', 'RUN npm install').replace('/Dockerfile', '/Dockerfile.dev'))
  check(rule, image('FROM node:22', 'COPY . .', 'RUN npm install').replace('node", "server.js', 'npx", "http-server'))
})

test('another command, and nothing else', () => {
  checkFix(
    rule,
    image('FROM node:22', 'COPY package*.json ./', 'RUN apt-get update && \\', '    npm install --omit=dev && \\', '    rm -rf /tmp/*'),
    `
    //- /Dockerfile
    FROM node:22
    COPY package*.json ./
    RUN apt-get update && \\
        npm ci --omit=dev && \\
        rm -rf /tmp/*
    CMD ["node", "server.js"]
  `,
  )
  checkFix(
    rule,
    image('FROM node:22', 'COPY . .', 'RUN npm install -g pnpm && pnpm install --prod'),
    `
    //- /Dockerfile
    FROM node:22
    COPY . .
    RUN npm install -g pnpm && pnpm install --frozen-lockfile --prod
    CMD ["node", "server.js"]
  `,
  )
  checkNoFix(rule, image('FROM node:22', 'COPY . .', 'RUN npm install --omit=dev', 'RUN cd web && yarn install --frozen-lockfile'))
  checkNoFix(rule, image('FROM node:22', 'COPY package*.json ./', 'RUN npm install --omit=dev && cd web && npm install --omit=dev'))
})

test('a command in brackets, and packages of developers that are asked for', () => {
  expect(said(image('FROM node:22', 'COPY package*.json ./', 'RUN ["npm", "install", "--omit=dev"]'))).toEqual([
    expect.stringContaining('npm install may install other versions'),
  ])
  expect(said(image('FROM node:22', 'COPY package*.json ./', 'RUN ["npm", "ci", "--omit=dev"]'))).toEqual([])
  const production = ['FROM node:22', 'ENV NODE_ENV=production', 'COPY package*.json ./']
  expect(said(image(...production, 'RUN npm ci --include=dev'))).toEqual([expect.stringContaining('holds the packages of developers')])
  expect(said(image(...production, 'RUN npm ci'))).toEqual([])
  expect(said(image(...production, 'RUN npm ci --include=dev', 'RUN npm prune --omit=dev'))).toEqual([])
})

// Tests of require-multi-stage-build.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

const server = `
    //- /package.json
    { "dependencies": { "express": "5" } }
    //- /src/server.ts
    import express from 'express'
    const app = express()
    app.listen(3000)
`
const image = (...lines: readonly string[]): string =>
  `${server}    //- /Dockerfile\n${lines.map((line) => `    ${line}`).join('\n')}\n    CMD ["node", "dist/server.js"]`

test('built where it runs', () => {
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22
    COPY . .
    RUN npm ci && npm run build
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high, info] built in the stage that runs => no fix
    RUN npm prune --omit=dev
    CMD ["node", "dist/server.js"]
  `,
  )
  check(
    rule,
    `${server}
    //- /Dockerfile
    FROM node:22-alpine
    RUN apk add python3 make g++
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
    CMD ["node", "dist/server.js"]
  `,
  )
})

test('a stage of its own builds, or nothing does', () => {
  check(rule, image('FROM node:22 AS build', 'RUN npm run build', 'FROM node:22', 'COPY --from=build /app/dist dist'))
  check(rule, image('FROM node:22', 'COPY . .', 'RUN npm ci --omit=dev'))
  check(rule, image('FROM node:22', 'RUN apt-get update && apt-get install -y make-guile curl', 'RUN echo built'))
})

test('images of something else', () => {
  check(rule, image('FROM node:22', 'RUN npm run build').replace('/Dockerfile', '/Dockerfile.dev'))
  check(rule, image('FROM node:22', 'RUN npm run build').replace('"node", "dist/server.js"', '"npx", "http-server"'))
})

// Keys that can be guessed, in code and in files; strong ones and other values beside them.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

test('short, of words, repeated, a row of keys, the name of the project', () => {
  check(
    rule,
    `
    //- /package.json
    { "name": "petshop", "dependencies": { "express": "5.0.0" } }
    //- /app.js
    const jwt = require('jsonwebtoken')
    jwt.sign({}, 'x9Kq2')
                 ^^^^^^^ [high] it has 5 characters
    jwt.sign({}, 'mysupersecretkey12345')
                 ^^^^^^^^^^^^^^^^^^^^^^^ made of words
    jwt.sign({}, 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa')
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repeats
    jwt.sign({}, 'qwertyuiop')
                 ^^^^^^^^^^^^ row of keys
    jwt.sign({}, 'petshop-9-2024-api')
                 ^^^^^^^^^^^^^^^^^^^^ name of the project
    jwt.sign({}, 'qPz8Lk2VxN5tRw9YbD3mHs7JfG1cA6eU')
  `,
  )
})

test('a fallback too, across files', () => {
  check(
    rule,
    `
    //- /config.js
    exports.secret = process.env.SESSION_SECRET || 'keyboard cat'
                                                   ^^^^^^^^^^^^^^ made of words
    //- /app.js
    const session = require('express-session')
    const { secret } = require('./config')
    session({ secret })
              ~~~~~~ [evidence] used here
  `.replace(/\n\s*~.*$/m, ''),
  )
})

test('.env files that production uses', () => {
  check(
    rule,
    `
    //- /.env.production
    JWT_SECRET=supersecret
    ^^^^^^^^^^^^^^^^^^^^^^ [high] JWT_SECRET can be guessed
    COOKIE_SECRET=secret
    ^^^^^^^^^^^^^^^^^^^^ [medium] COOKIE_SECRET
    JWT_EXPIRES_IN=15m
    DB_PASSWORD=postgres
    //- /.env.development
    JWT_SECRET=dev
    //- /.env.example
    JWT_SECRET=secret
    //- /app.js
    const jwt = require('jsonwebtoken')
    jwt.sign({}, process.env.JWT_SECRET)
  `,
  )
})

test('strong ones, and what is no key', () => {
  check(
    rule,
    `
    //- /.env
    JWT_SECRET=8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d8f2b1c9d7e6a5f4b
    //- /app.js
    const { createHmac, randomBytes } = require('node:crypto')
    const jwt = require('jsonwebtoken')
    createHmac('sha256', process.env.HMAC_KEY)
    createHmac('sha256', randomBytes(8))
    jwt.sign({ sub: 'x' }, process.env.JWT_SECRET, { issuer: 'secret' })
  `,
  )
})

test('what compose files give to keys', () => {
  const files = (values: string, name: string): string => `
    //- /package.json
    { "name": "peppers" }
    //- /${name}
    services:
      api:
        environment:
${values}
    //- /app.js
    const jwt = require('jsonwebtoken')
    jwt.sign({}, process.env.SIGNING_KEY)
  `
  const weak = `          SIGNING_KEY: peppers4life
          ^^^^^^^^^^^^^^^^^^^^^^^^^ [medium error] SIGNING_KEY can be guessed: it begins with the name of the project.
          TITLE: peppers4life`
  check(rule, files(weak, 'docker-compose.yml'))
  check(rule, files(weak.replace(/\n +\^.*/, ''), 'docker-compose.dev.yml'))
  check(rule, files(`          NODE_ENV: development\n${weak.replace(/\n +\^.*/, '')}`, 'docker-compose.yml'))
  for (const value of ['REPLACE_WITH_LONG_SECRET', '${SIGNING_KEY}', '8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d8f2b1c9d7e6a5f4b'])
    check(rule, files(`          SIGNING_KEY: ${value}`, 'compose.yaml'))
})

test('what the last stage of an image, and platforms, give to keys', () => {
  const code = `
    //- /package.json
    { "name": "peppers" }
    //- /app.js
    const jwt = require('jsonwebtoken')
    jwt.sign({}, process.env.SIGNING_KEY)`
  check(
    rule,
    `${code}
    //- /Dockerfile
    FROM node:22 AS build
    ENV SIGNING_KEY=secret
    RUN npm ci && npm run build
    FROM node:22
    ENV NODE_ENV=production SIGNING_KEY="peppers4life"
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium error] SIGNING_KEY can be guessed: it begins with the name of the project.
    CMD ["node", "app.js"]
    //- /Dockerfile.dev
    FROM node:22
    ENV SIGNING_KEY secret
    //- /render.yaml
    services:
      - type: web
        envVars:
          - key: SIGNING_KEY
            value: supersecret
            ^^^^^^^^^^^^^^^^^^ [medium error] SIGNING_KEY can be guessed
          - key: TITLE
            value: secret
          - key: OTHER
            generateValue: true
    //- /fly.toml
    [env]
    SIGNING_KEY = "qwerty"
    ^^^^^^^^^^^^^^^^^^^^^^ [medium error] SIGNING_KEY can be guessed
  `,
  )
  check(
    rule,
    `${code}
    //- /serverless.yml
    provider:
      environment:
        SIGNING_KEY: \${ssm:/peppers/signing-key}
    //- /Dockerfile
    FROM node:22
    ARG SIGNING_KEY
    ENV SIGNING_KEY=$SIGNING_KEY
    ENV TITLE=secret
    //- /fly.toml
    [env]
    SIGNING_KEY = "#{SIGNING_KEY}#"
    //- /docker-compose.yml
    services:
      api:
        environment:
          SIGNING_KEY: __SIGNING_KEY__
  `,
  )
})

test('a variable that names the file of a key is no key', () => {
  check(
    rule,
    `
    //- /server.js
    import { readFileSync } from 'node:fs'
    import express from 'express'
    import jwt from 'jsonwebtoken'
    import { z } from 'zod'
    const secret = z.string().transform((path) => readFileSync(path, 'utf8').trim())
    const settings = z.object({ TOKENS: secret }).transform((env) => ({ key: env.TOKENS })).parse(process.env)
    const app = express()
    app.get('/', (req, res) => res.json({ token: jwt.sign({ id: 1 }, settings.key), other: jwt.sign({ id: 1 }, read(process.env.KEY_FILE)) }))
    app.listen(3000)
    const read = (path) => path
    //- /compose.yaml
    services:
      api:
        environment:
          TOKENS: /run/secrets/token
          KEY_FILE: /run/secrets/key
  `,
  )
})

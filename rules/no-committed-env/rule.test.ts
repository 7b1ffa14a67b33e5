// Committed .env files: what is live, what is a place to write something, what belongs to developers.
import { expect, test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

test('live values, one finding per file', () => {
  const key = `STRIPE_SECRET_KEY=${'sk_' + 'live_'}4eC39HqLyjWDarjtT1zdp7dc`
  check(
    rule,
    `
    //- /app.js
    require('express')()
    //- /.env
    PORT=3000
    JWT_SECRET=8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] JWT_SECRET
    ${key}
    ${'^'.repeat(key.length)} [high] STRIPE_SECRET_KEY in it
  `,
  )
})

test('a file that .gitignore covers is not read', () => {
  check(
    rule,
    `
    //- /.gitignore
    .env
    //- /.env
    JWT_SECRET=8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d
  `,
  )
})

test('examples, templates and empty values', () => {
  check(
    rule,
    `
    //- /.env.example
    JWT_SECRET=8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d
    //- /config/config.env
    JWT_SECRET=
    SMTP_PASSWORD=
    JWT_EXPIRE=30d
    MONGO_URI=mongodb://localhost:27017/app
    //- /.env.production
    API_URL=https://api.example.com/v1
    JWT_SECRET=your_jwt_secret_here
    STRIPE_KEY=${'sk_' + 'test_'}4eC39HqLyjWDarjtT1zdp7dc
    SESSION_SECRET=\${SESSION_SECRET}
    COOKIE_NAME=access_token
  `,
  )
})

test('what developers share, unless its shape leaves no doubt', () => {
  check(
    rule,
    `
    //- /.env.development
    DB_PASSWORD=postgres123
    JWT_SECRET=8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d
    //- /.env.test
    JWT_SECRET=8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d
    //- /.env.local
    AWS_ACCESS_KEY_ID=AKIAQ4FZ7N2LKJ3HXW5T
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] AWS_ACCESS_KEY_ID
  `,
  )
})

test('addresses of databases', () => {
  const findings = check(
    rule,
    `
    //- /.env.production
    DATABASE_URL=postgres://api:Tr0ub4dor9@db.prod.internal:5432/shop
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] DATABASE_URL
    //- /.env
    DATABASE_URL=postgres://postgres:postgres@localhost:5432/shop
  `,
  )
  expect(JSON.stringify(findings.map((finding) => finding.message))).not.toContain('Tr0ub4dor9')
})

test('values that dotenvx or SOPS encrypted', () => {
  check(
    rule,
    `
    //- /.env
    DOTENV_PUBLIC_KEY="03f8b376234c4f2f0445f392a12e80f3a84b4b0d1e0c3df85c494e45812653c22a"
    JWT_SECRET="encrypted:BNr24F4vW9CQ37LOXeRgOL6QlwtJfAoAVXtSdSfpicPDHtqo/Q2HekeCjAWrhxHy+VHAB3QTg4fk9VdIoncLIlu1NssF"
    //- /.env.production
    SESSION_SECRET=ENC[AES256_GCM,data:p673w7Bz7B5sZcPWkQ==,iv:Yq0,tag:9Zz,type:str]
  `,
  )
})

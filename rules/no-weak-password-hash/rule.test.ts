// Fast digests of passwords, cheap settings, plain comparison; and digests that are about something else.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

test('fast digests', () => {
  check(
    rule,
    `
    import express from 'express'
    import crypto, { createHash } from 'node:crypto'
    import md5 from 'md5'
    import CryptoJS from 'crypto-js'
    const app = express()
    app.use(express.json())
    app.post('/register', async (req, res) => {
      const { password } = req.body
      const a = createHash('sha256').update(password).digest('hex')
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] SHA256
      const b = crypto.createHash('md5').update(req.body.password + salt).digest('hex')
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ MD5
      const c = md5(password.trim())
                ^^^^^^^^^^^^^^^^^^^^ MD5
      const d = CryptoJS.SHA512(password).toString()
                ^^^^^^^^^^^^^^^^^^^^^^^^^ SHA512
      const e = crypto.createHmac('sha1', salt).update(Buffer.from(password)).digest('base64')
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SHA1
      res.json({ a, b, c, d, e })
    })
  `,
  )
})

test('in a function of another file, by the name of its parameter', () => {
  check(
    rule,
    `
    //- /hash.ts
    import { createHash } from 'node:crypto'
    export function hashPassword(password: string, salt: string) {
      return createHash('sha1').update(salt).update(password).digest('hex')
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SHA1
    }
    //- /user.ts
    import mongoose from 'mongoose'
    import { createHmac } from 'node:crypto'
    export const schema = new mongoose.Schema({ hash: String })
    schema.methods.authenticate = function (password: string) {
      return createHmac('sha256', this.salt).update(password).digest('hex') === this.hash
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SHA256
    }
  `,
  )
})

test('by a function of the project whose parameter says nothing', () => {
  check(
    rule,
    `
    import express from 'express'
    import { createHash } from 'node:crypto'
    import mongoose from 'mongoose'
    const User = mongoose.model('User', new mongoose.Schema({ name: String, digest: String }))
    function sha256(text: string) {
      return createHash('sha256').update(text).digest('hex')
    }
    async function login(name: string, password: string) {
      const user = await User.findOne({ name })
      return user !== null && user.digest === sha256(password)
                                              ^^^^^^^^^^^^^^^^ [medium] A password is hashed with SHA256
    }
    const etag = (text: string) => createHash('sha1').update(text).digest('base64')
    const app = express()
    app.use(express.json())
    app.post('/login', async (req, res) => {
      res.set('etag', etag(req.body.name)).json(await login(String(req.body.name), String(req.body.password)))
    })
    app.post('/tokens', (req, res) => res.json(sha256(req.body.token)))
    app.listen(3000)
  `,
  )
})

test('a digest on its way to a slow hash, by a function of the project', () => {
  check(
    rule,
    `
    import bcrypt from 'bcrypt'
    import { createHash } from 'node:crypto'
    const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')
    export const hash = (password: string) => bcrypt.hash(sha256(password), 12)
  `,
  )
})

test('PINs are passwords of few digits', () => {
  check(
    rule,
    `
    import { createHash, pbkdf2Sync } from 'node:crypto'
    export const pinHash = (pin: string) => createHash('sha512').update(pin + 'salt').digest('base64')
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A password is hashed with SHA512
    export const kiosk = (pin: string, salt: Buffer) => pbkdf2Sync(pin, salt, 1000, 32, 'sha1')
                                                                              ^^^^ 1000 PBKDF2 iterations
    export const pinboard = (pins: string, pinned: string) => createHash('md5').update(pins + pinned).digest('hex')
  `,
  )
})

test('cheap settings', () => {
  check(
    rule,
    `
    import bcrypt from 'bcryptjs'
    import argon2 from 'argon2'
    import { pbkdf2Sync, scryptSync } from 'node:crypto'
    const ROUNDS = 8
    export async function hash(password: string) {
      await bcrypt.hash(password, ROUNDS)
                                  ^^^^^^ [high] 8 bcrypt rounds
      await bcrypt.genSalt(5)
                           ^ 5 bcrypt rounds
      bcrypt.hashSync(password, Number(process.env.ROUNDS) || 4)
                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] 4 bcrypt rounds
      pbkdf2Sync(password, 'salt', 1000, 64, 'sha512')
                                   ^^^^ 1000 PBKDF2 iterations
      scryptSync(password, 'salt', 64, { N: 1024 })
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ scrypt cost of 1024
      await argon2.hash(password, { memoryCost: 1024 })
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 1024 KiB
    }
  `,
  )
})

test('plain comparison and lookup', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { User } = require('./models')
    const app = express()
    app.use(express.json())
    app.post('/login', async (req, res) => {
      const { email, password } = req.body
      const user = await User.findOne({ email })
      if (user.password !== password) return res.status(401).end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] compared as it was typed
      res.json({ ok: true })
    })
    app.post('/signin', async (req, res) => {
      const user = await User.findOne({ where: { email: req.body.email, password: req.body.password } })
                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] kept as it was typed
      res.json(user)
    })
    //- /models.js
    const { Sequelize, DataTypes } = require('sequelize')
    exports.User = new Sequelize('sqlite::memory:').define('User', { email: DataTypes.STRING })
  `,
  )
})

test('what a schema gave back is what was typed', () => {
  const login = (taken: string, compared: string, mark = ''): string => `
    //- /app.js
    import express from 'express'
    import Joi from 'joi'
    import * as v from 'valibot'
    import { z } from 'zod'
    import { User } from './models.js'
    const fields = z.object({ email: z.string(), password: z.string(), confirmation: z.string() })
    const joi = Joi.object({ email: Joi.string(), password: Joi.string() })
    const app = express()
    app.use(express.json())
    app.post('/login', async (req, res) => {
      ${taken}
      const user = await User.findOne({ email: String(req.body.email) })
      if (${compared}) return res.status(401).end()
      ${mark}
      res.json({ ok: true })
    })
    //- /models.js
    import mongoose from 'mongoose'
    export const User = mongoose.model('User', new mongoose.Schema({ email: String, password: String }))
  `
  for (const taken of [
    'const given = fields.parse(req.body)',
    'const given = await fields.parseAsync(req.body)',
    'const parsed = fields.safeParse(req.body); const given = parsed.data',
    'const { data: given, error } = fields.safeParse(req.body); if (error) return res.status(400).end()',
    'const { value: given } = joi.validate(req.body)',
    'const given = await joi.validateAsync(req.body)',
    'const given = v.parse(v.object({ password: v.string() }), req.body)',
  ])
    check(rule, login(taken, 'user.password !== given.password', '//  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] compared as it was typed'))
  // Both came with the request, or nothing of it did.
  check(rule, login('const given = fields.parse(req.body)', 'given.password !== given.confirmation'))
  check(rule, login('const given = fields.parse(req.body)', 'given.password !== req.body.confirmPassword'))
  check(rule, login('const given = fields.parse(await User.findOne({ admin: true }))', 'user.password !== given.password'))
})

const prisma = (lines: string, more = ''): string => `
    //- /app.js
    const express = require('express')
    const bcrypt = require('bcryptjs')
    const { PrismaClient } = require('@prisma/client')
    const prisma = new PrismaClient()
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      ${lines}
      res.end()
    })
    app.listen(3000)
    ${more}
  `

test('a password that is stored as it was typed', () => {
  check(
    rule,
    prisma(`await prisma.user.create({ data: { email: req.body.email, password: req.body.password } })
      //                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium error] A password is stored as it was typed.`),
  )
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const { Pool } = require('pg')
    const pool = new Pool()
    const app = express()
    app.use(express.json())
    app.post('/reset', async (req, res) => {
      await pool.query('update users set hash = $1 where email = $2', [req.body.password, req.body.email])
      //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] stored as it was typed
      await pool.query('insert into users (email, password) values ($1, $2)', [req.body.email, req.body.password])
      //    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high]
      await pool.query("update users set password = crypt($1, gen_salt('bf'))", [req.body.password])
      await pool.query('update users set hash = $1', [await bcrypt.hash(req.body.password, 12)])
      await pool.query('select * from users where email = $1', [req.body.email])
      res.end()
    })
    app.listen(3000)
    `,
  )
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    const app = Fastify()
    app.post('/password', async (req) => {
      const { password } = req.body
      await app.db.collection('users').updateOne({ _id: req.user.id }, { $set: { password } })
      //                                                                         ^^^^^^^^ [medium] stored as it was typed
      return {}
    })
    await app.listen({ port: 3000 })
    //- /package.json
    { "type": "module" }
    `,
  )
  check(
    rule,
    `
    //- /main.ts
    import { Body, Controller, Module, Post } from '@nestjs/common'
    import { NestFactory } from '@nestjs/core'
    import { InjectRepository } from '@nestjs/typeorm'
    import { Repository } from 'typeorm'
    class User {}
    @Controller('users')
    class UsersController {
      constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
      @Post()
      add(@Body() dto: { email: string; password: string }) {
        return this.users.save({ email: dto.email, password: dto.password })
        //                                         ^^^^^^^^^^^^^^^^^^^^^^ [medium] stored as it was typed
      }
    }
    @Module({ controllers: [UsersController] })
    class AppModule {}
    const app = await NestFactory.create(AppModule)
    await app.listen(3000)
    `,
  )
})

test('what leads to another server stands beside a password that is handed on, and nothing else that is called so', () => {
  for (const beside of ['avatarUrl: req.body.avatar', 'passport: null', 'supportTier: 1', 'url: req.body.url, role: 1', 'port: 993'])
    check(
      rule,
      prisma(
        /^(url|port):/.test(beside)
          ? `await prisma.user.create({ data: { password: req.body.password, ${beside} } })`
          : `await prisma.user.create({ data: {
        password: req.body.password,
    //  ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] stored as it was typed
        ${beside} } })`,
      ),
    )
})

const accounts = (handler: string, service: string): string => `
    //- /app.js
    import express from 'express'
    import bcrypt from 'bcryptjs'
    import * as accounts from './accounts.js'
    const app = express()
    app.use(express.json())
    app.post('/password', async (req, res) => {
      ${handler}
      res.end()
    })
    app.listen(3000)
    //- /accounts.js
    import pg from 'pg'
    import mongoose from 'mongoose'
    import { PrismaClient } from '@prisma/client'
    const prisma = new PrismaClient()
    const pool = new pg.Pool()
    const User = mongoose.model('User', new mongoose.Schema({ password: String }))
    const query = (text, values) => pool.query(text, values)
    const save = (id, password) => prisma.user.update({ where: { id }, data: { password } })
    ${service}
  `

test('what a service is given as it was typed, and stores', () => {
  for (const handler of [
    'await accounts.change(req.user.id, req.body.password)',
    'const { password } = req.body; await accounts.change(req.user.id, password)',
  ]) {
    check(
      rule,
      accounts(
        handler,
        `export async function change(id, password) {
      const user = await User.findById(id)
      user.password = password
    //^^^^^^^^^^^^^ [medium] stored as it was typed
      return user.save()
    }`,
      ),
    )
    check(
      rule,
      accounts(
        handler,
        `export function change(id, password) {
      return query('update users set password = $2 where id = $1', [id, password])
      //     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] stored as it was typed
    }`,
      ),
    )
    check(
      rule,
      accounts(handler, 'export const change = async (id, password) => { if (id) await save(id, password) }').replace(
        'data: { password } })\n',
        'data: { password } })\n    //                                                                         ^^^^^^^^ [medium] stored as it was typed\n',
      ),
    )
  }
})

test('what handlers or services hash before it is stored', () => {
  const store = 'export const change = async (id, password) => { if (id) await save(id, password) }'
  for (const [handler, service] of [
    ['await accounts.change(req.user.id, await bcrypt.hash(req.body.password, 12))', store],
    ['const password = await bcrypt.hash(req.body.password, 12); await accounts.change(req.user.id, password)', store],
    [
      'await accounts.change(req.user.id, req.body.password)',
      'export const change = async (id, password) => { if (id) await save(id, await hash(password)) }\n    const hash = (password) => import("bcryptjs").then(({ hash }) => hash(password, 12))',
    ],
    [
      'await accounts.change(req.body.password)',
      'export const change = async (name) => { await save(1, await digest(name)) }\n    const digest = async (text) => text',
    ],
    [
      'await accounts.change(req.user.id, req.body.name)',
      'export const change = (id, name) => query("update users set password = null, name = $2 where id = $1", [id, name])',
    ],
    [
      'await accounts.change(req.user.id, req.body.password)',
      'export const change = async (id, password) => { const room = await Room.findById(id); room.password = password }\n    const Room = mongoose.model("Room", new mongoose.Schema({}))',
    ],
  ] as const)
    check(rule, accounts(handler, service))
})

test('a schema may hash the password that it gives back', () => {
  const server = (more: string, mark: string): string =>
    prisma(
      `const given = z.object({ email: z.string(), password: z.string()${more} }).parse(req.body)
      await prisma.user.create({ data: { email: given.email, password: given.password } })
      ${mark}`,
    ).replace('const app =', "const { z } = require('zod')\n    const app =")
  check(
    rule,
    server('.min(12)', '//                                                     ^^^^^^^^^^^^^^^^^^^^^^^^ [medium] stored as it was typed'),
  )
  check(rule, server('.transform((text) => bcrypt.hashSync(text, 12))', ''))
  check(rule, server(".transform(require('@acme/passwords').hash)", ''))
  check(
    rule,
    server(
      '.transform(String)',
      '//                                                     ^^^^^^^^^^^^^^^^^^^^^^^^ [medium] stored as it was typed',
    ),
  )
})

test('a schema may hash the password before it becomes the body', () => {
  const server = (rule: string, mark: string): string => `
    //- /app.js
    const { MongoClient } = require('mongodb')
    const { validate } = require('./validate')
    const { Signup } = require('./schemas')
    const app = require('express')()
    const db = new MongoClient(process.env.MONGO_URL).db('shop')
    app.post('/users', validate(Signup), async (req, res) => {
      await db.collection('users').insertOne({ password: req.body.password })
      ${mark}
      res.end()
    })
    app.listen(3000)
    //- /validate.js
    exports.validate = (schema) => (req, res, next) => {
      const result = schema.safeParse(req.body)
      if (!result.success) return res.status(400).end()
      req.body = result.data
      next()
    }
    //- /schemas.js
    const bcrypt = require('bcryptjs')
    const { z } = require('zod')
    exports.Signup = z.object({ password: z.string()${rule} })
  `
  check(rule, server('.transform((text) => bcrypt.hashSync(text, 12))', ''))
  check(rule, server('.min(12)', '//                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] stored as it was typed'))
})

test('what hashes a password on its way to the store', () => {
  const write = 'await prisma.user.create({ data: { email: req.body.email, password: req.body.password } })'
  for (const source of [
    prisma('await prisma.user.create({ data: { password: await bcrypt.hash(req.body.password, 12) } })'),
    prisma(`req.body.password = await bcrypt.hash(req.body.password, 12)\n      ${write}`),
    prisma(
      write,
      `//- /hash.js
    const bcrypt = require('bcryptjs')
    exports.hash = async (req, res, next) => { req.body.password = await bcrypt.hash(req.body.password, 12); next() }`,
    ),
    prisma(write).replace('new PrismaClient()', 'new PrismaClient().$extends({ query: { user: { create: hashing } } })'),
    prisma(
      `const user = { password: req.body.password }\n      user.password = await bcrypt.hash(user.password, 12)\n      await prisma.user.create({ data: user })`,
    ),
    prisma('await prisma.email.create({ data: { user: req.body.user, password: req.body.password } })'),
    prisma('await prisma.user.update({ data: { smtpHost: req.body.host, password: req.body.password } })'),
    prisma('await supabase.auth.signUp({ email: req.body.email, password: req.body.password })'),
    prisma('await admin.users.create({ email: req.body.email, password: req.body.password })'),
  ])
    check(rule, source)
  const mongoose = (hook: string): string => `
    //- /app.js
    const express = require('express')
    const { User } = require('./user')
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      const user = await User.create({ email: req.body.email, password: req.body.password })
      ${hook === '' ? '//                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] stored as it was typed' : ''}
      res.json(user)
    })
    app.listen(3000)
    //- /user.js
    const mongoose = require('mongoose')
    const schema = new mongoose.Schema({ email: String, password: ${hook.startsWith('{') ? hook : 'String'} })
    ${hook.startsWith('{') ? '' : hook}
    exports.User = mongoose.model('User', schema)
  `
  for (const hook of [
    '',
    `schema.pre('save', async function () { this.password = await require('bcryptjs').hash(this.password, 12) })`,
    `schema.plugin(require('mongoose-bcrypt'))`,
    `{ type: String, set: (password) => require('bcryptjs').hashSync(password, 12) }`,
  ])
    check(rule, mongoose(hook))
})

test('slow hashes, and digests on their way', () => {
  check(
    rule,
    `
    import bcrypt from 'bcrypt'
    import argon2 from 'argon2'
    import { createHash, scryptSync, pbkdf2Sync, randomBytes } from 'node:crypto'
    export async function keep(password: string, user: any) {
      await bcrypt.hash(createHash('sha512').update(password).digest('base64'), 12)
      await bcrypt.hash(password, await bcrypt.genSalt())
      await bcrypt.hash(password, 10)
      await argon2.hash(password)
      scryptSync(password, randomBytes(16), 64)
      pbkdf2Sync(password, 'salt', 600_000, 64, 'sha256')
      return bcrypt.compare(password, user.password)
    }
  `,
  )
})

test('digests of something else', () => {
  check(
    rule,
    `
    import { createHash } from 'node:crypto'
    export const etag = (body: string) => createHash('md5').update(body).digest('hex')
    export const key = (resetPasswordToken: string) => createHash('sha256').update(resetPasswordToken).digest('hex')
    export const gravatar = (email: string) => createHash('md5').update(email).digest('hex')
    export const wasChanged = (passwordChangedAt: string) => createHash('sha1').update(passwordChangedAt).digest('hex')
  `,
  )
})

test("HTTP's digest authentication", () => {
  check(
    rule,
    `
    import { createHash } from 'node:crypto'
    const md5 = (text: string) => createHash('md5').update(text).digest('hex')
    export function answer({ username, realm, password, nonce, method, uri }) {
      return md5(md5(\`\${username}:\${realm}:\${password}\`) + ':' + nonce + ':' + md5(method + ':' + uri))
    }
  `,
  )
})

test('asking a public list of stolen passwords', () => {
  check(
    rule,
    `
    import { createHash } from 'node:crypto'
    export async function isStolen(password: string) {
      const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
      const answer = await fetch('https://api.pwnedpasswords.com/range/' + digest.slice(0, 5))
      return (await answer.text()).includes(digest.slice(5))
    }
  `,
  )
})

test('what a public list is asked with, by another file, is no hash that is kept; a longer piece is', () => {
  check(
    rule,
    `
    import { createHash } from 'node:crypto'
    export const rangeOf = (password: string) => createHash('sha1').update(password).digest('hex').slice(0, 5)
    export function split(password: string) {
      const digest = createHash('sha1').update(password).digest('hex').toUpperCase()
      return { range: digest.substring(0, 5), rest: digest.substring(5) }
    }
    export const kept = (password: string) => createHash('sha1').update(password).digest('hex').slice(0, 16)
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A password is hashed with SHA1
  `,
  )
})

test('confirmation of a new password, and environment checks', () => {
  check(
    rule,
    `
    import express from 'express'
    const app = express()
    app.use(express.json())
    app.post('/reset', (req, res) => {
      if (req.body.password !== req.body.confirmPassword) return res.status(400).end()
      if (req.body.password === req.body.oldPassword) return res.status(400).end()
      if (req.body.password === '') return res.status(400).end()
      res.end()
    })
  `,
  )
})

test('in tests and outside production', () => {
  check(
    rule,
    `
    //- /app.test.js
    const bcrypt = require('bcryptjs')
    bcrypt.hashSync('x', 1)
    //- /app.js
    const bcrypt = require('bcryptjs')
    const rounds = process.env.NODE_ENV === 'production' ? 12 : 4
    exports.hash = (password) => bcrypt.hash(password, rounds)
  `,
  )
})

test('the cost is raised where it is written', () => {
  checkFix(
    rule,
    `
    //- /hash.ts
    import bcrypt from 'bcryptjs'
    export const hash = (password: string) => bcrypt.hash(password, 5)
    `,
    `
    //- /hash.ts
    import bcrypt from 'bcryptjs'
    export const hash = (password: string) => bcrypt.hash(password, 12)
    `,
  )
})

test('a cost that stored hashes do not name stays as it is: no old password would match', () => {
  checkNoFix(
    rule,
    `
    //- /hash.ts
    import { pbkdf2Sync } from 'node:crypto'
    export const hash = (password: string, salt: string) => pbkdf2Sync(password, salt, 1000, 64, 'sha512')
    `,
  )
})

test('whether a password changed is asked before it is hashed', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const bcrypt = require('bcrypt')
    const { User } = require('./models')
    const app = express()
    app.use(express.json())
    app.put('/profile', async (req, res) => {
      const user = await User.findOne({ where: { id: req.user.id } })
      if (req.body.password && req.body.password !== user.password) user.password = await bcrypt.hash(req.body.password, 12)
      await user.save()
      res.json({ ok: true })
    })
    app.put('/settings', async (req, res) => {
      const user = await User.findOne({ where: { id: req.user.id } })
      if (req.body.password === user.password) return res.json({ ok: true })
      await user.update({ password: await bcrypt.hash(req.body.password, 12) })
      res.json({ ok: true })
    })
    app.post('/login', async (req, res) => {
      const user = await User.findOne({ where: { email: req.body.email } })
      if (user.password !== req.body.password) return res.status(401).end()
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] compared as it was typed
      res.json({ ok: true })
    })
    //- /models.js
    const { Sequelize, DataTypes } = require('sequelize')
    exports.User = new Sequelize('sqlite::memory:').define('User', { email: DataTypes.STRING })
  `,
  )
})

test('two digests that are compared with each other are kept nowhere', () => {
  check(
    rule,
    `
    //- /gate.ts
    import { createHash, timingSafeEqual } from 'node:crypto'
    import { users } from './users.js'
    const fingerprint = (text: string) => createHash('sha256').update(text).digest()
    export const gate = (password: string) => {
      const wanted = fingerprint(\`docs:\${password}\`)
      return (given: string) => timingSafeEqual(fingerprint(given), wanted)
    }
    export const isOperator = (password: string) =>
      timingSafeEqual(createHash('sha256').update(password).digest(), createHash('sha256').update(process.env.OPERATOR_PASSWORD).digest())
    export async function isUser(name: string, password: string) {
      const user = await users.findOne({ name })
      return timingSafeEqual(createHash('sha256').update(password).digest(), Buffer.from(user.digest, 'hex'))
      //                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [high] A password is hashed with SHA256
    }
    //- /users.ts
    import { Collection } from 'mongodb'
    export declare const users: Collection
  `,
  )
})

test('the fix raises a constant where it stands', () => {
  const file = (rounds: string): string => `
    //- /hash.ts
    import bcrypt from 'bcryptjs'
    const ROUNDS = ${rounds}
    export const hash = (password: string) => bcrypt.hash(password, ROUNDS)
  `
  checkFix(rule, file('6'), file('12'))
})

test('passwords in commands, which hold what the handler of the request gave them', () => {
  const nest = (kept: string): string => `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/cqrs": "^11.0.0", "@nestjs/typeorm": "^11.0.0", "typeorm": "^0.3.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      await app.listen(3000)
    }
    bootstrap()
    //- /register.ts
    import { CommandHandler } from '@nestjs/cqrs'
    import { InjectRepository } from '@nestjs/typeorm'
    import * as bcrypt from 'bcryptjs'
    import { Repository } from 'typeorm'
    export class Register {
      constructor(readonly email: string, readonly password: string) {}
    }
    @CommandHandler(Register)
    export class RegisterHandler {
      constructor(@InjectRepository(User) private readonly users: Repository<User>) {}
      async execute(command: Register) {
        if (await this.users.existsBy({ email: command.email })) return null
        const digest = await bcrypt.hash(command.password, 12)
        const user = this.users.create({ email: command.email, ${kept} })
        await this.users.save(user)
        return digest
      }
    }
    //- /app.module.ts
    import { Body, Controller, Module, Post } from '@nestjs/common'
    import { CommandBus, CqrsModule } from '@nestjs/cqrs'
    import { Register, RegisterHandler } from './register'
    @Controller('users')
    class Users {
      constructor(private readonly commands: CommandBus) {}
      @Post() register(@Body() dto: RegisterDto) { return this.commands.execute(new Register(dto.email, dto.password)) }
    }
    @Module({ imports: [CqrsModule], controllers: [Users], providers: [RegisterHandler] })
    export class AppModule {}
  `
  check(rule, nest('password: digest'))
  check(
    rule,
    nest(`password: command.password
        //                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A password is stored as it was typed
        `),
  )
})

test('one finding for a function and for a number that several hash with', () => {
  check(
    rule,
    `
    //- /hash.js
    const { createHash } = require('node:crypto')
    exports.hashPassword = (plain) => createHash('sha256').update(plain).digest('hex')
    //                                ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] the digest is made here
    //- /app.js
    const express = require('express')
    const bcrypt = require('bcrypt')
    const { hashPassword } = require('./hash')
    const ROUNDS = 8
    const app = express()
    app.use(express.json())
    app.post('/login', async (req, res) => {
      const user = await db.users.findOne({ email: req.body.email })
      if (user.passwordHash !== hashPassword(req.body.password)) return res.sendStatus(401)
      //                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] A password is hashed with SHA256
      res.json({})
    })
    app.post('/register', async (req, res) => {
      await db.users.insertOne({ email: req.body.email, passwordHash: hashPassword(req.body.password) })
      //                                                              ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] hashed in the same way
      await db.keys.insertOne({ hash: await bcrypt.hash(req.body.password, ROUNDS) })
      //                                                                   ^^^^^^ [high] 8 bcrypt rounds are too few
      res.json({})
    })
    app.post('/reset', async (req, res) => {
      await db.keys.insertOne({ hash: await bcrypt.hash(req.body.password, ROUNDS) })
      //                                                                   ~~~~~~ [affected] hashed in the same way
      await db.keys.insertOne({ hash: await bcrypt.hash(req.body.password, 6) })
      //                                                                   ^ [high] 6 bcrypt rounds are too few
      res.json({})
    })
    app.listen(3000)
  `,
  )
})

test('fix: a cost that configuration keeps is raised there', () => {
  const files = (rounds: number): string => `
    //- /app.js
    import express from 'express'
    import bcrypt from 'bcryptjs'
    import { config } from './config.js'
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      const hash = await bcrypt.hash(req.body.password, config.saltRounds)
      res.json(await users.insert({ name: req.body.name, hash }))
    })
    app.listen(3000)
    //- /config.js
    export const config = { port: 3000, saltRounds: ${rounds} }
  `
  checkFix(rule, files(4), files(12))
})

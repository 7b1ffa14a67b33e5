// What require-input-validation reports, and what it leaves alone.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import { checkFix, checkNoFix } from '../../testing/checkFix.js'
import rule from './rule.js'

const user = `//- /user.js
    import mongoose from 'mongoose'
    export const User = mongoose.model('User', new mongoose.Schema({ name: String, email: String }))`

test('bodies that are stored, once for the routes of a file', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      const { name, email } = req.body
      //                      ^^^^^^^^ [medium] \`POST /users\` stores what its body brings, and nothing checks it, as in 2 more routes of this file. => no fix
      res.json(await User.create({ name, email }))
    })
    app.put('/users/:id', async (req, res) => {
      const user = await User.findByIdAndUpdate(req.params.id, { name: req.body.name })
      //                                                               ~~~~~~~~ [affected] PUT /users/:id stores its body
      res.json(user)
    })
    app.post('/forgot', async (req, res) => {
      await User.findOne({ email: req.body.email })
      //                          ~~~~~~~~ [affected] POST /forgot searches by it
      res.end()
    })
    app.listen(3000)
    ${user}
  `,
  )
})

test('which row is meant is no part of what is stored', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { PrismaClient } from '@prisma/client'
    import { User } from './user.js'
    const prisma = new PrismaClient()
    const app = express()
    app.use(express.json())
    app.post('/seen', async (req, res) => {
      await User.updateOne({ email: req.body.email }, { $set: { seen: true } })
      //                            ^^^^^^^^ [low] \`POST /seen\` searches by what its body brings, and nothing checks it, as in one more route of this file.
      res.end()
    })
    app.post('/read', async (req, res) => {
      await prisma.user.update({ where: { email: req.body.email }, data: { read: true } })
      //                                         ~~~~~~~~ [affected] POST /read searches by it
      res.end()
    })
    app.post('/match', async (req, res) => {
      const match = /^[\\w.]+@[\\w.]+$/.exec(req.body.email)
      if (!match) return res.status(400).end()
      res.json(await User.findOne({ email: match[0] }))
    })
    app.listen(3000)
    ${user}
  `,
  )
})

test('only a search: low', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    app.post('/search', async (req, res) => {
      res.json(await User.find({ name: req.body.name }))
      //                               ^^^^^^^^ [low] \`POST /search\` searches by what its body brings
    })
    app.listen(3000)
    ${user}
  `,
  )
})

test('through wrappers and services', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { wrap } from './wrap.js'
    import { createUser } from './controller.js'
    const app = express()
    app.use(express.json())
    app.post('/users', wrap(createUser))
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [evidence] the route
    app.listen(3000)
    //- /wrap.js
    export const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next)
    //- /controller.js
    import { create } from './service.js'
    export const createUser = async (req, res) => {
      const user = await create(req.body)
      res.json(user)
    }
    //- /service.js
    import { User } from './user.js'
    export async function create(data) {
    //                           ^^^^ [medium] stores what its body brings
      return User.create({ name: data.name })
    }
    ${user}
  `,
  )
})

test('prisma, and SQL', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import pg from 'pg'
    import { PrismaClient } from '@prisma/client'
    const prisma = new PrismaClient()
    const pool = new pg.Pool()
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      await prisma.user.create({ data: { name: req.body.name } })
      //                                       ^^^^^^^^ [medium] stores what its body brings
      res.end()
    })
    app.post('/notes', async (req, res) => {
      await pool.query('INSERT INTO notes (text) VALUES ($1)', [req.body.text])
      //                                                        ~~~~~~~~ [affected] POST /notes stores its body
      res.end()
    })
    app.listen(3000)
  `,
  )
})

const quiet = (code: string, head = ''): string => `
    //- /app.js
    import express from 'express'
    import { z } from 'zod'
    import Joi from 'joi'
    import Ajv from 'ajv'
    import * as yup from 'yup'
    import { celebrate } from 'celebrate'
    import { body, validationResult } from 'express-validator'
    import { User } from './user.js'
    import { assertName, users } from './users.js'
    ${head}
    const schema = z.object({ name: z.string() })
    const app = express()
    app.use(express.json())
    ${code}
    app.listen(3000)
    //- /users.js
    import { User } from './user.js'
    export function assertName(name) {
      if (typeof name !== 'string') throw new Error('no name')
    }
    class Users {
      #validate(name) {
        if (!name) throw new Error('no name')
      }
      async create(data) {
        this.#validate(data.name)
        return User.create({ name: data.name })
      }
    }
    export const users = new Users()
    ${user}
  `
const CREATE = 'async (req, res) => res.json(await User.create({ name: req.body.name }))'

test('middleware of every kind in front', () => {
  for (const middleware of [
    'celebrate({ body: Joi.object({}) })',
    "body('name').isString()",
    "[body('name').isString(), (req, res, next) => { if (!validationResult(req).isEmpty()) return res.status(400).end(); next() }]",
    '(req, res, next) => { schema.parse(req.body); next() }',
    '(req, res, next) => { const { error } = Joi.object({}).validate(req.body); if (error) return next(error); next() }',
    'async (req, res, next) => { await yup.object({}).validate(req.body); next() }',
    "(req, res, next) => { if (!new Ajv().compile({ type: 'object' })(req.body)) return res.status(422).end(); next() }",
    '(req, res, next) => { req.body = { name: String(req.body.name) }; next() }',
  ])
    check(rule, quiet(`app.post('/users', ${middleware}, ${CREATE})`))
  check(rule, quiet(`app.use((req, res, next) => { schema.parse(req.body); next() })\n    app.post('/users', ${CREATE})`))
})

test('checks in the handler, in services, by hand', () => {
  for (const code of [
    'const data = schema.parse(req.body); await User.create({ name: data.name })',
    'if (!req.body.name) return res.status(400).end(); await User.create({ name: req.body.name })',
    "if (typeof req.body.name === 'string') await User.create({ name: req.body.name })",
    "if (!['a', 'b'].includes(req.body.name)) throw new Error('no'); await User.create({ name: req.body.name })",
    'const { name } = req.body; if (name.length > 100) return next(new Error("long")); await User.create({ name })',
    'assertName(req.body.name); await User.create({ name: req.body.name })',
    "const name = ['a', 'b'].includes(req.body.name) ? req.body.name : 'a'; await User.create({ name })",
    "if (['a', 'b'].includes(req.body.name)) await User.create({ name: req.body.name })",
    "const name = typeof req.body.name === 'string' ? req.body.name : null; await User.create({ name })",
    "let name = 'a'; if (['a', 'b'].includes(req.body.name)) name = req.body.name; await User.create({ name })",
    'await users.create(req.body)',
    "await User.updateOne({ _id: 1 }, { $set: Object.fromEntries(Object.entries(req.body).filter(([key, value]) => ['a', 'b'].includes(key) && typeof value === 'string')) })",
    "const update = {}; for (const key of ['name', 'email']) if (typeof req.body[key] === 'string') update[key] = req.body[key]; await User.updateOne({ _id: 1 }, update)",
    "const wrong = []; if (!req.body.name) wrong.push('name'); if (wrong.length === 0) await User.create({ name: req.body.name })",
    'let { name, email } = req.body; name = name.trim(); email = email ? email.toString() : null; await User.create({ name, email })',
    'const user = new User({ name: req.body.name }); await user.validate(); await User.create({ name: req.body.name })',
    "req.checkBody('name').notEmpty(); await User.create({ name: req.body.name })",
  ])
    check(rule, quiet(`app.post('/users', async (req, res, next) => { ${code}; res.end() })`))
})

test('checks by functions of the project', () => {
  const isText = "const isText = (value) => typeof value === 'string' && value.length < 100"
  for (const code of [
    'const { name } = req.body; if (!isText(name)) return res.status(400).end(); await User.create({ name })',
    'const { name, email } = req.body ?? {}; if (![name, email].every(isText)) return res.status(400).end(); await User.create({ name, email })',
    "const missing = ['name', 'email'].filter((key) => !req.body[key]); if (missing.length > 0) return res.status(400).json({ missing }); await User.create({ name: req.body.name })",
    'await User.create(readUser(req.body))',
  ])
    check(
      rule,
      quiet(`${isText}
    function readUser(body) {
      const errors = []
      for (const key of ['name', 'email']) if (!isText(body[key])) errors.push(key)
      if (errors.length) throw Object.assign(new Error(errors.join()), { status: 400 })
      return { name: body.name, email: body.email }
    }
    app.post('/users', async (req, res) => { ${code}; res.end() })
    app.post('/others', async (req, res) => { isText(req.body.name); res.end() })`),
    )
})

test('what is made into a text, a number, a date or an id on the way', () => {
  for (const code of [
    "await User.findOne({ email: req.body.email + '' })",
    'await User.findOne({ email: `${req.body.email}`.trim().toLowerCase() })',
    'await User.findOne({ email: { $eq: req.body.email } })',
    'await User.create({ age: +req.body.age, size: ~~req.body.size, kind: req.body.kind | 0, stars: Math.min(5, Math.max(1, req.body.stars - 0)) })',
    'await User.create({ day: new Date(req.body.day), team: new mongoose.Types.ObjectId(req.body.team) })',
  ])
    check(rule, quiet(`app.post('/users', async (req, res) => { ${code}; res.end() })`))
})

test('searches behind what takes operators out', () => {
  const search = "app.post('/search', async (req, res) => res.json(await User.find({ name: req.body.name })))"
  check(rule, quiet(`app.use(require('express-mongo-sanitize')())\n    ${search}`))
  check(rule, quiet(`mongoose.set('sanitizeFilter', true)\n    ${search}`, "import mongoose from 'mongoose'"))
})

test('sums of what came, and texts of statements, are no conversions', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { Pool } from 'pg'
    import { User } from './user.js'
    const pool = new Pool()
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      await User.create({ name: req.body.first + req.body.last })
      //                        ^^^^^^^^ [medium] \`POST /users\` stores what its body brings, and nothing checks it, as in one more route
      res.end()
    })
    app.post('/others', async (req, res) => {
      const { body } = req
      //      ~~~~ [affected] POST /others stores its body
      await pool.query(\`insert into users (name) values ('\${body.name}')\`)
      res.end()
    })
    app.listen(3000)
    ${user}
  `,
  )
})

test('one field is checked and others are stored as they come', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { body, param, validationResult } from 'express-validator'
    import { z } from 'zod'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      const { name, email, phone, street, city } = req.body
      //                                           ^^^^^^^^ [medium] \`POST /users\` stores \`phone\`, \`street\` and \`city\` of its body, and nothing checks that, as in 4 more routes of this file.
      if (typeof name !== 'string' || !email) return res.status(400).end()
      res.json(await User.create({ name, email, phone, street, city }))
    })
    app.put('/users/:id', async (req, res) => {
      if (!/^[0-9a-f]{24}$/.test(req.params.id)) return res.status(404).end()
      await User.findByIdAndUpdate(req.params.id, { name: req.body.name })
      //                                                  ~~~~~~~~ [affected] PUT /users/:id stores its body
      res.end()
    })
    const fields = [body('email').isEmail(), param('id').isMongoId(), (req, res, next) => {
      if (!validationResult(req).isEmpty()) return res.status(400).end()
      next()
    }]
    app.patch('/users/:id', fields, async (req, res) => {
      await User.findByIdAndUpdate(req.params.id, { email: req.body.email, name: req.body.name })
      //                                                                         ~~~~~~~~ [affected] PATCH /users/:id stores its body
      res.end()
    })
    app.post('/search', (req, res, next) => { z.object({}).parse(req.query); next() }, async (req, res) => {
      await User.create({ name: req.body.name })
      //                        ~~~~~~~~ [affected] POST /search stores its body
      res.end()
    })
    app.post('/renamed/:id', async (req, res) => {
      if (!req.body || Object.keys(req.body).length === 0) return res.status(400).end()
      const user = await User.findById(req.params.id)
      user.name = req.body.name
      //          ~~~~~~~~ [affected] POST /renamed/:id stores its body
      await user.save()
      res.end()
    })
    app.listen(3000)
    ${user}
  `,
  )
})

const wrapped = (handler: string, mark = ''): string => `
    //- /app.js
    import express from 'express'
    import { add, keep, rename } from './notes.js'
    import { isText, refuse, requireText } from './checks.js'
    const app = express()
    app.use(express.json())
    app.post('/notes/:id', async (req, res) => {
      const { title, text } = req.body
${mark}
      ${handler}
      res.end()
    })
    app.listen(3000)
    //- /checks.js
    export function refuse(status, title) {
      throw Object.assign(new Error(title), { status })
    }
    export function requireText(value, name) {
      if (typeof value !== 'string') refuse(400, name)
    }
    export const isText = (value) => typeof value === 'string' && value.length < 100
    //- /query.js
    import pg from 'pg'
    const pool = new pg.Pool()
    export const query = (text, values) => pool.query(text, values)
    //- /notes.js
    import { query } from './query.js'
    export const add = (author, title, text) => query('insert into notes (author, title, text) values ($1, $2, $3)', [author, title, text])
    const insert = (note) => query('insert into notes (title, text) values ($1, $2)', [note.title, note.text])
    export const keep = (note) => insert(note)
    export const rename = async ({ id, title }) => query('update notes set title = $2 where id = $1', [id, title])
    export const find = (title) => query('select id from notes where title = $1', [title])
    //- /others.js
    import { query } from './query.js'
    import { requireText } from './checks.js'
    export const others = (name) => { requireText(name); return query('select 1', [name]) }
  `

test('celebrate checks the parts that it is given schemas for', () => {
  const fixture = (schemas: string, mark = ''): string =>
    quiet(`app.post('/users', celebrate(${schemas}), async (req, res) => {
      res.json(await User.create({ name: req.body.name }))
${mark}
    })`).replace('import { celebrate }', 'import { celebrate, Segments }')
  const mark = '      //                                 ^^^^^^^^ [medium] `POST /users` stores what its body brings'
  for (const schemas of [
    '{ body: Joi.object({}) }',
    '{ [Segments.BODY]: Joi.object({}), [Segments.QUERY]: Joi.object({}) }',
    '{ [part]: Joi.object({}) }',
    'schemas',
  ])
    check(rule, fixture(schemas))
  for (const schemas of ['{ query: Joi.object({}) }', '{ [Segments.QUERY]: Joi.object({}) }']) check(rule, fixture(schemas, mark))
})

test('values that services and wrappers of queries get one by one', () => {
  check(
    rule,
    wrapped(
      'await add(req.user.id, title, text)',
      '      //                      ^^^^^^^^ [medium] `POST /notes/:id` stores what its body brings',
    ),
  )
  check(
    rule,
    wrapped(
      "requireText(title, 'title'); await add(req.user.id, title, text)",
      '      //                      ^^^^^^^^ [medium] `POST /notes/:id` stores `text` of its body, and nothing checks that.',
    ),
  )
  check(
    rule,
    wrapped(
      'requireText(req.params.id); await rename({ id: req.params.id, title })',
      '      //                      ^^^^^^^^ [medium] `POST /notes/:id` stores what its body brings',
    ),
  )
})

test('an object that goes through several services', () => {
  check(
    rule,
    wrapped(
      "requireText(title, 'title'); await keep({ title, text })",
      '      //                      ^^^^^^^^ [medium] `POST /notes/:id` stores `text` of its body, and nothing checks that.',
    ),
  )
})

test('values that are all checked before services get them', () => {
  for (const handler of [
    "requireText(title, 'title'); requireText(text, 'text'); await add(req.user.id, title, text)",
    "if (!isText(title) || !isText(text)) refuse(422, 'invalid'); await add(req.user.id, title, text)",
    'await add(req.user.id, String(title), `${text}`)',
    "requireText(title, 'title'); requireText(text, 'text'); await keep({ title, text })",
    'await rename({ id: req.params.id, title: String(title) })',
    "const wrong = []; if (!isText(title)) wrong.push('title'); if (text.length > 9) wrong.push('text'); if (wrong.length > 0) refuse(422, wrong.join()); await add(req.user.id, title, text)",
    "await add(req.user.id, 'none', 'nothing')",
    "if (typeof title === 'string' && typeof text === 'string') await add(req.user.id, title, text)",
  ])
    check(rule, wrapped(handler))
})

test('functions that check and hand each other on in many ways are followed once', () => {
  const names = [...'abcd']
  const functions = names.map((name) => {
    const calls = names.flatMap((other) => [
      `check_${other}(value, ${name}1)`,
      `check_${other}(value, value)`,
      `check_${other}(value, '${name}')`,
    ])
    return `export function check_${name}(value, ${name}1) {
      if (typeof value !== 'string' || typeof ${name}1 !== 'string') throw new Error('${name}')
      ${calls.join('\n      ')}
    }`
  })
  const checks = `//- /ways.js
    ${functions.join('\n    ')}`
  check(
    rule,
    `${quiet("app.post('/users', async (req, res) => { check_a(req.body.name, req.body.email); await User.create({ name: req.body.name, email: req.body.email }); res.end() })", "import { check_a } from './ways.js'")}
    ${checks}`,
  )
})

test('fields that are picked by their form, and Ajv with its plugins', () => {
  check(
    rule,
    quiet(
      `const pick = (source, keys) => Object.fromEntries(keys.filter((key) => typeof source[key] === 'string').map((key) => [key, source[key]]))
    app.patch('/users', async (req, res) => { await User.updateOne({ _id: 1 }, pick(req.body, ['name', 'email'])); res.end() })`,
    ),
  )
  check(
    rule,
    quiet(
      `const ajv = formats(new Ajv({ allErrors: true }))
    const validate = ajv.compile({ type: 'object' })
    app.post('/users', (req, res, next) => { if (!validate(req.body)) fail(400); next() }, ${CREATE})
    function fail(status) {
      throw Object.assign(new Error('invalid'), { status })
    }`,
      "import formats from 'ajv-formats'",
    ),
  )
})

test('what needs no check: parameters of paths, answers, logs, GET, what was found', () => {
  for (const code of [
    "app.delete('/users/:id', async (req, res) => { await User.findByIdAndDelete(req.params.id); res.end() })",
    "app.post('/echo', (req, res) => { console.log(req.body); res.json(req.body) })",
    "app.get('/users', async (req, res) => res.json(await User.find({ name: req.query.name })))",
    "app.post('/pages', async (req, res) => { await User.create({ name: String(req.body.name), on: Boolean(req.body.on) }); res.end() })",
    "app.post('/pages', async (req, res) => { await User.create({ name: String(req.body.name).trim().slice(0, 20), on: req.body.on === true, off: !req.body.on }); res.end() })",
    "app.post('/visits', async (req, res) => { await User.create({ name: req.user.id }); res.end() })",
    "if (process.env.NODE_ENV !== 'production') app.post('/seed', async (req, res) => { await User.create({ name: req.body.name }); res.end() })",
  ])
    check(rule, quiet(code))
})

test('the whole body is the business of another rule', () => {
  check(rule, quiet("app.post('/users', async (req, res) => res.json(await User.create(req.body)))"))
})

test('Fastify: a schema of the body, and one of something else', () => {
  const fixture = (schema: string, mark = ''): string => `
    //- /app.js
    import Fastify from 'fastify'
    import { User } from './user.js'
    const app = Fastify()
    app.post('/users/:id', ${schema}async (request) => {
      return User.create({ name: request.body.name })
${mark}
    })
    app.listen({ port: 3000 })
    ${user}
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "mongoose": "^8.0.0" } }
  `
  const mark = '      //                         ^^^^^^^^^^^^ [medium] `POST /users/:id` stores what its body brings'
  check(rule, fixture('', mark))
  check(rule, fixture("{ schema: { params: { type: 'object' }, response: {} } }, ", mark))
  check(rule, fixture("{ schema: { body: { type: 'object' } } }, "))
  check(rule, fixture('{ schema: schemas.create }, '))
  check(rule, fixture('{ preValidation: (request, reply, done) => { if (!request.body.name) reply.code(400).send(); else done() } }, '))
})

const nest = (main: string, body: string, head: string, saving = ''): string => `
//- /main.ts
import { NestFactory } from '@nestjs/core'
${main}
//- /app.module.ts
import { Body, Controller, Get, Injectable, Module, Param, Post } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
${head}
class User {}
@Injectable()
class UsersService {
  constructor(@InjectRepository(User) private repository: Repository<User>) {}
  create(user: { name: string }) {
${saving}
    return this.repository.save({ name: user.name })
  }
}
@Controller('users')
class UsersController {
  constructor(private users: UsersService) {}
  @Post()
  create(${body}) {
    return this.users.create(user)
  }
}
@Module({ controllers: [UsersController], providers: [UsersService] })
export class AppModule {}
//- /create-user.dto.ts
import { IsString } from 'class-validator'
export class CreateUserDto {
  @IsString()
  name: string
}
//- /package.json
{ "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/platform-express": "^11.0.0" } }
`
const main = (pipe: string, mark = ''): string => `
import { AppModule } from './app.module'
import { ValidationPipe } from '@nestjs/common'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
${mark}
${pipe}
  await app.listen(3000)
}
bootstrap()
`
const dto = `import { CreateUserDto } from './create-user.dto'`

test('a webhook whose signature functions of the project make and compare, each in its own', () => {
  const fixture = (condition: string, mark = ''): string => `
    //- /app.js
    import express from 'express'
    import { isSigned, isGenuine, isOwn } from './signature.js'
    import { User } from './user.js'
    const app = express()
    app.use(express.text({ type: 'application/json' }))
    app.post('/partner', async (req, res) => {
      if (!${condition}) return res.sendStatus(401)
      await User.create({ name: req.body.name })
${mark}
      res.end()
    })
    app.listen(3000)
    ${user}
    //- /signature.js
    import { createHmac, timingSafeEqual } from 'node:crypto'
    const expected = (text) => createHmac('sha256', process.env.PARTNER_KEY).update(text).digest()
    const same = (a, b) => timingSafeEqual(a, b)
    export const isSigned = (text, given) => same(Buffer.from(given, 'hex'), expected(text))
    export const isGenuine = (req) => isSigned(req.body, req.get('x-signature'))
    export const isOwn = (req) => isSigned(req.cookies.cart, req.cookies.proof)
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "mongoose": "^8.0.0" } }
  `
  check(rule, fixture("isSigned(req.body, req.headers['x-signature'])"))
  check(rule, fixture('isGenuine(req)'))
  check(rule, fixture('isOwn(req)', '      //                        ^^^^^^^^ [medium] `POST /partner` stores what its body brings'))
})

test('Nest: no pipe anywhere is one finding', () => {
  check(
    rule,
    nest(
      main(
        '',
        '  //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] No pipe checks what one handler of this application gets as a body. => Check bodies with a ValidationPipe',
      ),
      '@Body() user: CreateUserDto',
      dto,
    ),
  )
})

test('Nest: a pipe that has nothing to check by', () => {
  const pipe = main('  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))')
  for (const [type, head = ''] of [
    ['{ name: string }'],
    ['UserInput', 'interface UserInput {\n  name: string\n}'],
    ['any'],
    ['Partial<User>'],
  ])
    check(
      rule,
      nest(pipe, `@Body() user: ${type}`, head, '  //     ^^^^^^^^^^^^^^^^^^^^^^ [medium] `POST /users` stores what its body brings'),
    )
})

test('Nest: pipes that check, of the application, of a route, by a schema', () => {
  check(rule, nest(main('  app.useGlobalPipes(new ValidationPipe())'), '@Body() user: CreateUserDto', dto))
  check(rule, nest(main(''), '@Body(new ValidationPipe()) user: CreateUserDto', `${dto}\nimport { ValidationPipe } from '@nestjs/common'`))
  check(
    rule,
    nest(
      main(''),
      '@Body(new SchemaPipe()) user: any',
      `import { z } from 'zod'
const schema = z.object({ name: z.string() })
class SchemaPipe {
  transform(value: unknown) {
    return schema.parse(value)
  }
}`,
    ),
  )
})

test('Nest: pipes of packages', () => {
  const pipe = (name: string, from: string): string => `import { ${name} } from '${from}'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
${from === 'nestjs-i18n' ? '' : '  //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [low] No pipe checks what one handler'}
  app.useGlobalPipes(new ${name}())
  await app.listen(3000)
}
bootstrap()
`
  check(rule, nest(pipe('I18nValidationPipe', 'nestjs-i18n'), '@Body() user: CreateUserDto', dto))
  check(rule, nest(pipe('CompanyPipe', '@company/pipes'), '@Body() user: CreateUserDto', dto))
})

test('Nest: the fix adds a global pipe, where it has decorators to check by', () => {
  checkFix(
    rule,
    nest(main(''), '@Body() user: CreateUserDto', dto),
    nest(
      main('').replace('create(AppModule)\n', 'create(AppModule)\n  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))\n'),
      '@Body() user: CreateUserDto',
      dto,
    ).replace('11.0.0" } }', '11.0.0", "class-transformer": "^0.5.1", "class-validator": "^0.14.2" } }'),
  )
  checkNoFix(rule, nest(main(''), '@Body() user: UserBody', 'class UserBody {\n  name: string\n}'))
  checkNoFix(rule, nest(main(''), '@Body() user: any', ''))
})

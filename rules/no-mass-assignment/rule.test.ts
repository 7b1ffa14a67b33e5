// What no-mass-assignment reports, and what it leaves alone.
import { expect, test } from 'vitest'
import { check, findingsOf } from '../../testing/check.js'
import { parseFixture } from '../../testing/fixture.js'
import rule from './rule.js'

const user = `//- /user.js
    import mongoose from 'mongoose'
    export const User = mongoose.model('User', new mongoose.Schema({ name: String, role: String }))`

test('mongoose: made, found and updated, set', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      res.json(await User.create(req.body))
      //                         ^^^^^^^^ [medium] The whole request body goes into create(), and 4 times more in this file. => no fix
    })
    app.post('/others', async (req, res) => {
      const user = new User({ ...req.body, createdAt: new Date() })
      //                    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ [affected] the constructor of a model for POST /others
      await user.save()
      res.json(user)
    })
    app.put('/users/:id', async (req, res) => {
      await User.findByIdAndUpdate(req.params.id, req.body)
      //                                          ~~~~~~~~ [affected] findByIdAndUpdate() for PUT /users/:id
      await User.updateOne({ _id: req.params.id }, { $set: req.body })
      //                                           ~~~~~~~~~~~~~~~~~~ [affected] updateOne()
      const user = await User.findById(req.params.id)
      Object.assign(user, req.body)
      //                  ~~~~~~~~ [affected] assign()
      await user.save()
      res.json(user)
    })
    app.listen(3000)
    ${user}
  `,
  )
})

test('through controllers, services and wrappers, in the file that writes', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { createUser } from './controller.js'
    const wrap = (fn) => (req, res, next) => Promise.resolve(fn(req, res, next)).catch(next)
    const app = express()
    app.use(express.json())
    app.post('/users', wrap(createUser))
    app.listen(3000)
    //- /controller.js
    import * as users from './service.js'
    export const createUser = async (req, res) => res.json(await users.create(req.body))
    //- /service.js
    import { User } from './user.js'
    export async function create(data) {
      return User.create(data)
      //                 ^^^^ [medium] goes into create().
    }
    ${user}
  `,
  )
})

test('sequelize, prisma, knex and typeorm', () => {
  check(
    rule,
    `
    //- /app.ts
    import express from 'express'
    import { PrismaClient } from '@prisma/client'
    import { Sequelize, Model } from 'sequelize'
    import { DataSource } from 'typeorm'
    import makeKnex from 'knex'
    const prisma = new PrismaClient()
    const knex = makeKnex({ client: 'pg' })
    const Item = new Sequelize('db').define('Item', {})
    class Thing extends Model {}
    const repository = new DataSource({ type: 'postgres' }).getRepository('user')
    const app = express()
    app.use(express.json())
    app.patch('/a/:id', async (req, res) => {
      await prisma.user.update({ where: { id: req.params.id }, data: req.body })
      //                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] goes into update()
      await Item.update(req.body, { where: { id: req.params.id } })
      //                ~~~~~~~~ [affected] update()
      await Thing.create(req.body)
      //                 ~~~~~~~~ [affected] create()
      await knex('users').insert(req.body)
      //                         ~~~~~~~~ [affected] insert()
      const found = await repository.findOneBy({ id: req.params.id })
      repository.merge(found, req.body)
      //                      ~~~~~~~~ [affected] merge()
      res.json({})
    })
    app.listen(3000)
  `,
  )
})

test('Fastify without a schema', () => {
  check(
    rule,
    `
    //- /app.js
    import Fastify from 'fastify'
    import { User } from './user.js'
    const app = Fastify()
    app.post('/users', async (request) => User.create(request.body))
    //                                                ^^^^^^^^^^^^ [medium] goes into create()
    app.post('/others', { schema: { body: { type: 'object', additionalProperties: false, properties: {} } } }, async (request) => User.create(request.body))
    app.listen({ port: 3000 })
    ${user}
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "mongoose": "^8.0.0" } }
  `,
  )
})

test('what express-validator looked at still holds everything else', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { body } from 'express-validator'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    app.post('/users', body('name').isString(), async (req, res) => res.json(await User.create(req.body)))
    //                                                                                         ^^^^^^^^ goes into create()
    app.post('/checked', async (req, res) => {
      if (!req.body.name) return res.status(400).end()
      res.json(await User.create(req.body))
      //                         ~~~~~~~~ [affected] create() for POST /checked
    })
    app.listen(3000)
    ${user}
  `,
  )
})

const quiet = (handler: string, head = ''): string => `
    //- /app.js
    import express from 'express'
    import _ from 'lodash'
    import { z } from 'zod'
    import { User } from './user.js'
    ${head}
    const schema = z.object({ name: z.string() })
    const app = express()
    app.use(express.json())
    ${handler}
    app.listen(3000)
    ${user}
  `

test('named fields, picks, and what is left when fields are taken out', () => {
  for (const code of [
    'User.create({ name: req.body.name })',
    "User.create(_.pick(req.body, ['name']))",
    "User.create({ ...req.body, role: 'member' })",
    "{ const { role, ...rest } = req.body; await User.create({ role: 'member', ...rest }) }",
    "{ const { role, ...rest } = req.body; await User.create({ ...rest, role: req.user.isAdmin ? role : 'member' }) }",
    'User.create(req.body.user)',
    '{ const { role, ...rest } = req.body; await User.create(rest) }',
    '{ const { name } = req.body; await User.create({ name }) }',
    '{ delete req.body.role; await User.create(req.body) }',
    'User.create(schema.parse(req.body))',
    'User.findOne(req.body)',
    'User.findOneAndUpdate(req.body, { seen: true })',
    'fetch("https://example.com", { method: "POST", body: JSON.stringify(req.body) })',
    'new Map().set("body", req.body)',
    'Object.assign({}, req.body)',
  ])
    check(rule, quiet(`app.post('/users', async (req, res) => { ${code.startsWith('{') ? code : `await ${code}`}; res.json({}) })`))
})

test('a field that is taken out of the body and put back beside the rest', () => {
  check(
    rule,
    `
    import express from 'express'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      const { role, ...rest } = req.body
      const user = new User({ role: role ?? 'customer', ...rest })
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The whole request body goes into the constructor of a model
      await user.save()
      res.status(201).json({ id: user.id })
    })
    app.listen(3000)
    //- /user.js
    import mongoose from 'mongoose'
    export const User = mongoose.model('User', new mongoose.Schema({ name: String, role: String }))
  `,
  )
})

test('a right in front of the body, which takes its place', () => {
  check(
    rule,
    `
    import express from 'express'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => {
      await User.create({ role: 'member', ...req.body })
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] The whole request body goes into create()
      res.json({})
    })
    app.listen(3000)
    ${user}
  `,
  )
})

test('a schema in front, and a body that middleware replaced', () => {
  check(
    rule,
    quiet(
      `app.post('/users', validated, async (req, res) => res.json(await User.create(req.body)))
    app.post('/others', named, async (req, res) => res.json(await User.create(req.body)))
    app.post('/joi', celebrate({ body: Joi.object({}) }), async (req, res) => res.json(await User.create(req.body)))`,
      `import { celebrate, Joi } from 'celebrate'
    const validated = (req, res, next) => {
      req.body = schema.parse(req.body)
      next()
    }
    const named = (req, res, next) => {
      req.body = { name: String(req.body.name) }
      next()
    }`,
    ),
  )
})

test('development, GET, and scripts', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    app.get('/users', async (req, res) => res.json(await User.create(req.body)))
    if (process.env.NODE_ENV === 'development') app.post('/seed', async (req, res) => res.json(await User.create(req.body)))
    app.listen(3000)
    ${user}
  `,
  )
})

const nest = (parameter: string, pipe = ''): string => `
//- /main.ts
import { NestFactory } from '@nestjs/core'
import { ValidationPipe } from '@nestjs/common'
import { AppModule } from './app.module'
async function bootstrap() {
  const app = await NestFactory.create(AppModule)
${pipe}
  await app.listen(3000)
}
bootstrap()
//- /app.module.ts
import { Body, Controller, Module, Post } from '@nestjs/common'
import { UsersService } from './users.service'
import { CreateUserDto } from './create-user.dto'
@Controller('users')
class UsersController {
  constructor(private users: UsersService) {}
  @Post()
  create(${parameter}) {
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
//- /user.entity.ts
export class User {
  role: string
}
//- /package.json
{ "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0", "@nestjs/platform-express": "^11.0.0" } }
//- /users.service.ts
import { Injectable } from '@nestjs/common'
import { InjectRepository } from '@nestjs/typeorm'
import { Repository } from 'typeorm'
import { User } from './user.entity'
@Injectable()
export class UsersService {
  constructor(@InjectRepository(User) private repository: Repository<User>) {}
  create(user: Partial<User>) {
    return this.repository.save(user)
`

test('Nest: types of which nothing is left at run time', () => {
  check(
    rule,
    `${nest('@Body() user: Partial<object>')}    //                          ^^^^ [medium] goes into save()
  }
}`,
  )
})

test('Nest: classes are the business of the pipe', () => {
  check(rule, `${nest('@Body() user: CreateUserDto', '  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))')}  }\n}`)
  check(rule, `${nest('@Body() user: CreateUserDto')}  }\n}`)
})

test('Nest: a pipe in front has nothing to strip by where no class is left', () => {
  const pipe = '  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))'
  check(
    rule,
    `${nest('@Body() user: Partial<object>', pipe)}    //                          ^^^^ [medium] goes into save()
  }
}`,
  )
  const told = nest('@Body(new ValidationPipe({ expectedType: CreateUserDto, whitelist: true })) user: object', pipe).replace(
    'Body, Controller, Module, Post',
    'Body, Controller, Module, Post, ValidationPipe',
  )
  check(rule, `${told}  }\n}`)
})

test('Nest: a list whose items have a class', () => {
  const list = (options: string): string =>
    nest(
      `@Body(new ParseArrayPipe(${options})) user: CreateUserDto[]`,
      '  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))',
    ).replace('Body, Controller, Module, Post', 'Body, Controller, Module, ParseArrayPipe, Post')
  check(rule, `${list('{ items: CreateUserDto, whitelist: true }')}  }\n}`)
  check(
    rule,
    `${list('')}    //                          ^^^^ [medium] goes into save()
  }
}`,
  )
})

test('packages that merge: into what is saved then, and into a new object that is stored', () => {
  const app = (handler: string): string => `
    //- /app.js
    const _ = require('lodash')
    const express = require('express')
    const { User } = require('./user.js')
    const app = express()
    app.use(express.json())
    app.put('/me', ${handler})
    app.listen(3000)
    ${user}`
  check(
    rule,
    app(`(req, res, next) => {
      _.extend(req.user, req.body)
      //                 ^^^^^^^^ [medium] goes into extend()
      req.user.save().then(() => res.end(), next)
    }`),
  )
  check(
    rule,
    app(`(req, res, next) => {
      User.findById(req.params.id).then((user) => {
        _.assign(user, req.body)
        //             ^^^^^^^^ [medium] goes into assign()
        return user.save()
      }).then(() => res.end(), next)
    }`),
  )
  check(
    rule,
    app(`(req, res, next) => {
      User.create(_.defaults({ role: 'user' }, req.body)).then(() => res.end(), next)
      //          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] goes into create()
    }`),
  )
  check(
    rule,
    app(`(req, res, next) => {
      _.extend(req.user, _.pick(req.body, ['name', 'city']))
      _.extend(res.locals, req.body)
      req.user.save().then(() => res.end(), next)
    }`),
  )
})

test('a schema of Fastify that says nothing of the body, and the context that handlers run on', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('fastify')()
    app.decorate('db', require('knex')({ client: 'pg' }))
    const params = { type: 'object', properties: { id: { type: 'string' } } }
    const body = { type: 'object', additionalProperties: false, properties: { name: { type: 'string' } } }
    app.route({
      method: 'PUT',
      url: '/open/:id',
      schema: { params },
      async handler(request) {
        return this.db('parcels').where({ id: request.params.id }).update(request.body)
        //                                                                ^^^^^^^^^^^^ [medium] goes into update()
      },
    })
    app.route({
      method: 'PUT',
      url: '/closed/:id',
      schema: { params, body },
      async handler(request) {
        return this.db('parcels').where({ id: request.params.id }).update(request.body)
      },
    })
    app.listen({ port: 3000 })
  `,
  )
})

const validated = (schema: string, check: string, write: string): string => `
    //- /app.js
    import express from 'express'
    import { z } from 'zod'
    import Joi from 'joi'
    import * as yup from 'yup'
    import { User } from './user.js'
    const app = express()
    app.use(express.json())
    const schema = ${schema}
    app.put('/users/:id', ${check}, async (req, res) => {
      await User.updateOne({ _id: req.params.id }, ${write})
      res.end()
    })
    app.listen(3000)
    ${user}
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "mongoose": "^8.0.0", "zod": "^3.0.0", "joi": "^17.0.0", "yup": "^1.0.0" } }
`
const replaces = '(req, res, next) => { req.body = schema.parse(req.body); next() }'
const looks = '(req, res, next) => { schema.parse(req.body); next() }'
const joiReplaces = (options: string): string =>
  `(req, res, next) => { const { error, value } = schema.validate(req.body${options}); if (error) return res.status(422).end(); req.body = value; next() }`
const object = 'z.object({ name: z.string() })'
const joiObject = 'Joi.object({ name: Joi.string() })'

test.each([
  ['a schema that keeps the rest', `${object}.passthrough()`, replaces],
  ['a loose object', 'z.looseObject({ name: z.string() })', replaces],
  ['a schema that only looks', object, looks],
  [
    'a schema of the whole request that only looks',
    `z.object({ body: ${object} })`,
    '(req, res, next) => { schema.parse({ body: req.body }); next() }',
  ],
  ['Joi that lets unknown keys through', joiObject, joiReplaces(', { allowUnknown: true }')],
  ['Joi with unknown()', `${joiObject}.unknown()`, joiReplaces('')],
  [
    'yup, which keeps the rest',
    'yup.object({ name: yup.string() })',
    '(req, res, next) => { req.body = schema.validateSync(req.body); next() }',
  ],
])('%s', (_name, schema, middleware) => {
  const marked = validated(schema, middleware, 'req.body').replace(
    'req.body)\n      res.end',
    `req.body)\n      //${' '.repeat(43)}^^^^^^^^ [medium] The whole request body goes into updateOne()\n      res.end`,
  )
  check(rule, marked)
})

test.each([
  ['a schema whose result is the body', object, replaces],
  ['a strict schema that only looks', `${object}.strict()`, looks],
  ['a strict object, extended', `z.strictObject({ name: z.string() })`, looks],
  ['a schema of which not all is known', `${object}.transform(strip)`, replaces],
  ['Joi, which refuses unknown keys', joiObject, joiReplaces(', { abortEarly: false }')],
  ['Joi that strips', joiObject, joiReplaces(', { allowUnknown: true, stripUnknown: true }')],
  [
    'yup that strips',
    'yup.object({ name: yup.string() }).noUnknown()',
    '(req, res, next) => { req.body = schema.validateSync(req.body); next() }',
  ],
])('quiet: %s', (_name, schema, middleware) => {
  check(rule, validated(schema, middleware, 'req.body'))
})

test('Sequelize is told which fields', () => {
  check(
    rule,
    `
    //- /app.js
    import express from 'express'
    import { Sequelize, DataTypes } from 'sequelize'
    const User = new Sequelize(process.env.DB).define('User', { name: DataTypes.STRING, role: DataTypes.STRING })
    const app = express()
    app.use(express.json())
    app.post('/users', async (req, res) => res.json(await User.create(req.body, { fields: ['name'] })))
    app.post('/others', async (req, res) => res.json(await User.create(req.body, { returning: true })))
    //                                                                 ^^^^^^^^ [medium] The whole request body goes into create()
    app.listen(3000)
    //- /package.json
    { "dependencies": { "express": "^5.0.0", "sequelize": "^6.0.0" } }
  `,
  )
})

const fastifySchemas = (options: string, routes: string): string => `
    //- /app.js
    import Fastify from 'fastify'
    import { Type } from '@sinclair/typebox'
    import { User } from './user.js'
    const app = Fastify(${options})
    const name = { type: 'string' }
    ${routes}
    app.listen({ port: 3000 })
    ${user}
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0", "mongoose": "^8.0.0" } }
  `

test('a schema of Fastify that forbids nothing takes nothing away', () => {
  check(
    rule,
    fastifySchemas(
      '{ bodyLimit: 1000 }',
      `app.post('/a', { schema: { body: { type: 'object', required: ['name'], properties: { name } } } }, async (request) => User.create(request.body))
    //                                                                                                                                ^^^^^^^^^^^^ [medium] goes into create()
    app.post('/b', { schema: { body: Type.Object({ name: Type.String() }) } }, async (request) => User.create(request.body))
    //                                                                                                        ~~~~~~~~~~~~ [affected] create()`,
    ),
  )
})

test.each(["{ coerceTypes: 'array', allErrors: true }", '{ removeAdditional: true }', '{ removeAdditional: false }'])(
  'options of ajv that take nothing away: %s',
  (options) => {
    check(
      rule,
      fastifySchemas(
        `{ ajv: { customOptions: ${options} } }`,
        `app.post('/a', { schema: { body: { type: 'object', properties: { name } } } }, async (request) => User.create(request.body))
    //                                                                                                            ^^^^^^^^^^^^ [medium] goes into create()`,
      ),
    )
  },
)

test('schemas of zod for Fastify keep what they do not name where they say so', () => {
  const findings = (schema: string): readonly string[] =>
    findingsOf(
      rule,
      parseFixture(
        fastifySchemas(
          '',
          `app.setValidatorCompiler(validatorCompiler)
    app.post('/a', { schema: { body: ${schema} } }, async (request) => User.create({ ...request.body }))`,
        ).replace(
          'import Fastify',
          "import { z } from 'zod'\n    import { validatorCompiler } from 'fastify-type-provider-zod'\n    import Fastify",
        ),
      ).files,
    ).map(({ message, confidence }) => `${confidence} ${message}`)
  const told = ['medium The whole request body goes into create().']
  expect(findings('z.looseObject({ name: z.string() })')).toEqual(told)
  expect(findings('z.object({ name: z.string() }).passthrough()')).toEqual(told)
  expect(findings('z.object({ name: z.string() })')).toEqual([])
  expect(findings('z.strictObject({ name: z.string() })')).toEqual([])
  expect(findings('z.looseObject({ name: z.string() }).strict()')).toEqual([])
})

test('schemas of Fastify that forbid more, that are put together, and validators that the project sets up', () => {
  check(
    rule,
    fastifySchemas(
      '',
      `app.post('/a', { schema: { body: { type: 'object', additionalProperties: false, properties: { name } } } }, async (request) => User.create(request.body))
    app.post('/b', { schema: { body: Type.Object({ name: Type.String() }, { additionalProperties: false }) } }, async (request) => User.create(request.body))
    app.post('/c', { schema: { body: { $ref: 'user#' } } }, async (request) => User.create(request.body))
    app.post('/d', { schema: { body: { type: 'object', properties: { name }, allOf: [other] } } }, async (request) => User.create(request.body))`,
    ),
  )
  const open = `app.post('/a', { schema: { body: { type: 'object', properties: { name } } } }, async (request) => User.create(request.body))`
  check(rule, fastifySchemas(`{ ajv: { customOptions: { removeAdditional: 'all' } } }`, open))
  check(rule, fastifySchemas(`{ ajv: { customOptions: { removeAdditional: process.env.REMOVE } } }`, open))
  check(rule, fastifySchemas(`{ ajv: { customOptions: { ...options } } }`, open))
  check(rule, fastifySchemas(`{ ajv: { customOptions: {}, plugins: [strip] } }`, open))
  check(rule, fastifySchemas('', `app.setValidatorCompiler(strict)\n    ${open}`))
})

test.each([
  ['Object.assign(req, schema.parse({ body: req.body }))', 'z.object({ body: z.object({ name: z.string() }) })'],
  ["Object.defineProperty(req, 'body', { value: schema.parse(req.body) })", 'z.object({ name: z.string() })'],
  [
    'const { body } = schema.parse({ body: req.body })\n      Object.assign(req, { body })',
    'z.object({ body: z.object({ name: z.string() }) })',
  ],
])('what a schema gave may be put onto the request: %s', (code, schema) => {
  const server = (middleware: string, mark: string): string => `
    //- /app.js
    import express from 'express'
    import { z } from 'zod'
    import { User } from './user.js'
    const validate = (schema) => (req, res, next) => {
      ${middleware}
      next()
    }
    const app = express()
    app.use(express.json())
    app.post('/users', validate(${schema}), async (req, res) => {
      res.json(await User.create(req.body))
      ${mark}
    })
    app.listen(3000)
    ${user}
  `
  check(rule, server(code, ''))
  check(
    rule,
    server(
      'Object.assign(req, { checked: schema.parse({ body: req.body }) })',
      '//                         ^^^^^^^^ [medium] The whole request body',
    ).replace(schema, 'z.object({ body: z.object({ name: z.string() }) })'),
  )
})

test('documents of Firestore', () => {
  check(
    rule,
    `
    //- /app.js
    const express = require('express')
    const admin = require('firebase-admin')
    const { getFirestore } = require('firebase-admin/firestore')
    const app = express()
    app.use(express.json())
    app.patch('/notes/:id', async (req, res) => {
      await admin.firestore().collection('notes').doc(req.params.id).update(req.body)
      //                                                                    ^^^^^^^^ [medium] The whole request body goes into update()
      res.end()
    })
    app.post('/notes', async (req, res) => {
      await getFirestore().collection('notes').add(req.body)
      //                                           ~~~~~~~~ [affected]
      await getFirestore().collection('notes').doc('last').set({ at: Date.now() })
      new Set().add(req.body)
      new Map().set('last', req.body)
      res.end()
    })
    app.listen(3000)
  `,
  )
})

test('instances that routing-controllers makes of bodies keep what no class names, unless whitelist takes it out', () => {
  const app = (options: string, type = 'NewUser', mark = ''): string => `
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "routing-controllers": "^0.11.0" } }
    //- /src/app.ts
    import mongoose from 'mongoose'
    import { Body, createExpressServer, JsonController, Post } from 'routing-controllers'
    import { IsString } from 'class-validator'
    const users = mongoose.model('User', new mongoose.Schema({ name: String, role: String }))
    class NewUser {
      @IsString()
      name: string
    }
    @JsonController('/users')
    class Users {
      @Post()
      async add(@Body() body: ${type}) {
        return users.create(body)
        ${mark}
      }
    }
    createExpressServer({ controllers: [Users]${options} }).listen(3000)
  `
  check(rule, app('', 'NewUser', '//                  ^^^^ [medium] The whole request body goes into create()'))
  check(rule, app('', 'any', '//                  ^^^^ [medium]'))
  check(rule, app(', validation: { whitelist: true }'))
  check(rule, app(', validation: { whitelist: true, forbidNonWhitelisted: true }'))
  check(rule, app(', plainToClassTransformOptions: { excludeExtraneousValues: true }'))
})

test('Nest: types of databases leave nothing to strip by, and classes of a file that is imported as a whole do', () => {
  const pipe = '  app.useGlobalPipes(new ValidationPipe({ whitelist: true }))'
  const importing = (line: string, parameter: string): string =>
    nest(parameter, pipe).replace("import { CreateUserDto } from './create-user.dto'", line)
  check(
    rule,
    `${importing("import { DeepPartial } from 'typeorm'", '@Body() user: DeepPartial<object>')}    //                          ^^^^ [medium] goes into save()
  }
}`,
  )
  check(
    rule,
    `${importing("import { Prisma } from '@prisma/client'", '@Body() user: Prisma.UserUpdateInput')}    //                          ^^^^ [medium] goes into save()
  }
}`,
  )
  check(rule, `${importing("import * as dto from './create-user.dto'", '@Body() user: dto.CreateUserDto')}  }\n}`)
  check(rule, `${importing("import { contracts } from '@shop/contracts'", '@Body() user: contracts.NewUser')}  }\n}`)
})

test('mysql makes an assignment of each property of an object behind SET', () => {
  const update = (text: string, values: string, mark: string, store = "require('mysql2/promise').createPool(process.env.DB)"): string => `
    //- /app.js
    const app = require('express')()
    const pool = ${store}
    app.use(require('express').json())
    app.put('/pilots/:id', async (req, res) => {
      await pool.query('${text}', ${values})
      ${mark}
      res.end()
    })
    app.listen(3000)
  `
  const text = 'UPDATE pilots SET ? WHERE id = ?'
  const at = ' '.repeat(text.length + 19)
  check(rule, update(text, '[req.body, req.params.id]', `//${at}^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] goes into query()`))
  check(rule, update(text, '[{ ...req.body, owner: 7 }, 1]', `//${at}^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ [medium] goes into query()`))
  check(rule, update(text, '[{ name: req.body.name }, req.params.id]', ''))
  check(rule, update('UPDATE pilots SET ? WHERE id IN (?)', '[{ active: 1 }, req.body]', ''))
  check(rule, update('UPDATE pilots SET notes = ? WHERE id = ?', '[req.body, req.params.id]', ''))
  check(rule, update(text, '[req.body, req.params.id]', '', "new (require('pg').Pool)()"))
})

// Which variables routes use as a database, and which ones only look so.
import { test } from 'vitest'
import { check } from '../../testing/check.js'
import rule from './rule.js'

test('arrays, Maps and objects that routes write and read', () => {
  check(
    rule,
    `
    const express = require('express')
    const app = express()
    app.use(express.json())
    const users = []
                  ^^ [medium info] \`users\` keeps what clients send in memory alone
    const notes = new Map()
                  ^^^^^^^^^ [medium] \`notes\` keeps
    const tasks = {}
                  ^^ [medium] \`tasks\` keeps
    app.post('/users', (req, res) => {
    ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ POST /users writes it
      const user = { id: users.length + 1, ...req.body }
      users.push(user)
      res.status(201).json(user)
    })
    app.get('/users', (req, res) => res.json(users))
    app.put('/notes/:id', (req, res) => {
      notes.set(req.params.id, req.body)
      res.sendStatus(204)
    })
    app.get('/notes/:id', (req, res) => res.json(notes.get(req.params.id)))
    app.post('/tasks', (req, res) => {
      tasks[req.body.id] = { title: req.body.title, done: false }
      res.sendStatus(201)
    })
    app.get('/tasks/:id', (req, res) => res.json(tasks[req.params.id]))
    app.listen(3000)
  `,
  )
})

test('Fastify: what a handler returns is its answer', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0" } }
    //- /app.js
    const app = require('fastify')()
    const notes = []
    //            ^^ [medium] \`notes\` keeps
    app.post('/notes', async (request, reply) => {
      notes.push(request.body)
      return reply.code(201).send(request.body)
    })
    app.get('/notes', async () => notes)
    app.listen({ port: 3000 })
  `,
  )
})

test('Fastify: a return alone is no wait', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "fastify": "^5.0.0" } }
    //- /app.js
    const app = require('fastify')()
    const { db } = require('./db')
    const notes = []
    //            ^^ [medium] \`notes\` keeps
    const orders = []
    app.post('/notes', async (request, reply) => {
      notes.push(request.body)
      reply.code(201)
      return request.body
    })
    app.get('/notes', async () => notes)
    app.post('/orders', async (request) => {
      orders.push(request.body)
      await db.save(request.body)
      return request.body
    })
    app.get('/orders', async () => orders)
    const prices = []
    app.post('/prices', async (request) => {
      prices.push(request.body)
      return db.save(request.body)
    })
    app.get('/prices', async () => prices)
    const places = []
    //             ^^ [medium] \`places\` keeps
    app.post('/places', async (request, reply) => {
      places.push(request.body)
      return reply.code(201).send(request.body)
    })
    app.get('/places', async () => places)
    app.listen({ port: 3000 })
  `,
  )
})

test('Nest: a field of a service', () => {
  check(
    rule,
    `
    //- /package.json
    { "dependencies": { "@nestjs/core": "^11.0.0", "@nestjs/common": "^11.0.0" } }
    //- /main.ts
    import { NestFactory } from '@nestjs/core'
    import { AppModule } from './app.module'
    async function bootstrap() {
      const app = await NestFactory.create(AppModule)
      await app.listen(3000)
    }
    bootstrap()
    //- /app.module.ts
    import { Body, Controller, Get, Injectable, Module, Post } from '@nestjs/common'
    @Injectable()
    export class CatsService {
      private readonly cats: string[] = []
      //                                ^^ [medium] \`cats\` keeps
      create(cat: string) {
        this.cats.push(cat)
      }
      findAll() {
        return this.cats
      }
    }
    @Controller('cats')
    export class CatsController {
      constructor(private readonly service: CatsService) {}
      @Post()
      create(@Body() cat: string) {
        this.service.create(cat)
      }
      @Get()
      findAll() {
        return this.service.findAll()
      }
    }
    @Module({ controllers: [CatsController], providers: [CatsService] })
    export class AppModule {}
  `,
  )
})

test('a store in a file of its own', () => {
  check(
    rule,
    `
    //- /app.js
    const app = require('express')()
    const store = require('./store')
    app.post('/items', (req, res) => {
      store.add(req.body)
      res.sendStatus(201)
    })
    app.get('/items', (req, res) => res.json(store.items))
    app.listen(3000)
    //- /store.js
    const items = []
    //            ^^ [medium] \`items\` keeps
    exports.items = items
    exports.add = (item) => items.push(item)
  `,
  )
})

test('caches of a database, connections, figures, and what nobody reads or writes', () => {
  check(
    rule,
    `
    const app = require('express')()
    const { db } = require('./db')
    const cache = new Map()
    const products = new Map()
    const sockets = []
    const seen = []
    const countries = ['AT', 'CH']
    const orders = []
    const codes = new Map()
    app.post('/products', async (req, res) => {
      const product = await db.save(req.body)
      products.set(product.id, { ...req.body, id: product.id })
      res.json(product)
    })
    app.get('/products/:id', (req, res) => res.json(products.get(req.params.id)))
    app.post('/cache', (req, res) => {
      cache.set(req.body.key, req.body)
      sockets.push(res)
      seen.push(req.body)
      codes.set(req.body.email, Math.random())
      res.sendStatus(204)
    })
    app.get('/cache', (req, res) => res.json(cache.get(req.query.key)))
    app.get('/sockets', (req, res) => res.json(sockets))
    app.get('/countries', (req, res) => res.json(countries))
    app.get('/orders', (req, res) => res.json(orders))
    app.get('/codes', (req, res) => res.json(codes.get(req.query.email)))
    app.listen(3000)
  `,
  )
})

test('words that only hold the name of such a thing', () => {
  check(
    rule,
    `
    const app = require('express')()
    const blogs = []
                  ^^ [medium] \`blogs\` keeps
    const accessLog = []
    const rateLimits = []
    app.post('/blogs', (req, res) => {
      blogs.push(req.body)
      accessLog.push(req.body)
      rateLimits.push(req.body)
      res.sendStatus(201)
    })
    app.get('/blogs', (req, res) => res.json({ blogs, accessLog, rateLimits }))
    app.listen(3000)
  `,
  )
})

test('what lives as long as a request', () => {
  check(
    rule,
    `
    const app = require('express')()
    app.post('/sum', (req, res) => {
      const numbers = []
      numbers.push(req.body.number)
      res.json(numbers)
    })
    app.get('/sum', (req, res) => {
      const numbers = []
      res.json(numbers)
    })
    app.listen(3000)
  `,
  )
})

// Controllers of @overnightjs/core: order of middleware, wrappers, routers of other packages, and what stays unseen.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { openHandlers } from '../model/errors/asyncHandlers.js'
import type { ProjectModel } from '../model/model.js'
import { protectsRoute } from '../model/queries.js'

const boot = (controller: string, adding = 'super.addControllers([new Notes()])'): ProjectModel =>
  modelOf(`
    //- /package.json
    { "scripts": { "start": "node src/app.js" }, "dependencies": { "express": "^4.21.0", "@overnightjs/core": "^1.7.6" } }
    //- /src/app.ts
    import rateLimit from 'express-rate-limit'
    import asyncHandler from 'express-async-handler'
    import PromiseRouter from 'express-promise-router'
    import { ClassMiddleware, ClassWrapper, Controller, Get, Middleware, Post, Server, Wrapper } from '@overnightjs/core'
    import { notes } from './notes'
    const limiter = rateLimit({ limit: 5 })
    ${controller}
    class App extends Server {
      constructor() {
        super()
        ${adding}
      }
      start() { this.app.listen(3000) }
    }
    new App().start()
    //- /src/notes.ts
    import mongoose from 'mongoose'
    export const notes = mongoose.model('Note', new mongoose.Schema({ text: String }))
  `)

const routesOf = ({ routes }: ProjectModel): readonly string[] => routes.map(({ method, path }) => `${method} ${path}`)
const limitsOf = (model: ProjectModel): readonly string[] => model.routes.map((route) => protectsRoute(model, route, 'rate-limit').answer)
const gapsOf = ({ scopes }: ProjectModel): readonly string[] => scopes.flatMap(({ gaps }) => gaps.map(({ why }) => why))

const list = '@Get() async list(req, res) { res.json(await notes.find()) }'

test('fields come before methods, and of several decorators the first one first', () => {
  const model = boot(
    `@Controller('notes') class Notes { @Get('a') @Get('b') both(req, res) { res.json([]) } @Post() private add = (req, res) => { res.json({}) } }`,
  )
  expect(routesOf(model)).toEqual(['POST /notes', 'GET /notes/a', 'GET /notes/b'])
})

test('middleware of the class, of a method, and of all controllers', () => {
  expect(limitsOf(boot(`@Controller('notes') @ClassMiddleware([limiter]) class Notes { ${list} }`))).toEqual(['yes'])
  expect(
    limitsOf(boot(`@Controller('notes') class Notes { @Middleware(limiter) ${list} @Post() add(req, res) { res.json({}) } }`)),
  ).toEqual(['yes', 'no'])
  expect(limitsOf(boot(`@Controller('notes') class Notes { ${list} }`, 'this.addControllers(new Notes(), null, limiter)'))).toEqual(['yes'])
})

test('rejections get out, unless a wrapper or a router for promises takes them', () => {
  expect(openHandlers(boot(`@Controller('notes') class Notes { ${list} }`)).map(({ what }) => what)).toEqual(['GET'])
  expect(openHandlers(boot(`@Controller('notes') @ClassWrapper(asyncHandler) class Notes { ${list} }`))).toEqual([])
  expect(openHandlers(boot(`@Controller('notes') class Notes { @Wrapper(asyncHandler) ${list} }`))).toEqual([])
  expect(openHandlers(boot(`@Controller('notes') class Notes { ${list} }`, 'super.addControllers([new Notes()], PromiseRouter)'))).toEqual(
    [],
  )
})

test('controllers that are not known leave a gap', () => {
  const notes = `@Controller('notes') class Notes { ${list} }`
  expect(gapsOf(boot(notes))).toEqual([])
  expect(gapsOf(boot(notes, 'super.addControllers(loadAll())'))).toEqual(['@overnightjs/core registers routes that are not read'])
})

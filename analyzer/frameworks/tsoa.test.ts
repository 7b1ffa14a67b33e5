// Routes that tsoa generates: what stands in front of them, and what their controllers do.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { conductOf } from '../model/conduct.js'
import { protectsRoute } from '../model/queries.js'

const boot = (controller: string, generated: string): ReturnType<typeof modelOf> =>
  modelOf(`
    //- /package.json
    { "dependencies": { "express": "^4.21.0", "tsoa": "^6.6.0" } }
    //- /src/app.ts
    import express from 'express'
    import { RegisterRoutes } from './generated/routes'
    const app = express()
    app.use(express.json())
    RegisterRoutes(app)
    app.listen(3000)
    //- /src/users.controller.ts
    import { Body, Controller, Middlewares, Path, Post, Route } from 'tsoa'
    import rateLimit from 'express-rate-limit'
    import { users } from './users'
    const limiter = rateLimit({ windowMs: 60_000, limit: 5 })
    ${controller}
    //- /src/users.ts
    import mongoose from 'mongoose'
    export const users = mongoose.model('User', new mongoose.Schema({ name: String }))
    //- /src/generated/routes.ts
    import { ExpressTemplateService, ValidationService, fetchMiddlewares } from '@tsoa/runtime'
    import type { RequestHandler, Router } from 'express'
    import { Users } from './../users.controller'
    ${generated}
  `)

const sixth = `
    const templateService = new ExpressTemplateService({}, { noImplicitAdditionalProperties: 'throw-on-extras', bodyCoercion: true })
    export function RegisterRoutes(app: Router) {
      const argsUsers_create = {
        id: { in: 'path', name: 'id', required: true, dataType: 'string' },
        body: { in: 'body', name: 'body', required: true, ref: 'NewUser' },
      }
      app.post('/users/:id',
        ...(fetchMiddlewares<RequestHandler>(Users)),
        ...(fetchMiddlewares<RequestHandler>(Users.prototype.create)),
        async function Users_create(request: any, response: any, next: any) {
          let validatedArgs: any[] = []
          try {
            validatedArgs = templateService.getValidatedArgs({ args: argsUsers_create, request, response })
            const controller = new Users()
            await templateService.apiHandler({ methodName: 'create', controller, response, next, validatedArgs, successStatus: 201 })
          } catch (err) {
            return next(err)
          }
        })
    }`

const fourth = `
    const validationService = new ValidationService({})
    export function RegisterRoutes(app: Router) {
      app.post('/users/:id',
        ...(fetchMiddlewares<RequestHandler>(Users)),
        ...(fetchMiddlewares<RequestHandler>(Users.prototype.create)),
        function Users_create(request: any, response: any, next: any) {
          const args = {
            id: { in: 'path', name: 'id', required: true, dataType: 'string' },
            body: { in: 'body', name: 'body', required: true, ref: 'NewUser' },
          }
          let validatedArgs: any[] = []
          try {
            validatedArgs = getValidatedArgs(args, request, response)
            const controller = new Users()
            const promise = controller.create.apply(controller, validatedArgs as any)
            promiseHandler(controller, promise, response, 201, next)
          } catch (err) {
            return next(err)
          }
        })
      function promiseHandler(controllerObj: any, promise: any, response: any, successStatus: any, next: any) {
        return Promise.resolve(promise).then((data: any) => response.status(successStatus || 200).json(data)).catch((error: any) => next(error))
      }
      function getValidatedArgs(args: any, request: any, response: any): any[] {
        return Object.keys(args).map((key) => {
          switch (args[key].in) {
            case 'body':
              return validationService.ValidateParam(args[key], request.body, args[key].name, {}, undefined, {})
            case 'path':
              return validationService.ValidateParam(args[key], request.params[args[key].name], args[key].name, {}, undefined, {})
          }
        })
      }
    }`

const users = `
    @Route('users')
    @Middlewares(limiter)
    export class Users extends Controller {
      @Post('{id}')
      @Middlewares((req, res, next) => (req.headers.authorization ? next() : res.sendStatus(401)))
      async create(@Path() id: string, @Body() body: { name: string }) {
        await users.updateOne({ id }, { name: body.name })
        this.setStatus(201)
        return { id }
      }
    }`

test.each([
  ['6', sixth],
  ['4', fourth],
])('version %s', (_, generated) => {
  const model = boot(users, generated)
  const [route] = model.routes
  if (route === undefined) throw new Error('there is no route')
  expect(`${route.method} ${route.path}`).toBe('POST /users/:id')
  const answers = (['rate-limit', 'auth', 'validation'] as const).map((capability) => protectsRoute(model, route, capability).answer)
  expect(answers).toEqual(['yes', 'yes', 'yes'])
  const handler = route.entry.handlers.at(-1)
  const calls =
    handler?.kind === 'function' ? conductOf(model, handler).records.map(({ callee }) => (callee.kind === 'member' ? callee.name : '')) : []
  expect(calls).toContain('updateOne')
  expect(calls).toContain('json')
})

test('a controller without middleware has none in front', () => {
  const model = boot(users.replace('@Middlewares(limiter)', '').replace(/@Middlewares\(\(req.*\n/, '\n'), sixth)
  const [route] = model.routes
  const answers = (['rate-limit', 'auth'] as const).map((one) => (route === undefined ? null : protectsRoute(model, route, one).answer))
  expect(answers).toEqual(['no', 'no'])
})

// Preloaded into an application of decorated controllers: notes what their package registers on Express with the place of the decorator that asked for it.
'use strict'

const path = require('node:path')
const { createRequire } = require('node:module')
const { asFrom } = require('./record.cjs')
const { callSite, placedAt, speakFor } = require('./recordPlaces.cjs')

const requireFromApplication = createRequire(path.join(process.cwd(), 'package.json'))

const patches = {
  'routing-controllers': patchRoutingControllers,
  'inversify-express-utils': patchInversify,
  '@overnightjs/core': patchOvernight,
  '@ts-rest/express': patchTsRest,
}
const { package: name } = requireFromApplication('./fixture.json')
patches[name]()

/** The line of the project itself, also while a package speaks for it. */
function ownSite() {
  return placedAt(null, () => callSite())
}

/** A package's file, seen from the application. */
function partOf(name, file) {
  return requireFromApplication(path.join(path.dirname(requireFromApplication.resolve(name)), file))
}

/** Has what the decorators of a package make remember where they stand: `keep` gets what they decorate, and the place. */
function noteDecorators(module, names, keep) {
  for (const name of names) {
    const original = module[name]
    module[name] = (...args) => {
      const site = ownSite()
      const decorate = original(...args)
      return (...target) => {
        decorate(...target)
        keep(target, site, name)
      }
    }
  }
}

/** The server asks for a handler just before it registers it. */
function patchInversify() {
  const sites = new Map()
  const verbs = ['all', 'httpDelete', 'httpGet', 'httpHead', 'httpMethod', 'httpOptions', 'httpPatch', 'httpPost', 'httpPut']
  noteDecorators(partOf('inversify-express-utils', 'decorators.js'), verbs, ([target, key], site) => {
    sites.set(target.constructor, { ...sites.get(target.constructor), [key]: site })
  })
  const siteOf = (target, key) => (target === null ? undefined : (sites.get(target)?.[key] ?? siteOf(Object.getPrototypeOf(target), key)))
  const module = partOf('inversify-express-utils', 'server.js')
  const Server = module.InversifyExpressServer
  module.InversifyExpressServer = new Proxy(Server, {
    construct: (target, args, newTarget) => asFrom(ownSite(), () => Reflect.construct(target, args, newTarget)).result,
  })
  const { build, handlerFactory, registerControllers } = Server.prototype
  const controllers = () => partOf('inversify-express-utils', 'utils.js').getControllersFromMetadata()
  Server.prototype.handlerFactory = function (name, key, ...rest) {
    speakFor(
      siteOf(
        controllers().find((one) => one.name === name),
        key,
      ),
    )
    return handlerFactory.call(this, name, key, ...rest)
  }
  let building = null
  Server.prototype.build = function () {
    building = ownSite()
    return build.call(this)
  }
  Server.prototype.registerControllers = function () {
    const { made } = asFrom(building, () => registerControllers.call(this))
    Object.assign(made.at(-1), building)
  }
}

/** Each registration on a router of a controller is told where the decorator stands that asked for it. */
function patchOvernight() {
  const plain = new Map()
  const ofClasses = new Map()
  const ofRoutes = new Map()
  const verbs = ['All', 'Delete', 'Get', 'Patch', 'Post', 'Put']
  for (const verb of verbs) {
    const module = partOf('@overnightjs/core', 'decorators/method.js')
    const original = module[verb]
    module[verb] = (given) => {
      const site = ownSite()
      const path = given === undefined ? '' : `/${given}`
      return (target, ...rest) => {
        original(given)(target, ...rest)
        ofRoutes.set(target, { ...ofRoutes.get(target), [`${verb.toLowerCase()} ${path}`]: site })
      }
    }
  }
  noteDecorators(
    partOf('@overnightjs/core', 'decorators/middleware.js'),
    ['ClassMiddleware', 'ClassErrorMiddleware'],
    ([target], site, name) => {
      ofClasses.set(target.prototype, { ...ofClasses.get(target.prototype), [name]: site })
    },
  )
  const module = partOf('@overnightjs/core', 'Server.js')
  const { getRouter, addControllers } = module.Server.prototype
  module.Server.prototype.addControllers = function (...args) {
    return asFrom(ownSite(), () => addControllers.apply(this, args)).result
  }
  module.Server.prototype.getRouter = function (library, controller) {
    const adding = callSite()
    const prototype = Object.getPrototypeOf(controller)
    const told = (router) => {
      for (const name of ['use', ...verbs.map((verb) => verb.toLowerCase())]) {
        const { [name]: register } = router
        router[name] = function (...args) {
          const isError = name === 'use' && [args[0]].flat()[0].length === 4
          const ofClass = args.length > 1 ? adding : ofClasses.get(prototype)?.[isError ? 'ClassErrorMiddleware' : 'ClassMiddleware']
          const site = name === 'use' ? ofClass : ofRoutes.get(prototype)[`${name} ${args[0]}`]
          return asFrom(site, () => register.apply(router, args)).result
        }
      }
      return router
    }
    // Children are handed what makes the router of their parent.
    const make = plain.get(library) ?? library
    const telling = (options) => told(make(options))
    plain.set(telling, make)
    return getRouter.call(this, telling, controller)
  }
  module.Server = new Proxy(module.Server, {
    construct: (target, args, newTarget) => asFrom(ownSite(), () => Reflect.construct(target, args, newTarget)).result,
  })
}

/** All routes of a contract are made by one call. What the package puts first only notes which route it is. */
function patchTsRest() {
  const module = requireFromApplication('@ts-rest/express')
  const { createExpressEndpoints } = module
  module.createExpressEndpoints = (...args) => {
    const { made, result } = asFrom(ownSite(), () => createExpressEndpoints(...args))
    for (const call of made) if (call.method !== 'use') call.handlers = call.handlers.slice(1)
    return result
  }
}

function patchRoutingControllers() {
  const exported = requireFromApplication('routing-controllers')
  const sites = new Map()
  for (const name of ['All', 'Delete', 'Get', 'Head', 'Method', 'Patch', 'Post', 'Put', 'Middleware']) {
    noteDecorators(partOf('routing-controllers', `decorator/${name}.js`), [name], (_target, site) => {
      const { actions, middlewares } = exported.getMetadataArgsStorage()
      sites.set((name === 'Middleware' ? middlewares : actions).at(-1), site)
    })
  }
  for (const name of ['createExpressServer', 'useExpressServer']) {
    const original = exported[name]
    exported[name] = (...args) => asFrom(ownSite(), () => original(...args)).result
  }
  const driver = partOf('routing-controllers', 'driver/express/ExpressDriver.js').ExpressDriver.prototype
  const { registerAction, registerMiddleware } = driver
  driver.registerMiddleware = function (middleware, options) {
    const { middlewares } = exported.getMetadataArgsStorage()
    const declared = middlewares.find(({ target }) => target === middleware.target)
    return asFrom(sites.get(declared), () => registerMiddleware.call(this, middleware, options)).result
  }
  driver.registerAction = function (action, callback) {
    const isDeclared = ({ target, method, type, route }) =>
      method === action.method &&
      type === action.type &&
      route === action.route &&
      (target === action.target || action.target.prototype instanceof target)
    const declared = exported.getMetadataArgsStorage().actions.find(isDeclared)
    const { made } = asFrom(sites.get(declared), () => registerAction.call(this, action, callback))
    for (const call of made) call.handlers = handlersOf(action, call.handlers)
  }
  // The package's own guard against answering twice protects nothing; whether there is a user, it asks within the handler.
  const handlersOf = (action, handlers) => [
    ...handlers.filter((handler) => handler.name !== 'routeGuard'),
    ...action.params
      .filter((param) => param.type === 'current-user' && param.required)
      .map(() => ({ name: 'currentUserChecker', arity: 3, scope: null })),
  ]
}

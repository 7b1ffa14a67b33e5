// Preloaded into an application of decorated controllers: notes what their package registers on Express with the place of the decorator that asked for it.
'use strict'

const path = require('node:path')
const { createRequire } = require('node:module')
const { asFrom, callSite } = require('./record.cjs')

const requireFromApplication = createRequire(path.join(process.cwd(), 'package.json'))

const patches = { 'routing-controllers': patchRoutingControllers }
const { package: name } = requireFromApplication('./fixture.json')
patches[name]()

/** The line of the project itself, also while a package speaks for it. */
function ownSite() {
  return asFrom(null, () => callSite()).result
}

function patchRoutingControllers() {
  const index = requireFromApplication.resolve('routing-controllers')
  const part = (file) => requireFromApplication(path.join(path.dirname(index), file))
  const exported = requireFromApplication(index)
  const sites = new Map()
  for (const name of ['All', 'Delete', 'Get', 'Head', 'Method', 'Patch', 'Post', 'Put', 'Middleware']) {
    const module = part(`decorator/${name}.js`)
    const original = module[name]
    module[name] = (...args) => {
      const site = ownSite()
      const decorate = original(...args)
      return (...target) => {
        decorate(...target)
        const { actions, middlewares } = exported.getMetadataArgsStorage()
        sites.set((name === 'Middleware' ? middlewares : actions).at(-1), site)
      }
    }
  }
  for (const name of ['createExpressServer', 'useExpressServer']) {
    const original = exported[name]
    exported[name] = (...args) => asFrom(ownSite(), () => original(...args)).result
  }
  const driver = part('driver/express/ExpressDriver.js').ExpressDriver.prototype
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

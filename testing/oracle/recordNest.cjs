// Preloaded into a Nest application: notes every route with the guards, interceptors and pipes that Nest puts in front, and holds the server on 127.0.0.1.
'use strict'

const net = require('node:net')
const path = require('node:path')
const fs = require('node:fs')
const { createRequire } = require('node:module')

const root = fs.realpathSync(process.cwd())
const requireFromApplication = createRequire(path.join(root, 'package.json'))
const core = (name) => requireFromApplication(`@nestjs/core/${name}`)
const { RequestMethod } = requireFromApplication('@nestjs/common')
const routes = []
let current = null

patchRoutes()
patchEnhancers()
patchServers()
answerParent()

/** The explorer registers one handler after the other, once for each of its paths. */
function patchRoutes() {
  const explorer = core('router/router-explorer.js').RouterExplorer.prototype
  const { applyCallbackToRouter } = explorer
  explorer.applyCallbackToRouter = function (...args) {
    const [, definition, wrapper] = args
    current = { handler: `${wrapper.name}.${definition.methodName}`, paths: [], guards: [], interceptors: [], pipes: [] }
    const result = applyCallbackToRouter.apply(this, args)
    const { paths, ...rest } = current
    current = null
    for (const one of paths) routes.push({ method: RequestMethod[definition.requestMethod], path: one, ...rest })
    return result
  }
  const { RouterMethodFactory } = core('helpers/router-method-factory.js')
  const { get } = RouterMethodFactory.prototype
  RouterMethodFactory.prototype.get = function (...args) {
    const register = get.apply(this, args)
    return function (one, ...rest) {
      current?.paths.push(one)
      return register.call(this, one, ...rest)
    }
  }
}

function patchEnhancers() {
  for (const [kind, file, name] of [
    ['guards', 'guards/guards-context-creator.js', 'GuardsContextCreator'],
    ['interceptors', 'interceptors/interceptors-context-creator.js', 'InterceptorsContextCreator'],
    ['pipes', 'pipes/pipes-context-creator.js', 'PipesContextCreator'],
  ]) {
    const prototype = core(file)[name].prototype
    const { create } = prototype
    prototype.create = function (...args) {
      const result = create.apply(this, args)
      if (current !== null) current[kind] = result.map((one) => one.constructor.name)
      return result
    }
  }
}

function patchServers() {
  const listen = net.Server.prototype.listen
  net.Server.prototype.listen = function (...args) {
    const callback = args.findLast((argument) => typeof argument === 'function')
    this.once('listening', () => process.send?.({ type: 'listening', port: this.address().port, file: null }))
    return listen.call(this, { host: '127.0.0.1', port: 0 }, callback)
  }
}

function answerParent() {
  if (!process.send) return
  process.on('message', (message) => {
    if (message === 'record') process.send({ type: 'record', calls: [], receivers: [], nest: routes })
  })
  process.on('disconnect', () => process.exit(0))
  process.channel.unref()
}

// Preloaded into a Nest application: notes every route, GraphQL field and message with the guards, interceptors and pipes that Nest puts in front, and holds the servers on 127.0.0.1.
'use strict'

const http = require('node:http')
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
patchMessages()
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

/** What the packages of the transports make for a field or a message; those that are not installed are not asked. */
function patchMessages() {
  const { ExternalContextCreator } = core('helpers/external-context-creator.js')
  // Fields of types have no guards and interceptors unless the module asks for them. Where there are no arguments either, nothing is in front;
  // @nestjs/graphql 13 and newer call the method itself then, older ones make a context in which nothing runs.
  notingCalls(ExternalContextCreator.prototype, (instance, callback, name, ...rest) => {
    const options = rest[4]
    const isBare = options !== undefined && Object.values(options).every((isOn) => !isOn) && callback.length === 0
    return rest[5] === 'graphql' && !isBare ? { method: 'GRAPHQL', handler: `${instance.constructor.name}.${name}`, options } : null
  })
  for (const [method, file, name] of [
    ['SOCKET', '@nestjs/websockets/context/ws-context-creator.js', 'WsContextCreator'],
    ['RPC', '@nestjs/microservices/context/rpc-context-creator.js', 'RpcContextCreator'],
  ]) {
    const found = optional(file)
    if (found === null) continue
    notingCalls(found[name].prototype, (instance, _callback, _module, callee) => ({
      method,
      handler: `${instance.constructor.name}.${callee}`,
    }))
  }
}

function notingCalls(prototype, describe) {
  const { create } = prototype
  prototype.create = function (...args) {
    const found = describe(...args)
    if (found === null) return create.apply(this, args)
    const { options, ...message } = found
    current = { ...message, path: '', guards: [], interceptors: [], pipes: [] }
    const result = create.apply(this, args)
    for (const kind of ['guards', 'interceptors']) if (options?.[kind] === false) current[kind] = []
    routes.push(current)
    current = null
    return result
  }
}

function optional(file) {
  try {
    return requireFromApplication(file)
  } catch {
    return null
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
    const protocol = this instanceof http.Server ? 'http' : 'tcp'
    this.once('listening', () => process.send?.({ type: 'listening', port: this.address().port, file: null, protocol }))
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

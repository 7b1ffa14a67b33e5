// Preloaded into a fixture application: notes every registration with the place that made it, and holds the server on 127.0.0.1.
'use strict'

const http = require('node:http')
const https = require('node:https')
const net = require('node:net')
const path = require('node:path')
const fs = require('node:fs')
const { createRequire } = require('node:module')
const { callSite, placedAt } = require('./recordPlaces.cjs')

const root = fs.realpathSync(process.cwd())
const requireFromApplication = createRequire(
  path.join(fs.realpathSync(path.join(root, process.env.ORACLE_EXPRESS_FROM || '.')), 'package.json'),
)
const express = requireFromApplication('express')
const METHODS = http.METHODS.map((method) => method.toLowerCase())

const calls = []
const receivers = []
const numbers = new WeakMap()
/** For a Route: the records that put handlers on it, as { index, method }. */
const handlersOfRoute = new WeakMap()
let current = null

patchPrototype('app', express.application, ['use', 'all', 'route', 'param', 'set', 'enable', 'disable', ...METHODS])
patchPrototype('router', typeof express.Router.prototype?.use === 'function' ? express.Router.prototype : express.Router, [
  'use',
  'all',
  'route',
  'param',
  ...METHODS,
])
patchPrototype('route', express.Route.prototype, ['all', ...METHODS])
patchDispatch()
patchCreation()
patchServers()
answerParent()

function patchPrototype(kind, prototype, names) {
  for (const name of names) {
    const original = prototype[name]
    if (typeof original !== 'function') continue
    prototype[name] = function (...args) {
      // What a registration does within Express is no registration of its own.
      const site = current !== null || isReading(kind, name, args) ? null : callSite()
      const outer = current
      if (site) current = note(kind, name, this, args, site)
      if (kind === 'route' && current) handlersOf(this).push({ index: current.index, method: name })
      try {
        const result = original.apply(this, args)
        if (site && name === 'route') current.made = numberOf(result, 'route', site)
        return result
      } finally {
        current = outer
      }
    }
  }
}

/** `app.get('name')` and `app.set('name')` read a setting. */
function isReading(kind, name, args) {
  return kind === 'app' && (name === 'get' || name === 'set') && args.length === 1
}

function note(kind, name, receiver, args, site) {
  const record = { index: calls.length, receiver: numberOf(receiver, kind, site), kind, method: name, ...site }
  if (name === 'set' || name === 'enable' || name === 'disable') {
    record.setting = String(args[0])
    record.value = name === 'set' ? describeSetting(args[1]) : name === 'enable'
  } else if (name === 'param') {
    record.path = describePath(args[0])
  } else {
    const hasPath = kind !== 'route' && (name !== 'use' || !isHandlers(args[0]))
    record.path = hasPath ? describePath(args[0]) : ''
    const handlers = (hasPath ? args.slice(1) : args).flat(Infinity)
    record.handlers = handlers.map((handler) => ({ name: handler?.name ?? '', arity: handler?.length ?? 0, scope: scopeOf(handler) }))
  }
  calls.push(record)
  return record
}

function isHandlers(argument) {
  let first = argument
  while (Array.isArray(first) && first.length > 0) first = first[0]
  return typeof first === 'function'
}

function scopeOf(handler) {
  return typeof handler === 'function' && numbers.has(handler) ? numbers.get(handler) : null
}

function describePath(value) {
  if (Array.isArray(value)) return value.flat(Infinity).map(describePath)
  return value instanceof RegExp ? `/${value.source}/` : String(value)
}

function describeSetting(value) {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value) ? value : typeof value
}

function numberOf(receiver, kind, site) {
  if (!numbers.has(receiver)) {
    numbers.set(receiver, receivers.length)
    receivers.push({ id: receivers.length, kind, file: site.file, line: site.line, column: site.column })
  }
  return numbers.get(receiver)
}

function handlersOf(route) {
  if (!handlersOfRoute.has(route)) handlersOfRoute.set(route, [])
  return handlersOfRoute.get(route)
}

/** Tells, for a request that asks, which registrations answered: the probe needs to know a route from a 404 of its handler. */
function patchDispatch() {
  const original = express.Route.prototype.dispatch
  express.Route.prototype.dispatch = function (req, res, done) {
    if (req.headers['x-oracle'] && !res.headersSent) {
      const method = req.method === 'HEAD' ? 'get' : req.method.toLowerCase()
      const matched = handlersOf(this).filter((handler) => handler.method === method || handler.method === 'all')
      const before = res.getHeader('x-oracle-registrations')
      res.setHeader(
        'x-oracle-registrations',
        [before, ...matched.map((handler) => handler.index)].filter((part) => part !== undefined).join(' '),
      )
    }
    return original.call(this, req, res, done)
  }
}

function patchCreation() {
  const init = express.application.init
  express.application.init = function (...args) {
    const site = callSite({ throughExpress: true })
    if (site) numberOf(this, 'app', site)
    return init.apply(this, args)
  }
  const create = (router) => {
    const site = callSite()
    if (site) numberOf(router, 'router', site)
    return router
  }
  express.Router = new Proxy(express.Router, {
    apply: (target, self, args) => create(Reflect.apply(target, self, args)),
    construct: (target, args, newTarget) => create(Reflect.construct(target, args, newTarget)),
  })
}

function patchServers() {
  const listen = net.Server.prototype.listen
  net.Server.prototype.listen = function (...args) {
    const callback = args.findLast((argument) => typeof argument === 'function')
    const file = callSite({ throughExpress: true })?.file ?? null
    this.once('listening', () => process.send?.({ type: 'listening', port: this.address().port, file }))
    return listen.call(this, { host: '127.0.0.1', port: 0 }, callback)
  }
  const appListen = express.application.listen
  express.application.listen = function (...args) {
    const site = callSite()
    if (site) calls.push({ index: calls.length, receiver: numberOf(this, 'app', site), kind: 'app', method: 'listen', ...site })
    return appListen.apply(this, args)
  }
  for (const module of [http, https]) {
    const createServer = module.createServer
    module.createServer = function (...args) {
      const site = callSite()
      const app = args.find((argument) => scopeOf(argument) !== null)
      if (site && app) calls.push({ index: calls.length, receiver: numbers.get(app), kind: 'app', method: 'createServer', ...site })
      return createServer.apply(this, args)
    }
  }
}

/** Runs work of a package whose registrations count as made at the place; gives what it recorded. */
function asFrom(place, work) {
  const before = calls.length
  const result = placedAt(place, work)
  return { result, made: calls.slice(before) }
}

function answerParent() {
  if (!process.send) return
  process.on('message', (message) => {
    if (message === 'record') process.send({ type: 'record', calls, receivers })
  })
  process.on('disconnect', () => process.exit(0))
  process.channel.unref()
}

module.exports = { asFrom }

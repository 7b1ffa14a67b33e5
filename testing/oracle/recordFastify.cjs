// Preloaded into a Fastify application: notes every route with its hooks and the places that made them, and holds the server on 127.0.0.1.
'use strict'

const net = require('node:net')
const path = require('node:path')
const fs = require('node:fs')
const { createRequire } = require('node:module')
const { callersWithin } = require('./recordPlaces.cjs')

const root = fs.realpathSync(process.cwd())
const requireFromApplication = createRequire(path.join(root, 'package.json'))
const HOOKS = ['onRequest', 'preParsing', 'preValidation', 'preHandler', 'preSerialization', 'onError', 'onSend', 'onResponse']

/** Each route with the context that it stands in; hooks are read when somebody asks, since contexts get theirs until they are ready. */
const routes = []
const sitesOfHooks = new WeakMap()

replaceLoader()
patchServers()
answerParent()

/** Every application is handed to avvio before anything is registered on it, whether it was imported or required. */
function replaceLoader() {
  const requireFromFastify = createRequire(requireFromApplication.resolve('fastify'))
  const original = requireFromFastify('avvio')
  const loading = function (app, ...rest) {
    watch(app)
    return original(app, ...rest)
  }
  require.cache[requireFromFastify.resolve('avvio')].exports = Object.assign(loading, original)
}

function watch(app) {
  const { addHook } = app
  app.addHook = function (name, hook, ...rest) {
    if (typeof hook === 'function') sitesOfHooks.set(hook, callSite())
    return addHook.call(this, name, hook, ...rest)
  }
  app[symbolOf(app, 'fastify.hooks')].onRoute.push(function (route) {
    const site = callSite()
    const own = Object.fromEntries(HOOKS.map((name) => [name, [route[name] ?? []].flat().length]))
    if (site.file || site.package) routes.push({ context: this, methods: [route.method].flat(), url: route.url, own, ...site })
  })
}

function described({ context, methods, url, own, ...site }) {
  const symbol = symbolOf(context, 'fastify.hooks')
  const hooks = HOOKS.flatMap((name) => [
    ...(context[symbol]?.[name] ?? []).flatMap((hook) => {
      const site = sitesOfHooks.get(hook)
      return site?.file ? [`${name} ${site.file}:${site.line}`] : []
    }),
    ...Array.from({ length: own[name] }, () => `${name} of the route`),
  ])
  return { methods, url, hooks, ...site }
}

/** Symbols of a context may stand on the objects that it inherits from. */
function symbolOf(context, description) {
  for (let one = context; one !== null; one = Object.getPrototypeOf(one)) {
    const symbol = Object.getOwnPropertySymbols(one).find((each) => each.description === description)
    if (symbol !== undefined) return symbol
  }
  return undefined
}

function patchServers() {
  const listen = net.Server.prototype.listen
  net.Server.prototype.listen = function (...args) {
    const callback = args.findLast((argument) => typeof argument === 'function')
    const file = callSite()?.file ?? null
    this.once('listening', () => process.send?.({ type: 'listening', port: this.address().port, file }))
    return listen.call(this, { host: '127.0.0.1', port: 0 }, callback)
  }
}

/** The project's own line that makes the call, or the package that makes it. */
function callSite() {
  for (const { file, line } of callersWithin(80)) {
    if (/node_modules\/(fastify|fastify4|avvio)\//.test(file)) continue
    const relative = path.relative(root, file).split(path.sep).join('/')
    if (relative.startsWith('..') || relative.includes('node_modules/'))
      return { package: /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? '' }
    return { file: relative, line }
  }
  return {}
}

function answerParent() {
  if (!process.send) return
  process.on('message', (message) => {
    if (message === 'record') process.send({ type: 'record', calls: [], receivers: [], routes: routes.map(described) })
  })
  process.on('disconnect', () => process.exit(0))
  process.channel.unref()
}

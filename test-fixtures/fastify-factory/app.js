import Fastify from 'fastify'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import { routes } from './routes.js'

/** An application that is ready to listen or to be injected into. */
export async function build({ limits, ...options } = {}) {
  const app = Fastify(options)
  app.register(underPressure, { maxEventLoopDelay: 5000 })
  if (limits) await app.register(rateLimit, { global: false })
  for (const { prefix, plugin } of routes) app.register(plugin, { prefix })
  return app
}

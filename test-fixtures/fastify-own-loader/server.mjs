import { readdirSync } from 'node:fs'
import Fastify from 'fastify'
import helmet from '@fastify/helmet'

const app = Fastify()
await app.register(helmet, { global: true, contentSecurityPolicy: false })

const folder = new URL('./routes/', import.meta.url)
for (const name of readdirSync(folder)) {
  const module = await import(new URL(name, folder))
  app.register(module.default, { prefix: module.prefix ?? `/${name.replace('.mjs', '')}` })
}
app.register(import('./status.mjs'), { prefix: '/status' })

await app.listen({ port: Number(process.env.PORT) })

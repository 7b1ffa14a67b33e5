import { join } from 'node:path'
import Fastify from 'fastify'
import autoload from '@fastify/autoload'

const app = Fastify()
const here = import.meta.dirname

app.register(autoload, { dir: join(here, 'plugins') })
app.register(autoload, {
  dir: join(here, 'routes'),
  options: { prefix: '/api' },
  autoHooks: true,
  cascadeHooks: true,
  routeParams: true,
  ignorePattern: /^drafts/,
})

await app.listen({ port: Number(process.env.PORT) })

import { build } from './app.js'

const app = await build({ logger: false, limits: process.env.NODE_ENV === 'production' })
await app.listen({ port: Number(process.env.PORT) })

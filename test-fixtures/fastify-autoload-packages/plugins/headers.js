import helmet from '@fastify/helmet'
import fp from 'fastify-plugin'

export default fp(helmet)

import rateLimit from '@fastify/rate-limit'

export const autoConfig = (app) => ({ max: app.config.MOST_REQUESTS, timeWindow: '1 minute' })

export default rateLimit

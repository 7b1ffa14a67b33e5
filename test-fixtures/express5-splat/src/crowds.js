import { RateLimiterMemory } from 'rate-limiter-flexible'

const limiter = new RateLimiterMemory({ points: 64, duration: 60 })

export async function slowDownCrowds(req, res, next) {
  try {
    await limiter.consume(req.ip)
  } catch {
    res.status(429).send('Too many requests')
    return
  }
  next()
}

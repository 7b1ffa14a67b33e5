const { rateLimit } = require('express-rate-limit')

let limiter

exports.getLimiter = async () => {
  if (!limiter) limiter = rateLimit({ windowMs: 60_000, limit: 40, message: { message: 'slow down' } })
  return limiter
}

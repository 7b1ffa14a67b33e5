// What every application of the shop puts in front of its routes.
const helmet = require('helmet')
const { rateLimit } = require('express-rate-limit')

exports.harden = (app) => {
  app.use(helmet())
  app.use(rateLimit({ windowMs: 15 * 60 * 1000, limit: 100 }))
}

exports.notFound = (req, res) => {
  res.status(404).json({ error: 'Not found' })
}

const express = require('express')
const helmet = require('helmet')
const expressAsyncHandler = require('express-async-handler')
const { rateLimit } = require('express-rate-limit')
const { asyncHandler, compose, validate } = require('./wrappers')
const Payments = require('./Payments')

const payments = new Payments()
const app = express()
const secure = compose(helmet(), rateLimit({ windowMs: 60_000, limit: 70 }))

app.use(secure)
app.use(express.json())

app.get('/payments/:id', asyncHandler(payments.find.bind(payments)))
app.post('/payments', validate(body => Number.isFinite(body.amount)), expressAsyncHandler(async (req, res) => payments.create(req, res)))
app.post('/refunds', compose([validate(body => body.amount > 0), asyncHandler((req, res) => payments.refund(req, res))]))

// Three parameters: Express takes it for ordinary middleware, so errors pass it by.
app.use((err, req, res) => {
  err.status(404).json({ error: 'not found' })
})

app.use((err, req, res, next) => {
  if (err.expose) return res.status(err.status).json({ error: err.message })
  next(err)
})

app.use(function finalHandler(err, req, res, next) {
  res.status(err.status ?? 500).json({ error: err.message, cause: err.cause })
})

app.listen(process.env.PORT, () => console.log('payments ready'))

const express = require('express')
const { rateLimit } = require('express-rate-limit')

module.exports = ({ booksController, sessionsController, config }) => {
  const router = express.Router()
  const attempts = rateLimit({ windowMs: 15 * 60 * 1000, limit: config.attempts, standardHeaders: true, legacyHeaders: false })

  router.use(express.json())
  router.get('/books', booksController.list)
  router.post('/books', booksController.add)
  router.get('/books/:id/loans', booksController.loans)
  router.post('/sessions', attempts, sessionsController.create)
  return router
}

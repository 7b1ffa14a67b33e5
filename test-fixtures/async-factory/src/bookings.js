const { Router } = require('express')
const { rateLimit } = require('express-rate-limit')

async function createBookings(database) {
  const router = Router()
  const limiter = rateLimit({ windowMs: 60_000, limit: 60 })

  router.use(limiter)
  router.get('/', async (req, res) => res.json(await database.all()))
  router.get('/fail', (req, res, next) => next(new Error('relation "bookings" does not exist')))
  router.post('/', async (req, res, next) => {
    try {
      await database.add({ room: req.body.room })
      res.status(201).json({ booked: true })
    } catch (error) {
      next(error)
    }
  })
  return router
}

module.exports = { createBookings }

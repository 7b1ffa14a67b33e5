const express = require('express')
const helmet = require('helmet')
const { createBookings } = require('./bookings')
const createAdmin = require('./admin')

exports.createApp = async function createApp({ database }) {
  const app = express()
  app.disable('x-powered-by')
  app.use(helmet({ contentSecurityPolicy: false }))
  app.use(express.json())

  const [bookings, admin] = await Promise.all([createBookings(database), createAdmin(database)])
  app.use('/bookings', bookings)
  app.use('/admin', admin)

  app.use((err, req, res, next) => {
    res.status(500).json({ error: String(err) })
  })
  return app
}

const { Router } = require('express')

const requireAdmin = (req, res, next) => {
  if (req.get('authorization') !== `Bearer ${process.env.ADMIN_TOKEN}`) return res.status(401).json({ error: 'Unauthorized' })
  next()
}

module.exports = async database => {
  const admin = Router()
  admin.use(requireAdmin)
  admin.get('/stats', async (req, res) => res.json({ bookings: (await database.all()).length }))
  return admin
}

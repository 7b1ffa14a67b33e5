const express = require('express')
const cors = require('cors')

const admin = express()
const reports = express()

admin.enable('strict routing')
admin.use((req, res, next) => (req.get('x-admin') ? next() : res.sendStatus(403)))
admin.get('/users', (req, res) => res.json([]))

reports.use(cors({ origin: '*' }))
reports.get('/daily', (req, res) => res.json({ views: 0 }))
admin.use('/reports', reports)

module.exports = admin

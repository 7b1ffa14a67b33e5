const express = require('express')
const cors = require('cors')
const links = require('../lib/links')

const app = express()

app.use(cors({ origin: process.env.SITE_URL || '*' }))
app.use(express.json())
app.post('/links', links.create)
app.get('/links/:code', links.follow)

module.exports = app

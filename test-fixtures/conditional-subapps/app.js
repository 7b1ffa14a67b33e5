const express = require('express')
const helmet = require('helmet')
const morgan = require('morgan')
const errorhandler = require('errorhandler')
const { rateLimit } = require('express-rate-limit')
const admin = require('./admin')
const articles = require('./articles')

const app = express()
const isProduction = process.env.NODE_ENV === 'production'

if (isProduction) {
  app.use(helmet())
} else {
  app.use(morgan('dev'))
  app.get('/debug', (req, res) => res.json(process.env))
}

if (process.env.ENABLE_LIMITS === 'true') {
  app.use(rateLimit({ windowMs: 60_000, limit: 90 }))
}

app.get('/', (req, res) => res.send('<h1>Press</h1>'))
app.use('/admin', admin)
app.use('/articles', articles)
process.env.FEATURE_COMMENTS && app.use('/comments', require('./comments'))

switch (app.get('env')) {
  case 'development':
    app.use(errorhandler())
    break
  default:
    app.use((err, req, res, next) => res.status(500).send('Something broke'))
}

module.exports = app

var express = require('express')
var cors = require('cors')
var session = require('express-session')
var cookieParser = require('cookie-parser')
var logger = require('morgan')
var people = require('./people')

var app = express()

app.set('x-powered-by', false)
app.set('trust proxy', true)
app.use(logger('combined'))
app.use(cookieParser())
app.use(session({ secret: process.env.SESSION_SECRET, resave: false, saveUninitialized: true, cookie: { secure: true } }))
app.options('*', cors({ origin: 'https://intranet.example' }))

app.post('/login', express.json(), async function (req, res) {
  const user = await people.find(req.body.user)
  req.session.user = user
  res.json({ welcome: user.name })
})
app.get('/people/:id?', cors({ origin: 'https://intranet.example' }), people.list)
app.get('/files/:name', require('./files').download)
app.get('*', function (req, res) {
  res.send('<div id="app"></div>')
})

app.listen(process.env.PORT || 3000)

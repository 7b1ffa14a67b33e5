// The server that the end-to-end tests open: small, and with findings of each kind.

export const APP = `const express = require('express')
const users = require('./routes/users')

const app = express()
app.use(express.json())
app.use('/users', users)

app.listen(3000)
`

export const USERS = `const { Router } = require('express')
const { login, find } = require('../accounts')

const router = Router()

router.post('/login', async (req, res) => {
  const session = await login(req.body.name, req.body.password)
  res.json(session)
})

router.get('/:id', (req, res) => {
  try {
    res.json(find(req.params.id))
  } catch (err) {
    res.status(500).json({ error: err.stack })
  }
})

module.exports = router
`

export const ACCOUNTS = `exports.login = async (name, password) => {
  console.log('login of', name)
  return { name, token: password.length }
}

exports.find = (id) => ({ id })
`

export const MANIFEST = `{
  "name": "api",
  "private": true,
  "scripts": { "start": "node src/app.js" },
  "dependencies": { "express": "^4.21.0", "express-rate-limit": "^7.0.0", "helmet": "^8.0.0" }
}
`

export const APPLICATION: Readonly<Record<string, string>> = {
  'package.json': MANIFEST,
  'src/app.js': APP,
  'src/accounts.js': ACCOUNTS,
  'src/routes/users.js': USERS,
}

// A server with a limiter in app.js and routes elsewhere, and some weaknesses that are old, for tests of comparisons.

export const WEAK_SERVER: Readonly<Record<string, string>> = {
  'package.json': `{
  "dependencies": { "express": "^5.0.0", "express-rate-limit": "^8.0.0", "helmet": "^8.0.0" },
  "scripts": { "start": "node app.js" }
}
`,
  'app.js': `const express = require('express')
const helmet = require('helmet')
const { rateLimit } = require('express-rate-limit')
const app = express()
app.use(helmet())
app.use(rateLimit({ windowMs: 60000, limit: 100 }))
app.use('/users', require('./routes/users.js'))
app.listen(3000)
`,
  'routes/users.js': `const router = require('express').Router()
router.get('/', (req, res) => {
  console.log('list')
  res.json([])
})
router.get('/:id', (req, res) => {
  console.log('one')
  res.json({})
})
module.exports = router
`,
}

/** The change that takes the limiter away. */
export const UNPROTECTED = (WEAK_SERVER['app.js'] ?? '').replace(/app\.use\(rateLimit.*\n/, '')

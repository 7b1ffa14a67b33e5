// A small server that tests of the language server edit.

export const APP = `import express from 'express'
import { users } from './routes/users.js'

const app = express()
app.use(express.json())
app.use('/users', users)
app.listen(3000)
`

export const USERS = `import { Router } from 'express'

export const users = Router()
users.get('/', (req, res) => {
  console.log('users')
  res.json([])
})
users.post('/login', (req, res) => {
  console.log('login')
  res.json({})
})
`

export const SERVER: Readonly<Record<string, string>> = {
  'package.json': `{ "name": "one", "type": "module", "scripts": { "start": "node app.js" }, "dependencies": { "express": "^5.0.0" } }\n`,
  'app.js': APP,
  'routes/users.js': USERS,
}

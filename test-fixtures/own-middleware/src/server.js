import express from 'express'
import { limitRequests } from './limit.js'
import { protect, allowOrigins } from './headers.js'
import { failures } from './failures.js'

const app = express()
const issues = [{ number: 1 }, { number: 2 }]

app.disable('x-powered-by')
app.use(protect)
app.use(allowOrigins((process.env.ALLOWED_ORIGINS || '').split(',')))
app.use(limitRequests({ perMinute: 60 }))

app.get('/issues', (req, res) => res.json(issues))
app.get('/issues/broken', async (req, res, next) => next(new Error('disk /var/gazette is full')))
app.get('/issues/:number', (req, res) => {
  const issue = issues.find(each => each.number === Number(req.params.number))
  if (!issue) return void res.status(404).json({ error: 'No such issue' })
  res.json(issue)
})

app.use(failures)
app.listen(Number(process.env.PORT))

import { Router } from 'express'
import jwt from 'jsonwebtoken'
import { z } from 'zod'
import { sessions } from './config.js'

export const accounts = Router()
const login = z.object({ name: z.string().min(1) })

accounts.get('/version', (_req, res) => void res.json({ version: 2 }))
accounts.post('/token', (req, res) => {
  const body = login.safeParse(req.body)
  if (!body.success) return void res.status(400).json({ error: 'name is missing' })
  res.json({ token: jwt.sign({ sub: body.data.name }, sessions.JWT_SECRET, { expiresIn: '15m', algorithm: 'HS256' }) })
})
accounts.get('/me', (req, res) => {
  try {
    res.json(jwt.verify(String(req.headers.authorization).slice(7), sessions.JWT_SECRET, { algorithms: ['HS256'] }))
  } catch {
    res.status(401).json({ error: 'Sign in first' })
  }
})
accounts.get('/failure', (_req, _res, next) => next(new Error('account store is gone')))

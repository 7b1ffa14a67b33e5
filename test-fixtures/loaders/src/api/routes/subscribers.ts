import { Router, type RequestHandler } from 'express'
import jwt from 'jsonwebtoken'
import config from '@/config'

const route = Router()

const isAuth: RequestHandler = (req, res, next) => {
  try {
    res.locals.user = jwt.verify(String(req.headers.authorization).replace('Bearer ', ''), config.jwtSecret)
    next()
  } catch {
    res.status(401).json({ error: 'Unauthorized' })
  }
}

export default (app: Router) => {
  app.use('/subscribers', route)

  route.get('/me', isAuth, (req, res) => {
    res.json({ user: res.locals.user })
  })
}

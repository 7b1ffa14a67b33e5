import { Router } from 'express'
import jwt from 'jsonwebtoken'
import config from '@/config'

const route = Router()

export default (app: Router) => {
  app.use('/auth', route)

  route.post('/signin', async (req, res, next) => {
    try {
      const { email, password } = req.body
      if (!password) throw new Error('no password')
      return void res.json({ token: jwt.sign({ email }, config.jwtSecret) })
    } catch (e) {
      return next(e)
    }
  })
}

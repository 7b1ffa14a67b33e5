import { Router } from 'express'
import auth from './routes/auth'
import subscribers from './routes/subscribers'

export default () => {
  const app = Router()
  auth(app)
  subscribers(app)
  return app
}

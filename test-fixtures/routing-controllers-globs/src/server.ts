import 'reflect-metadata'
import path from 'node:path'
import { createExpressServer } from 'routing-controllers'
import { Shout } from './interceptors'

const app = createExpressServer({
  cors: true,
  controllers: [path.join(__dirname, 'controllers', '*.js'), `${__dirname}/members.{ts,js}`],
  middlewares: [`${__dirname}/middlewares/*.js`],
  interceptors: [Shout],
})

app.listen(process.env.PORT)

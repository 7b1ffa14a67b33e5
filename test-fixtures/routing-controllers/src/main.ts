import 'reflect-metadata'
import express from 'express'
import helmet from 'helmet'
import { useContainer, useExpressServer } from 'routing-controllers'
import { Container } from 'typedi'
import { userOf, mayDo } from './accounts'
import { MeController } from './controllers/MeController'
import { ParcelsController } from './controllers/ParcelsController'
import { ReportsController } from './controllers/ReportsController'
import { Audit } from './middleware/Audit'
import { Errors } from './middleware/Errors'
import { Limits } from './middleware/Limits'

useContainer(Container)
const app = express()
app.disable('x-powered-by')
app.use(helmet())
app.get('/health', (req, res) => {
  res.json({ ok: true })
})
useExpressServer(app, {
  routePrefix: '/api',
  cors: { origin: 'https://parcels.example' },
  controllers: [ReportsController, ParcelsController, MeController],
  middlewares: [Errors, Limits, Audit],
  defaultErrorHandler: false,
  validation: { whitelist: true, forbidNonWhitelisted: true },
  authorizationChecker: async ({ request }, roles: string[]) => {
    const user = await userOf(request)
    return user !== null && mayDo(user, roles)
  },
  currentUserChecker: ({ request }) => userOf(request),
})
app.listen(process.env.PORT)

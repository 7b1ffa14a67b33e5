import express from 'express'
import cookieParser from 'cookie-parser'
import cors from 'cors'
import session from 'express-session'
import helmet from 'helmet'
import { rateLimit } from 'express-rate-limit'
import { api, corsOptions, env, helmetOptions, limits, sessions } from './config.js'
import { accounts } from './accounts.js'

const app = express()
const prefix = `${api.base}/v${api.current}`

app.set('trust proxy', limits.trustProxy)
app.use(helmet(helmetOptions))
app.use(cors(corsOptions))
app.use(cookieParser(sessions.SESSION_SECRET))
app.use(session({ ...sessions.options, secret: sessions.SESSION_SECRET }))
app.use(rateLimit(limits.general))
app.use(express.json())
app.use(prefix, accounts)
app.use(((error, _req, res, _next) => {
  res.status(error.status ?? 500).json({ error: env.isProduction ? 'Internal error' : error.message })
}) satisfies express.ErrorRequestHandler)

app.listen(env.PORT)

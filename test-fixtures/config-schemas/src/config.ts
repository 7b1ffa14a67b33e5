import { cleanEnv, port, str } from 'envalid'
import Joi from 'joi'
import { z } from 'zod'
import type { CorsOptions } from 'cors'
import type { HelmetOptions } from 'helmet'

export const env = cleanEnv(process.env, {
  PORT: port({ default: 3000 }),
  PUBLIC_HOST: str(),
})

const versions = { current: 2, oldest: 1 }
export const api = { ...versions, base: '/api' }

const limitSchema = z.object({
  RATE_LIMIT: z.coerce.number().int().positive().default(100),
  RATE_WINDOW_MINUTES: z.coerce.number().default(15),
})
const numbers = limitSchema.parse(process.env)
const baseLimit = { standardHeaders: true, legacyHeaders: false }

export const limits = {
  trustProxy: 1,
  general: { ...baseLimit, limit: numbers.RATE_LIMIT, windowMs: numbers.RATE_WINDOW_MINUTES * 60 * 1000 },
}

const sessionSchema = Joi.object({
  SESSION_SECRET: Joi.string().min(32).required(),
  JWT_SECRET: Joi.string().min(32).required(),
}).unknown()
const { value, error } = sessionSchema.validate(process.env)
if (error) throw new Error(`Environment: ${error.message}`)

export const sessions = {
  SESSION_SECRET: value.SESSION_SECRET as string,
  JWT_SECRET: value.JWT_SECRET as string,
  options: { resave: false, saveUninitialized: false, cookie: { secure: env.isProduction, httpOnly: true, sameSite: 'lax' as const } },
}

let origin: CorsOptions['origin'] = `https://${env.PUBLIC_HOST}`
if (!env.isProduction) origin = true
export const corsOptions: CorsOptions = { origin, credentials: true }

export const helmetOptions: HelmetOptions = {
  contentSecurityPolicy: env.isProduction ? { directives: { defaultSrc: ["'self'"] } } : false,
}
helmetOptions.frameguard = { action: 'deny' }

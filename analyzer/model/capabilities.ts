// All capabilities by name, for settings and arguments that name them.
import type { Capability } from './model.js'

/** A record, so that a new capability cannot be forgotten here. */
const ALL: Readonly<Record<Capability, true>> = {
  'security-headers': true,
  csp: true,
  hsts: true,
  'permissions-policy': true,
  'hide-powered-by': true,
  cors: true,
  'rate-limit': true,
  'slow-down': true,
  auth: true,
  validation: true,
  'error-handler': true,
  'body-parser': true,
  session: true,
  cookies: true,
  csrf: true,
  logging: true,
  static: true,
  compression: true,
  'request-id': true,
  'webhook-signature': true,
  upload: true,
  sanitize: true,
  'https-redirect': true,
  'async-errors': true,
  docs: true,
  metrics: true,
  health: true,
  view: true,
}

export const CAPABILITIES = Object.keys(ALL) as readonly Capability[]

// The areas of the readiness report, and all controls in their order.
import type { AreaId, ControlDefinition } from '../control.js'
import { dataStores } from './dataStores.js'
import { deployment } from './deployment.js'
import { errors } from './errors.js'
import { headers } from './headers.js'
import { input } from './input.js'
import { limits } from './limits.js'
import { logging } from './logging.js'
import { operations } from './operations.js'
import { secrets } from './secrets.js'
import { sessions } from './sessions.js'
import { sessionStores } from './sessionStores.js'
import { sockets } from './sockets.js'
import { tokens } from './tokens.js'
import { transport } from './transport.js'
import { watching } from './watching.js'

export const AREAS: readonly { readonly id: AreaId; readonly title: string }[] = [
  { id: 'headers', title: 'Security headers and CORS' },
  { id: 'rate-limits', title: 'Rate limits' },
  { id: 'errors', title: 'Errors' },
  { id: 'logging', title: 'Logging' },
  { id: 'secrets', title: 'Secrets and environment' },
  { id: 'sessions', title: 'Sessions and tokens' },
  { id: 'transport', title: 'Transport' },
  { id: 'input', title: 'Input' },
  { id: 'sockets', title: 'Sockets and webhooks' },
  { id: 'data-stores', title: 'Data stores' },
  { id: 'operations', title: 'Operations' },
  { id: 'deployment', title: 'Deployment' },
]

export const CONTROLS: readonly ControlDefinition[] = [
  ...headers,
  ...limits,
  ...errors,
  ...logging,
  ...secrets,
  ...sessions,
  ...tokens,
  ...sessionStores,
  ...transport,
  ...input,
  ...sockets,
  ...dataStores,
  ...operations,
  ...watching,
  ...deployment,
]

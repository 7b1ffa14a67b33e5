// Where sessions are set up: the middleware and plugins that keep them, with their options.
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { packageOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { productionCalls } from '../productionCalls.js'
import { recordedOnce } from '../recorded.js'
import { oneOf } from '../sorted.js'
import { property } from '../values.js'

export type SessionPackage = 'express-session' | 'cookie-session' | '@fastify/session' | '@fastify/secure-session' | 'iron-session'

/** A line that sets sessions up. Several records of one line are several contexts. */
export interface SessionSetup {
  readonly package: SessionPackage
  readonly call: CallRecord
  /** Options of the whole; null where there are none. */
  readonly options: Value | null
  /** The argument that holds them. */
  readonly argument: number
  /** Options of the cookie: those of cookie-session are its own. */
  readonly cookie: Value | null
}

/** Every setup that production runs, in order. */
export const sessionSetups: (model: ProjectModel) => readonly SessionSetup[] = recordedOnce((model) =>
  productionCalls(model, setupCalls(model)).flatMap(setupOf),
)

const PACKAGES: Readonly<Record<string, SessionPackage>> = {
  'express-session': 'express-session',
  'cookie-session': 'cookie-session',
  '@fastify/session': '@fastify/session',
  'fastify-session': '@fastify/session',
  '@fastify/secure-session': '@fastify/secure-session',
  'fastify-secure-session': '@fastify/secure-session',
  'iron-session': 'iron-session',
  'iron-session/express': 'iron-session',
}

const setupCalls = callsThat((call) => setupOf(call).length > 0, {
  packages: oneOf(['express-session', 'cookie-session', 'iron-session', 'iron-session/express']),
  names: oneOf(['register']),
})

function setupOf(call: CallRecord): readonly SessionSetup[] {
  if (call.isWrite) return []
  const { callee } = call
  const isRegistered = callee.kind === 'member' && callee.name === 'register'
  const origin = packageOf(isRegistered ? (call.args[0] ?? null) : callee)
  const name = origin === null ? undefined : PACKAGES[origin.package]
  if (origin === null || name === undefined || isRegistered !== name.startsWith('@fastify/')) return []
  if (name === 'iron-session') return ofIron(call, origin.path)
  if (origin.path.length > (isRegistered ? 1 : 0)) return []
  const argument = isRegistered ? 1 : 0
  const options = call.args[argument] ?? null
  const cookie = name === 'cookie-session' ? options : (property(options, 'cookie') ?? older(name, options))
  return [{ package: name, call, options, argument, cookie }]
}

/** `getIronSession(req, res, options)`, of a store of cookies `getIronSession(cookies, options)`, and the middleware `ironSession(options)`. */
function ofIron(call: CallRecord, [name = '', ...deeper]: readonly string[]): readonly SessionSetup[] {
  if (!/^(getIronSession|ironSession)$/.test(name) || deeper.length > 0) return []
  const argument = call.args.length - 1
  const options = call.args[argument] ?? null
  return options === null ? [] : [{ package: 'iron-session', call, options, argument, cookie: property(options, 'cookieOptions') }]
}

/** The name that @fastify/secure-session knew first. */
function older(name: SessionPackage, options: Value | null): Value | null {
  return name === '@fastify/secure-session' ? property(options, 'cookieOptions') : null
}

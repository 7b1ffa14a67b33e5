// Sessions that are kept in the memory of one process.
import type { Value } from '../../link/value.js'
import { inSameFunction, locationKey, type Location } from '../../text/location.js'
import { flagsOf } from '../effect.js'
import type { Answer, Confidence, ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { sessionSetups, type SessionSetup } from './sessionSetups.js'
import { agreement, hasProperty, isTrue, possibleValues, property } from '../values.js'

export interface MemorySession {
  readonly setup: SessionSetup
  /** The store that is named, else the setup. */
  readonly at: Location
  /** Requests without a cookie get a session as well, so that whoever sends enough of them fills the memory. */
  readonly isOpenToAll: boolean
  readonly confidence: Confidence
}

/** Setups that production runs and that certainly keep sessions in memory, once per place. A store that a condition brings is a store. */
export function memorySessions(model: ProjectModel): readonly MemorySession[] {
  const setups = sessionSetups(model)
  const found = new Map<string, MemorySession>()
  const stored = new Set(setups.filter((setup) => keepsInMemory(setup) !== 'yes').map(({ call }) => locationKey(call.at)))
  for (const setup of setups) {
    const { call, options } = setup
    const key = locationKey(call.at)
    // What has a store in one context has one in production.
    if (keepsInMemory(setup) !== 'yes' || stored.has(key) || found.has(key) || hasStoredTwin(setup, setups)) continue
    const store = possibleValues(options).flatMap((one) => (one.kind === 'object' ? (one.writtenAt.get('store') ?? []) : []))[0]
    found.set(key, {
      setup,
      at: store !== undefined && store.file === call.at.file ? store : call.at,
      isOpenToAll: isOpenToAll(setup),
      confidence: call.phase === 'unreached' || flagsOf(call.guards).length > 0 ? 'medium' : 'high',
    })
  }
  return [...found.values()]
}

/** Whether the setup names no store but memory. Sessions of cookie-session and @fastify/secure-session are in their cookies. */
export function keepsInMemory({ package: name, options }: SessionSetup): Answer {
  if (name !== 'express-session' && name !== '@fastify/session') return 'no'
  const store = property(options, 'store')
  if (store === null) return hasProperty(options, 'store') === 'no' ? 'yes' : 'unknown'
  return agreement(possibleValues(store).map(isInMemory))
}

function isInMemory(store: Value): Answer {
  if (store.kind === 'literal') return store.value === undefined || store.value === null ? 'yes' : 'unknown'
  const origin = originOf(store)
  if (origin === null) return 'unknown'
  return /^(express-session|@fastify\/session|fastify-session)$/.test(origin.package) && origin.path.includes('MemoryStore') ? 'yes' : 'no'
}

/** Another setup of the same function, under a condition: which of them serves is decided at start. */
function hasStoredTwin({ call }: SessionSetup, setups: readonly SessionSetup[]): boolean {
  return setups.some(
    (other) =>
      inSameFunction(other.call.at, call.at) && keepsInMemory(other) !== 'yes' && (call.guards.length > 0 || other.call.guards.length > 0),
  )
}

/** express-session saves what nobody touched unless it is told otherwise, and so does @fastify/session. */
function isOpenToAll({ options }: SessionSetup): boolean {
  const value = property(options, 'saveUninitialized')
  return value === null ? hasProperty(options, 'saveUninitialized') === 'no' : isTrue(value) === 'yes'
}

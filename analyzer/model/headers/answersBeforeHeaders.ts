// Layers in front of the one that sets security headers, and that answer some requests themselves (domain fact A8).
import type { Location } from '../../text/location.js'
import { effectsOf } from '../effects.js'
import type { App, Capability, Entry, ProjectModel } from '../model.js'
import { registrationsOf, type Registration } from '../registrations.js'
import { coversPath } from '../routePaths.js'

export interface EarlyAnswerer {
  readonly name: string
  /** Where it is registered. */
  readonly at: Location
  readonly entry: Entry
  /** With which status it answers by itself. */
  readonly statuses: string
}

export interface EarlyAnswers {
  readonly registration: Registration
  /** In order. */
  readonly answerers: readonly [EarlyAnswerer, ...EarlyAnswerer[]]
}

const ANSWERERS: readonly (readonly [Capability, name: string, statuses: string])[] = [
  ['body-parser', 'the body parser', '400 and 413'],
  ['rate-limit', 'the limiter', '429'],
  ['auth', 'the authentication', '401'],
]

/** null where the headers come first, or are not set for the whole application by one layer of it. Fastify's hooks do not depend on the order (A16). */
export function answersBeforeHeaders(model: ProjectModel, app: App): EarlyAnswers | null {
  if (app.framework !== 'express') return null
  const registration = registrationsOf(model, app, 'security-headers').find(
    (one) => one.scope === app.scope && !one.isOff && !one.effect.isConditional && one.entry.kind === 'layer' && coversAll(one.entry),
  )
  if (registration === undefined) return null
  const answerers: EarlyAnswerer[] = []
  for (const entry of app.scope.entries) {
    for (const [index, handler] of entry.handlers.entries()) {
      if (entry === registration.entry && handler === registration.handler) {
        const [first, ...others] = answerers
        return first === undefined ? null : { registration, answerers: [first, ...others] }
      }
      if (entry.kind !== 'layer' || entry.isOff || entry.guards.length > 0 || !coversAll(entry)) continue
      const effects = effectsOf(model, handler).filter((effect) => !effect.isConditional && effect.confidence === 'high')
      const found = ANSWERERS.find(([capability]) => effects.some((effect) => effect.capability === capability))
      if (found !== undefined) answerers.push({ name: found[1], at: entry.handlersAt[index] ?? entry.at, entry, statuses: found[2] })
    }
  }
  return null
}

function coversAll(entry: Entry): boolean {
  return coversPath(entry.path, null) === 'yes'
}

// Routes that pass every request on, or refuse it: `app.all('/{*rest}', cors())` is a layer by another name.
import { conductOf } from './conduct.js'
import { effectsOf } from './effects.js'
import type { Capability, ProjectModel, Route } from './model.js'

/** What packages do in front of other handlers, and never in the place of one. */
const PASSING: ReadonlySet<Capability> = new Set<Capability>(['security-headers', 'cors', 'rate-limit', 'body-parser'])

/** True where nothing but other routes answers the requests that get through. */
export function isPassage(model: ProjectModel, { method, handler }: Route): boolean {
  if (method !== 'ALL' || handler === null) return false
  if (handler.kind === 'function') {
    const { continues, delegations, answers } = conductOf(model, handler)
    return (
      continues && delegations.length === 0 && answers.every(({ statuses }) => statuses.length > 0 && statuses.every((one) => one >= 400))
    )
  }
  const effects = handler.kind === 'result' ? effectsOf(model, handler) : []
  return effects.length > 0 && effects.every(({ capability, source }) => source === 'package' && PASSING.has(capability))
}

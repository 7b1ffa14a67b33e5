// Applications of Nest in which no pipe checks what handlers get.
import { NOTHING } from './checkedFields.js'
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { inputUses } from './inputUses.js'
import { nestInputs, type NestInput } from './nestInputs.js'
import { checkedInput } from './ownChecks.js'
import { protectsRoute, routesOf } from '../queries.js'
import { recorded } from '../recorded.js'
import { changesSomething } from './unvalidatedInput.js'

export interface MissingPipe {
  /** Bodies that handlers take as a whole. */
  readonly bodies: readonly { readonly route: Route; readonly input: NestInput }[]
  readonly confidence: Confidence
  /** True where a pipe has decorators to check all classes by, so that it takes nothing away that is meant to come. */
  readonly isReady: boolean
}

/** null where anything validates any route, where that is not known, and where no handler takes a body. */
export const missingPipe: (model: ProjectModel, app: App) => MissingPipe | null = recorded((model, app) => {
  if (app.framework !== 'nest') return null
  const routes = routesOf(model, app).filter(changesSomething)
  if (routes.some((route) => protectsRoute(model, route, 'validation').answer !== 'no')) return null
  const bodies = routes.flatMap((route) => {
    const { handler } = route
    if (handler?.kind !== 'function' || checkedInput(model, handler) !== NOTHING) return []
    const input = nestInputs(model, handler).find(({ part, key }) => part === 'body' && key === null)
    return input === undefined ? [] : [{ route, input, isStored: inputUses(model, handler).some(({ kind }) => kind === 'write') }]
  })
  if (bodies.length === 0) return null
  const kinds = new Set(bodies.map(({ input }) => input.by))
  // Pipes of packages that are not known may check anything.
  const isClear = bodies.every(({ route }) => protectsRoute(model, route, 'validation').unlistedPackages.length === 0)
  const isUsed = kinds.has('decorators') || bodies.some(({ isStored }) => isStored)
  return {
    bodies,
    confidence: isUsed && isClear ? 'medium' : 'low',
    isReady: kinds.has('decorators') && !kinds.has('bare class') && !kinds.has('unknown'),
  }
})

// The fix that limits a whole application: one limiter in front of its routes, behind what has to stand first.
import { suggestion, type Fix } from '../../fix/fix.js'
import type { App, Entry, ProjectModel, Route } from '../model.js'
import { guardsMessages, limitNestApp } from '../nestFix.js'
import { askedByProbe, countedProbes } from './countedProbes.js'
import { isAwaitedBehind } from './fastifyLimitPlugins.js'
import { limitFastifyApp } from './fastifyLimits.js'
import { lastBeforeLimits } from './leadingHeaders.js'
import { generalLimit, limiterCode } from './limiterCode.js'
import { placementFix } from './limiterMoves.js'
import { misplacedLimiters } from './limiterPlacement.js'
import { ownGeneralLimit } from './ownLimit.js'
import { nameBeside } from '../nameBeside.js'

/** Of the counters, where they are shared. */
const PREFIX = `'rl:all:'`

/** Limits the application as its framework does; `routes` are those that no limit covers. */
export function limitApp(model: ProjectModel, app: App, routes: readonly Route[]): Fix | null {
  if (!takesLimiter(model, app, routes)) return null
  const late = misplacedLimiters(model, app).find(({ kind, registration }) => kind === 'late' && registration?.scope === app.scope)
  // A second limiter would count what comes behind the first one twice.
  if (late !== undefined) return placementFix(model, late)
  const wanted = app.framework === 'express' ? ownGeneralLimit(model) : generalLimit
  const window = wanted.minutes === 1 ? 'minute' : `${wanted.minutes} minutes`
  return suggestion(`Limit each client to ${wanted.limit} requests per ${window}`, (editor) => {
    if (app.framework === 'nest') return limitNestApp(editor, model, app, generalLimit)
    if (app.framework === 'fastify') return limitFastifyApp(editor, model, app, routes, generalLimit)
    const last = lastBeforeLimits(model, app)
    const name = last === undefined ? null : nameBeside(editor, model, app, last)
    const code = (file: string, behind?: Entry): string =>
      limiterCode(editor, model, file, wanted, PREFIX, askedByProbe(countedProbes(model, app, behind), 'req.path'))
    if (last === undefined || name === null) return editor.addMiddleware(app.scope, code(app.at.file))
    editor.insertAfter(last.at, `${name}.use(${code(last.at.file, last)})`)
  })
}

/**
 * False for an application that comes with its routes, where nothing tells what stands in front of them, for a guard of Nest that messages would run into, and
 * where Fastify has the plugin already, behind routes.
 */
function takesLimiter(model: ProjectModel, app: App, routes: readonly Route[]): boolean {
  if (app.framework === 'nest') return !guardsMessages(model, app)
  if (app.framework === 'fastify' && isAwaitedBehind(model, app, routes)) return false
  return app.scope.comesFilled !== true || lastBeforeLimits(model, app) !== undefined
}

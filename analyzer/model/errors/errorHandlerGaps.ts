// Applications whose errors reach the framework's own handler: no error middleware, one that stands too early or knows some errors alone, or one that Express does not take for one.
import type { FunctionValue, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { effectsOf } from '../effects.js'
import { canFail, catchesAll } from './failing.js'
import { fastifyErrorLayers, lateErrorHandlers } from './fastifyErrors.js'
import { answersKnownAlone } from './knownErrors.js'
import type { App, Confidence, Entry, ProjectModel, Route, Scope } from '../model.js'
import { answeredByPackages } from './packageAnswers.js'
import { appsOf, protectsApp } from '../queries.js'

export interface MisreadHandler {
  readonly scope: Scope
  readonly at: Location
  readonly fn: FunctionValue
  /** The parameters that Express counts, in words. */
  readonly count: string
}

export interface ErrorHandlerGap {
  readonly app: App
  /**
   * `early`: error middleware stands on the application, before the routes. `partial`: it answers errors that it knows and passes the others on.
   * `leaking`: Fastify answers with what the error says. `handedOn`: it does so with what every error handler of the project hands on.
   * `late`: it does so because the error handler is set when the routes have loaded.
   */
  readonly kind: 'missing' | 'early' | 'partial' | 'leaking' | 'handedOn' | 'late'
  /** The last error middleware, or the outermost error handler, that is there. */
  readonly present: { readonly entry: Entry; readonly at: Location } | null
  readonly uncovered: readonly Route[]
  readonly looked: readonly Location[]
  readonly confidence: Confidence
}

/** Functions registered as layers that name an error first and have not exactly four parameters: Express calls them as ordinary middleware (domain fact D6). */
export function misreadHandlers(model: ProjectModel): readonly MisreadHandler[] {
  const found = new Map<FunctionValue, MisreadHandler>()
  for (const scope of model.scopes) {
    for (const entry of scope.entries) {
      if (entry.kind !== 'layer' || entry.isOff || scope.framework !== 'express') continue
      for (const [index, fn] of entry.handlers.entries())
        if (fn.kind === 'function' && isMisread(fn))
          found.set(fn, { scope, at: entry.handlersAt[index] ?? entry.at, fn, count: countOf(fn) })
    }
  }
  return [...found.values()]
}

function countOf({ facts }: FunctionValue): string {
  return facts.parameters.length === facts.arity ? `${facts.arity} parameters` : `${facts.arity} parameters before a default`
}

function isMisread({ facts, bound }: FunctionValue): boolean {
  const names = facts.parameters.map(({ pattern }) =>
    pattern[0] === 'name' ? pattern[2] : pattern[0] === 'default' && pattern[2][0] === 'name' ? pattern[2][2] : '',
  )
  const isErrorFirst =
    /^_?(err|error|ex|exception)$/i.test(names[0] ?? '') &&
    /^_?(req|request)$/i.test(names[1] ?? '') &&
    /^_?(res|response)$/i.test(names[2] ?? '')
  return isErrorFirst && bound.length === 0 && facts.arity !== 4
}

/** Applications with routes whose errors certainly meet no error handler of the project. */
export function errorHandlerGaps(model: ProjectModel): readonly ErrorHandlerGap[] {
  return [...expressGaps(model), ...fastifyGaps(model)]
}

/** The default handler of Fastify sends message and code of every error, in production too (domain fact D16). */
function fastifyGaps(model: ProjectModel): readonly ErrorHandlerGap[] {
  return appsOf(model, 'fastify').flatMap((app): readonly ErrorHandlerGap[] => {
    const { answer, uncovered, confidence, looked } = protectsApp(model, app, 'error-handler')
    const open = uncovered.filter((route) => canFail(model, route) && !catchesAll(model, route))
    if (answer !== 'no' || open.length === 0) return []
    // The outermost one is the last that is asked. Where a route meets none, the application lacks one.
    const outermost = open.map((route) => fastifyErrorLayers(model, route).at(-1)?.link)
    if (!outermost.includes(undefined))
      return [{ app, kind: 'handedOn', present: outermost[0] ?? null, uncovered: open, looked, confidence }]
    const late = open.map((route) => lateErrorHandlers(route)[0])
    const present = late.includes(undefined) ? null : late[0]
    if (present === null || present === undefined) return [{ app, kind: 'leaking', present: null, uncovered: open, looked, confidence }]
    return [{ app, kind: 'late', present: { entry: present, at: present.at }, uncovered: open, looked, confidence }]
  })
}

function expressGaps(model: ProjectModel): readonly ErrorHandlerGap[] {
  return appsOf(model, 'express').flatMap((app): ErrorHandlerGap[] => {
    const { answer, covered, conditional, confidence, looked, ...found } = protectsApp(model, app, 'error-handler')
    // What routing-controllers answers itself never gets to a handler of the application.
    const uncovered = found.uncovered.filter((route) => !answeredByPackages(model).has(route))
    if (answer !== 'no' || uncovered.length === 0) return []
    const early = lastLayer(app, (value) => effectsOf(model, value).some((effect) => effect.capability === 'error-handler'))
    const partial = early ?? lastLayer(app, (value) => value.kind === 'function' && answersKnownAlone(conductOf(model, value)))
    // A route that only sends a page or a fixed answer needs none, unless a body that does not parse fails before it.
    const failing = uncovered.filter((route) => canFail(model, route))
    const isBare = partial === null && covered.length + conditional.length === 0
    const open = isBare && (failing.length > 0 || parsesBodies(model, app)) ? uncovered : failing
    if (open.length === 0) return []
    const kind = early !== null ? 'early' : partial === null ? 'missing' : 'partial'
    return [{ app, kind, present: partial, uncovered: open, looked, confidence }]
  })
}

function lastLayer(app: App, isWanted: (value: Value) => boolean): ErrorHandlerGap['present'] {
  for (const entry of app.scope.entries.toReversed()) {
    if (entry.kind !== 'layer' || entry.isOff) continue
    const index = entry.handlers.findIndex(isWanted)
    if (index >= 0) return { entry, at: entry.handlersAt[index] ?? entry.at }
  }
  return null
}

function parsesBodies(model: ProjectModel, app: App): boolean {
  return app.scope.entries.some((entry) =>
    entry.handlers.some((value) => effectsOf(model, value).some((effect) => effect.capability === 'body-parser')),
  )
}

// Handlers of Express 4 whose rejections nobody catches.
import type { FunctionValue } from '../../link/value.js'
import { effectOf } from '../../frameworks/knownPackages.js'
import { type Location, locationKey, sameLocation } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { loadedPackages } from '../loadedPackages.js'
import type { Entry, ProjectModel, Scope } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { droppedRejectionOf, rejectionOf, type Rejection } from './rejections.js'
import { versionOf } from '../versions.js'

export interface OpenHandler {
  readonly scope: Scope
  /** Where it is registered. */
  readonly at: Location
  readonly fn: FunctionValue
  readonly rejection: Rejection
  /** What it answers: `GET /users`, or the path of a layer. */
  readonly what: string
  /** False where several handlers come from the same argument: a list, or a spread of one. */
  readonly isAlone: boolean
}

/**
 * Layers and handlers on Express 4 that let rejections out, once per place of registration. Express 5 forwards them itself (domain fact D5),
 * as do packages that patch Express 4 and routers that are made for promises.
 */
export function openHandlers(model: ProjectModel): readonly OpenHandler[] {
  const found = new Map<string, OpenHandler>()
  for (const scope of model.scopes) {
    if (scope.framework !== 'express' || versionOf(model, scope.at.file, 'express')?.major !== 4 || isPatched(model, scope)) continue
    for (const entry of scope.entries) {
      if (entry.isOff) continue
      for (const [index, fn] of entry.handlers.entries()) {
        const at = entry.handlersAt[index] ?? entry.at
        if (fn.kind !== 'function' || found.has(locationKey(at)) || !model.productionFiles.has(fn.source.file)) continue
        const rejection = openRejection(model, fn)
        const what = `${entry.methods[0] ?? ''} ${entry.path ?? '*'}`.trim()
        if (rejection === null) continue
        found.set(locationKey(at), { scope, at, fn, rejection, what: what === '' ? 'every request' : what, isAlone: isAlone(entry, at) })
      }
    }
  }
  return [...found.values()]
}

function isAlone({ call, handlersAt }: Entry, at: Location): boolean {
  const isHere = (one: Location): boolean => sameLocation(one, at)
  if (call === null || handlersAt.filter(isHere).length !== 1) return false
  const given = call.args.filter((_, index) => isHere(call.argsAt[index] ?? call.at))
  return given.length === 1 && given[0]?.kind !== 'array'
}

function openRejection(model: ProjectModel, fn: FunctionValue): Rejection | null {
  const conduct = conductOf(model, fn)
  if (conduct.summary.isExhausted || conduct.summary.isCaught === true) return null
  const place = { file: fn.source.file, fn: fn.facts.id }
  return fn.facts.isAsync ? rejectionOf(model, place, conduct) : droppedRejectionOf(model, place, conduct)
}

/** True where a package forwards rejections for all of Express 4, or the scope is a router that does. */
function isPatched(model: ProjectModel, scope: Scope): boolean {
  const makers = ['express-promise-router', 'express-async-router', '@root/async-router']
  if (makers.some((name) => callsTo(model, name).some((call) => locationKey(call.at) === locationKey(scope.at)))) return true
  return [...loadedPackages(model)].some(isPatch)
}

/** Packages such as express-async-errors. */
function isPatch(specifier: string): boolean {
  const effect = effectOf(specifier, [])
  return effect !== null && effect.kind === 'plugin' && effect.capabilities.includes('async-errors')
}

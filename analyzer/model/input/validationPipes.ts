// ValidationPipes of Nest that let more through than the classes in front of handlers name.
import { addToGroup } from '../../grouped.js'
import type { CallRecord } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import type { App, ProjectModel, Route } from '../model.js'
import { nestInputs, type NestInput } from './nestInputs.js'
import { isCallTo } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { linksWith, middlewareOf, routesOf } from '../queries.js'
import { hasProperty, isFalse, isTrue, property } from '../values.js'

export interface LenientPipe {
  readonly at: Location
  /** The call that makes it; null where Nest makes it from the class. */
  readonly call: CallRecord | null
  /** `forbidNonWhitelisted` is set, which does nothing alone (domain fact K34). */
  readonly forbids: boolean
  /** Inputs that it checks by the decorators of a class, and those of which the class has none. */
  readonly checked: readonly RouteInput[]
  readonly bare: readonly RouteInput[]
}

export interface RouteInput {
  readonly route: Route
  readonly input: NestInput
}

/** Pipes without `whitelist` in front of routes that no other pipe strips for. Options that are not known are taken to have it. */
export function lenientPipes(model: ProjectModel, app: App): readonly LenientPipe[] {
  const groups = new Map<string, { readonly at: Location; readonly call: CallRecord; readonly routes: Route[] }>()
  for (const route of routesOf(model, app)) {
    const pipes = pipesOf(route)
    if (pipes.some(({ call }) => mayStrip(model, call))) continue
    for (const { at, call } of pipes) {
      const key = locationKey(call.at)
      const known = groups.get(key)
      if (known === undefined) groups.set(key, { at: call.isNew ? call.at : at, call, routes: [route] })
      else known.routes.push(route)
    }
  }
  return [...groups.values()].map(({ at, call, routes }) => {
    const inputs = routes.flatMap((route) => inputsOf(model, route))
    return {
      at,
      call: call.isNew ? call : null,
      forbids: isTrue(property(call.args[0] ?? null, 'forbidNonWhitelisted')) === 'yes',
      checked: inputs.filter(({ input }) => input.by === 'decorators'),
      bare: inputs.filter(({ input }) => input.by === 'bare class'),
    }
  })
}

/** Whole inputs behind a ValidationPipe of which it can check nothing, since their class is bare or imported as a type, by that class. */
export function uncheckedClasses(model: ProjectModel, app: App): readonly (readonly RouteInput[])[] {
  const groups = new Map<string, RouteInput[]>()
  for (const route of routesOf(model, app)) {
    if (pipesOf(route).length === 0 || isCheckedOtherwise(model, route)) continue
    for (const one of inputsOf(model, route)) {
      const { by, dto } = one.input
      if (dto === null || (by !== 'bare class' && by !== 'type import')) continue
      addToGroup(groups, by === 'type import' ? `${one.input.at.file} ${one.input.type ?? ''}` : locationKey(dto.at), one)
    }
  }
  return [...groups.values()]
}

/** ValidationPipes that Nest runs in front of the route. */
export function pipesOf(route: Route): readonly { readonly at: Location; readonly call: CallRecord }[] {
  return middlewareOf(route).flatMap(({ value, at }) =>
    value.kind === 'result' && isCallTo(value.call, '@nestjs/common', ['ValidationPipe']) ? [{ at, call: value.call }] : [],
  )
}

/** A schema checks it, as pipes of the project for zod do. */
function isCheckedOtherwise(model: ProjectModel, route: Route): boolean {
  return linksWith(model, route, 'validation').some(({ effect }) => effect.package !== '@nestjs/common.ValidationPipe')
}

/** Bodies and queries as a whole: single values have no properties to strip. */
function inputsOf(model: ProjectModel, route: Route): readonly RouteInput[] {
  if (route.handler?.kind !== 'function') return []
  return nestInputs(model, route.handler)
    .filter(({ key, part }) => key === null && part !== 'params')
    .map((input) => ({ route, input }))
}

function mayStrip(model: ProjectModel, { args, isNew }: CallRecord): boolean {
  const [options = null] = args
  if (!isNew && options === null) return extendsPipe(model)
  return hasProperty(options, 'whitelist') !== 'no' && isFalse(property(options, 'whitelist')) !== 'yes'
}

/** `class StrictPipe extends ValidationPipe`: what its constructor says holds wherever Nest makes one. */
function extendsPipe(model: ProjectModel): boolean {
  return callsTo(model, '@nestjs/common', ['ValidationPipe']).some(({ at, isNew }) => {
    const source = isNew ? model.files.get(at.file) : undefined
    return source?.kind === 'source' && source.functions[at.fn]?.kind === 'constructor'
  })
}

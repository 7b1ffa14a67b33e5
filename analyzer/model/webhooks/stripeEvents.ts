// Events of Stripe that are verified against something else than what was signed, or however old they are.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, sameLocation, type Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { routesOf } from '../appRoutes.js'
import type { App, Confidence, ProjectModel, Route } from '../model.js'
import { globalOf, methodName } from '../origins.js'
import { callsThat } from '../perPart.js'
import { isInProduction, oncePerPlace } from '../productionCalls.js'
import { evidence, type RelatedPlace } from '../relatedPlaces.js'
import { isRequest, requestPart } from '../requests.js'
import { fillsRawBody, parserBefore, type BodyParser } from './rawBodies.js'
import { oneOf } from '../sorted.js'
import { numberOf } from '../values.js'
import { versionOf } from '../versions.js'
import { ownFunctions } from './webhookRoutes.js'

export interface StripeFault {
  /** `parsed`: an object is verified. `remade`: a text that was made of it. `unset`: a property that nothing fills. `tolerance`: age does not count. */
  readonly kind: 'parsed' | 'remade' | 'unset' | 'tolerance'
  readonly at: Location
  readonly call: CallRecord
  readonly route: Route | null
  /** What parsed the body, or does not keep it. */
  readonly parser: BodyParser | null
  readonly confidence: Confidence
}

/** What parsed the body, where the application is made, and the route. */
export function stripeEvidence({ parser, route }: StripeFault): readonly RelatedPlace[] {
  return [
    ...(parser?.link ? [evidence(parser.link.at, 'parsed here')] : []),
    ...(parser?.creation ? [evidence(parser.creation.at, 'the application is made here')] : []),
    ...(route === null ? [] : [evidence(route.at, 'the route')]),
  ]
}

const names = ['constructEvent', 'constructEventAsync']

const constructions = callsThat((call) => !call.isWrite && names.includes(methodName(call.callee) ?? ''), { names: oneOf(names) })

/** Each place once. Where it is not known what stands in front of a route, nothing is said (domain fact J24). */
export function stripeFaults(model: ProjectModel): readonly StripeFault[] {
  const calls = constructions(model).filter((call) => isInProduction(model, call))
  if (calls.length === 0) return []
  const found = new Map<string, StripeFault>()
  for (const fault of [
    ...oncePerPlace(calls).flatMap((call) => ageless(model, call)),
    ...model.apps.flatMap((app) => bodyFaults(model, app, calls)),
  ]) {
    const key = `${locationKey(fault.at)} ${fault.kind}`
    if (!found.has(key)) found.set(key, fault)
  }
  return [...found.values()]
}

const DAY = 24 * 60 * 60

/** Zero counts as 300 before version 23, and is no limit from then on; what is negative is none in all of them. */
function ageless(model: ProjectModel, call: CallRecord): readonly StripeFault[] {
  const seconds = numberOf(call.args[3] ?? null)
  if (seconds === null || (seconds > 0 && seconds < DAY)) return []
  if (seconds === 0 && (versionOf(model, call.at.file, 'stripe')?.major ?? 0) < 23) return []
  return [{ kind: 'tolerance', at: call.argsAt[3] ?? call.at, call, route: null, parser: null, confidence: 'high' }]
}

function bodyFaults(model: ProjectModel, app: App, calls: readonly CallRecord[]): readonly StripeFault[] {
  const files = new Set(calls.map(({ at }) => at.file))
  return routesOf(model, app).flatMap((route) => {
    if (!/^(?:POST|ALL)$/.test(route.method) || route.entry.isOff) return []
    return ownFunctions(route)
      .flatMap((fn) => conductOf(model, fn).records)
      .filter((record) => files.has(record.at.file) && calls.some((call) => sameLocation(call.at, record.at)))
      .flatMap((record) => faultOf(model, route, record))
  })
}

function faultOf(model: ProjectModel, route: Route, call: CallRecord): readonly StripeFault[] {
  const [body] = call.args
  if (body === undefined) return []
  const found = { at: call.argsAt[0] ?? call.at, call, route }
  if (isPart(body, 'rawBody')) {
    const filled = fillsRawBody(model, route)
    return filled.answer === 'no' ? [{ ...found, kind: 'unset', parser: filled.parser, confidence: 'high' }] : []
  }
  const isRemade = isRemadeText(body)
  if (!isRemade && !isPart(body, 'body')) return []
  const parser = parserBefore(model, route)
  if (parser === null) return []
  return isRemade
    ? [{ ...found, kind: 'remade', parser, confidence: 'medium' }]
    : [{ ...found, kind: 'parsed', parser, confidence: route.isComplete ? 'high' : 'medium' }]
}

function isPart(value: Value, name: string): boolean {
  return value.kind === 'member' && value.name === name && isRequest(value.object)
}

/** `JSON.stringify(req.body)`. */
function isRemadeText(value: Value): boolean {
  return value.kind === 'result' && globalOf(value.call.callee) === 'JSON.stringify' && requestPart(value.call.args[0] ?? null) === 'body'
}

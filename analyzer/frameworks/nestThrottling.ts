// What ThrottlerGuard lets through in front of a target: the module's limits, with what @Throttle and @SkipThrottle change (domain facts C26–C29).
import { write } from '../link/heapLog.js'
import type { CallSite, Machine } from '../link/machine.js'
import { versionAbove } from '../link/packageVersions.js'
import { awaitValue } from '../link/promises.js'
import { serveWith } from '../link/serving.js'
import { truthOf } from '../link/truth.js'
import type { FunctionValue, ObjectValue, Value } from '../link/value.js'
import { arrayValue, literal, objectValue, unknown } from '../link/values.js'
import type { Location } from '../text/location.js'
import { contextOf, type Target } from './nestContext.js'
import { answersBehindCount, countsAt } from './nestCounting.js'
import type { Place } from './nestEnhancers.js'
import { typed, type NestApplication } from './nestState.js'
import { isSkipped, override } from './nestThrottleDecorators.js'
import { servedCopy } from './servedCopies.js'
import { listOf, madeByPackage, placeOfProperty, propertyOf, textsOf } from './nestValues.js'

export const THROTTLER = '@nestjs/throttler'

interface Throttling {
  readonly site: CallSite
  readonly app: NestApplication
  readonly at: Location
  /** The methods of the guard that tell clients apart and that leave requests out, where the project writes them: what such a one gives is true for those. */
  readonly tracker: FunctionValue | null
  readonly skips: readonly FunctionValue[]
  /** The start of a guard that changes what the module gave it. */
  readonly starts: { readonly start: FunctionValue; readonly instance: ObjectValue } | null
}

/** The limits that count for a target, each as a call of the guard with its numbers; null where every one of them is skipped. */
export function throttles(machine: Machine, throttling: Throttling, { handler, owner, names, ...place }: Place): Value | null {
  const { site, app, at } = throttling
  const target: Target = names === undefined ? place.target : { ...place.target, names }
  if (throttling.skips.some((skip) => leavesOut(machine, throttling, skip, target))) return null
  const limits = startedWith(machine, throttling, limitsOf(machine, app))
  const running = limits.flatMap((limit): readonly Value[] => {
    const name = textsOf(propertyOf(limit, 'name'))[0] || 'default'
    if (isSkipped(name, handler) ?? isSkipped(name, owner) ?? false) return []
    if (leavesOut(machine, throttling, skipOf(app, limit), target)) return []
    return [limiterOf(machine, throttling, limit, override(name, handler) ?? override(name, owner))]
  })
  if (running.length > 0) return running.length === 1 ? (running[0] as Value) : arrayValue(at, [...running])
  return limits.length === 0 && !hasNoThrottler(machine, throttling)
    ? madeByPackage(machine, site, at, THROTTLER, ['ThrottlerGuard'], [])
    : null
}

const limitsAfterStart = new WeakMap<ObjectValue, readonly Value[]>()

/** The limits after the start of the guard: it may add its own to `this.throttlers`. */
function startedWith(machine: Machine, { site, starts }: Throttling, limits: readonly Value[]): readonly Value[] {
  if (starts === null) return limits
  const { start, instance } = starts
  // Those that it replaces are asked as well.
  for (const limit of limits) if (!made.has(limit)) made.set(limit, [])
  let after = limitsAfterStart.get(instance)
  if (after === undefined) {
    write(machine, instance.properties, 'throttlers', arrayValue(site.at, [...limits]))
    machine.run.call(machine, { ...site, isAwaited: true }, start, instance, [])
    const left = instance.properties.get('throttlers')
    limitsAfterStart.set(instance, (after = left?.kind === 'array' ? left.elements.filter((one) => one.kind === 'object') : limits))
  }
  return after
}

/** `forRoot()`, `forRoot([])` and `forRoot({ throttlers: [] })`: the guard goes through its throttlers and finds none, whatever decorators say. Before version 5 it has one limit, and theirs counts. */
function hasNoThrottler(machine: Machine, { site, app: { throttling } }: Throttling): boolean {
  if (isBeforeThrottlers(machine, site.at.file)) return false
  const listed = throttling === null ? undefined : (propertyOf(throttling, 'throttlers') ?? throttling)
  return listed?.kind === 'array' && listed.elements.length === 0
}

/** Whether a function spares every request for a target, as `context.getType() === 'graphql'` does for fields of GraphQL. One that spares all requests stays: rules say so of it. */
function leavesOut(machine: Machine, { site, at }: Throttling, skip: Value | undefined, target: Target): boolean {
  if (skip?.kind !== 'function') return false
  const counted = countsAt(skip)
  const spares = (context: Value): boolean => {
    const answer = awaitValue(machine, machine.run.call(machine, { ...site, isAwaited: true }, skip, null, [context]))
    const isCounted = counted !== null && answer.at.fn === skip.facts.id && answer.at.node > counted
    return truthOf(answer) === 'yes' && !isCounted
  }
  return spares(contextOf(at, target)) && !spares(unknown(at, 'any request'))
}

/** A throttler's own `skipIf` counts before that of the module. */
function skipOf(app: NestApplication, limit: Value): Value | undefined {
  return propertyOf(limit, 'skipIf') ?? propertyOf(app.throttling, 'skipIf')
}

type Made = Pick<Throttling, 'tracker' | 'skips'> & { readonly changed: Value | null; readonly limiter: Value }

const made = new WeakMap<Value, Made[]>()

/** One limiter for each throttler of the module, each change of its numbers and each kind of guard, made where the numbers are written. */
function limiterOf(machine: Machine, throttling: Throttling, limit: Value, changed: Value | null): Value {
  const { tracker, skips } = throttling
  let limiters = made.get(limit)
  if (limiters === undefined) made.set(limit, (limiters = []))
  const known = limiters.find((one) => one.changed === changed && one.tracker === tracker && one.skips[0] === skips[0])
  if (known !== undefined) return known.limiter
  const options = [optionsOf(machine, throttling, limit, changed)]
  const limiter = madeByPackage(machine, throttling.site, (changed ?? limit).at, THROTTLER, ['ThrottlerGuard'], options)
  limiters.push({ changed, tracker, skips, limiter })
  return limiter
}

/** Limits that no guard asks: made, and nothing takes them (domain fact C26). */
export function makeIdleLimits(machine: Machine, app: NestApplication): void {
  const limits = limitsOf(machine, app)
  if (limits.some((limit) => made.has(limit))) return
  for (const limit of limits) limiterOf(machine, { site: app.site, app, at: limit.at, tracker: null, skips: [], starts: null }, limit, null)
}

/** `[{ ttl, limit }]`, `{ throttlers: […] }`, and `{ ttl, limit }` of earlier versions. */
function limitsOf(machine: Machine, app: NestApplication): readonly Value[] {
  if (app.throttling === null) return []
  const named = propertyOf(app.throttling, 'throttlers')
  return listOf(machine, app.site, named ?? app.throttling).filter((one) => one.kind === 'object')
}

function optionsOf(machine: Machine, { app, at, tracker, skips }: Throttling, limit: Value, changed: Value | null): Value {
  const options = objectValue(limit.at)
  for (const source of [limit, changed]) {
    if (source?.kind !== 'object') continue
    for (const [name, value] of source.properties) {
      options.properties.set(name, value)
      const at = source.writtenAt.get(name)
      if (at !== undefined) options.writtenAt.set(name, at)
    }
  }
  const window = options.properties.get('ttl')
  if (window?.kind === 'literal' && typeof window.value === 'number')
    options.properties.set('ttl', literal(window.at, window.value * unitOf(machine, at.file)))
  const skip = skipOf(app, limit)
  if (skip !== undefined) {
    options.properties.set('skipIf', asked(machine, skip))
    options.writtenAt.set(
      'skipIf',
      placeOfProperty(propertyOf(limit, 'skipIf') === undefined && app.throttling !== null ? app.throttling : limit, 'skipIf'),
    )
  }
  const shouldSkip = skips.find((one) => !answersBehindCount(one))
  if (shouldSkip !== undefined) {
    options.properties.set('shouldSkip', asked(machine, shouldSkip))
    options.writtenAt.set('shouldSkip', shouldSkip.at)
  }
  const given = propertyOf(limit, 'getTracker') ?? propertyOf(app.throttling, 'getTracker') ?? tracker
  if (given !== null) {
    options.properties.set('getTracker', given)
    options.writtenAt.set('getTracker', given.at)
  }
  const storage = propertyOf(app.throttling, 'storage')
  if (storage !== undefined) options.properties.set('store', storage)
  return options
}

/** A function that the guard asks with the context of each request. */
function asked(machine: Machine, skip: Value): Value {
  if (skip.kind !== 'function') return skip
  return servedCopy(machine, skip, 'throttler', (fn) =>
    serveWith(fn, { parameters: (_machine, site) => [typed(site.at, 'ExecutionContext')], finish: () => undefined }),
  )
}

/** Milliseconds in what `ttl` counts: before version 5 it counts seconds (domain fact C27). */
function unitOf(machine: Machine, file: string): number {
  return isBeforeThrottlers(machine, file) ? 1000 : 1
}

/** Version 5 made a list of the one limit. */
function isBeforeThrottlers(machine: Machine, file: string): boolean {
  return (versionAbove(machine.world.packages, file, THROTTLER)?.major ?? 5) < 5
}

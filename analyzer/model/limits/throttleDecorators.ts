// What decorators of @nestjs/throttler stand on a method of Nest, and how a fix gives that method another limit.
import type { DecoratorFacts } from '../../extract/facts.js'
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import { locationKey, sameLocation, type Location } from '../../text/location.js'
import type { ProjectModel, Route } from '../model.js'
import { originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { numberOf, property } from '../values.js'

const THROTTLER = '@nestjs/throttler'
const QUARTER = 15 * 60 * 1000
const MOST_ATTEMPTS = 20

interface Found {
  readonly name: string
  readonly call: CallRecord
  /** With its `@`. */
  readonly at: Location
}

/**
 * Limits one route: changes the `@Throttle` that it has, takes the place of its `@SkipThrottle`, or writes a new decorator over the route's own.
 * Of two `@Throttle` the upper one would count, and one beside `@SkipThrottle` nothing.
 */
export function throttleRoute(editor: Editor, model: ProjectModel, { at }: Route, limit: string, guardsFor: () => readonly string[]): void {
  const { own, ofClass } = decoratorsAround(model, at)
  const given = own.find(({ name }) => name === 'Throttle')
  const skip = own.find(({ name }) => name === 'SkipThrottle')
  const lines: string[] = []
  if (skip === undefined && ofClass.some(({ name }) => name === 'SkipThrottle'))
    lines.push(`@${editor.addImport(at.file, THROTTLER, 'SkipThrottle', 'SkipThrottle')}({ default: false })`)
  if (skip !== undefined && !skipsDefaultAlone(skip.call)) throw new FixRefused('it skips several throttlers by name')
  if (given !== undefined) {
    if (!isStrict(given.call)) editor.setProperty(given.call.at, 'default', `{ ${limit} }`)
    if (skip !== undefined) editor.setProperty(skip.call.at, 'default', 'false')
  } else {
    const throttle = `@${editor.addImport(at.file, THROTTLER, 'Throttle', 'Throttle')}({ default: { ${limit} } })`
    if (skip === undefined) lines.push(throttle)
    else editor.replace(skip.at, throttle)
  }
  const all = [...guardsFor(), ...lines]
  if (all.length > 0) editor.replace(at, `${all.join('\n')}\n${editor.text(at)}`)
}

/** True where a decorator keeps the guard from counting requests of this route. */
export function skipsThrottle(model: ProjectModel, { at }: Route): boolean {
  const { own, ofClass } = decoratorsAround(model, at)
  return [...own, ...ofClass].some(({ name }) => name === 'SkipThrottle')
}

/** The decorators of the throttler on the member that this one stands on, and on its class. */
function decoratorsAround(model: ProjectModel, at: Location): { readonly own: readonly Found[]; readonly ofClass: readonly Found[] } {
  const facts = model.files.get(at.file)
  const classes = facts?.kind === 'source' ? Object.values(facts.classes).filter(({ owner }) => owner === at.fn) : []
  for (const one of classes) {
    const member = one.members.find(({ decorators }) => decorators.some(({ node }) => node === at.node))
    if (member !== undefined) return { own: foundIn(model, at, member.decorators), ofClass: foundIn(model, at, one.decorators) }
  }
  return { own: [], ofClass: [] }
}

function foundIn(model: ProjectModel, { file, fn }: Location, decorators: readonly DecoratorFacts[]): readonly Found[] {
  const calls = callsTo(model, THROTTLER)
  return decorators.flatMap(({ node, expression }) => {
    const call = calls.find((one) => sameLocation(one.at, { file, fn, node: expression[1] as number }))
    const name = call === undefined ? undefined : originOf(call.callee)?.path.at(-1)
    return call === undefined || name === undefined ? [] : [{ name, call, at: { file, fn, node } }]
  })
}

function skipsDefaultAlone({ args: [options] }: CallRecord): boolean {
  return options === undefined || (options.kind === 'object' && [...options.properties.keys()].every((name) => name === 'default'))
}

/** Whether the numbers that stand there stop guessing already: then only the guard was missing, or the decorator that skips. */
function isStrict({ args: [options] }: CallRecord): boolean {
  const given = property(options ?? null, 'default')
  const [limit, ttl] = [numberOf(property(given, 'limit')), numberOf(property(given, 'ttl'))]
  return limit !== null && ttl !== null && limit > 0 && ttl >= 1000 && limit * Math.max(1, QUARTER / ttl) <= MOST_ATTEMPTS
}

/** Each place once: one decorator may serve several paths. */
export function oncePerRoutePlace<Limited extends { readonly route: Route }>(routes: readonly Limited[]): readonly Limited[] {
  return [...new Map(routes.map((one) => [locationKey(one.route.at), one])).values()]
}

// What decorators of @nestjs/throttler stand on a method of Nest, and how a fix gives that method another limit.
import type { DecoratorFacts } from '../../extract/facts.js'
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { CallRecord } from '../../link/value.js'
import { locationKey, sameLocation, type Location } from '../../text/location.js'
import type { ProjectModel, Route } from '../model.js'
import { originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { numberOf, property } from '../values.js'
import type { LimitedRoute, WantedLimit } from './limiterCode.js'
import { THROTTLER } from './limits.js'
import { throttlerText, type ThrottlerForm } from './throttlerForm.js'

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
export function throttleRoute(
  editor: Editor,
  model: ProjectModel,
  { route: { at }, wanted }: LimitedRoute,
  form: ThrottlerForm,
  guardsFor: () => readonly string[],
): void {
  const { own, ofClass } = decoratorsAround(model, at)
  const given = own.find(({ name }) => name === 'Throttle')
  const skip = own.find((one) => skips(one, form))
  const lines: string[] = []
  if (skip === undefined && ofClass.some((one) => skips(one, form)))
    lines.push(
      `@${editor.addImport(at.file, THROTTLER, 'SkipThrottle', 'SkipThrottle')}(${form.isOld ? 'false' : `{ ${form.name}: false }`})`,
    )
  if (skip !== undefined && !skipsAlone(skip.call, form)) throw new FixRefused('it skips several throttlers by name')
  if (given !== undefined) {
    if (!isStrict(given.call, form)) setLimit(editor, given.call, wanted, form)
    if (skip !== undefined) unskip(editor, skip.call, form)
  } else {
    const throttle = `@${editor.addImport(at.file, THROTTLER, 'Throttle', 'Throttle')}(${argumentsText(wanted, form)})`
    if (skip === undefined) lines.push(throttle)
    else editor.replace(skip.at, throttle)
  }
  const all = [...guardsFor(), ...lines]
  if (all.length > 0) editor.replace(at, `${all.join('\n')}\n${editor.text(at)}`)
}

/** `{ default: { ttl, limit } }`; earlier versions take `limit, ttl`. */
function argumentsText(wanted: WantedLimit, form: ThrottlerForm): string {
  return form.isOld ? `${wanted.limit}, ${wanted.minutes * 60}` : `{ ${form.name}: { ${throttlerText(wanted, form)} } }`
}

function setLimit(editor: Editor, { at }: CallRecord, wanted: WantedLimit, form: ThrottlerForm): void {
  if (!form.isOld) return editor.setProperty(at, form.name, `{ ${throttlerText(wanted, form)} }`)
  editor.setArgument(at, 0, String(wanted.limit))
  editor.setArgument(at, 1, String(wanted.minutes * 60))
}

function unskip(editor: Editor, { at }: CallRecord, form: ThrottlerForm): void {
  if (form.isOld) editor.setArgument(at, 0, 'false')
  else editor.setProperty(at, form.name, 'false')
}

/** True where a decorator keeps the guard from counting requests of this route. */
export function skipsThrottle(model: ProjectModel, { at }: Route, form: ThrottlerForm): boolean {
  const { own, ofClass } = decoratorsAround(model, at)
  return [...own, ...ofClass].some((one) => skips(one, form))
}

/** Without an argument `@SkipThrottle` speaks of the throttler called default (domain fact C28). */
function skips({ name, call }: Found, form: ThrottlerForm): boolean {
  const [options] = call.args
  if (name !== 'SkipThrottle') return false
  return options?.kind === 'object' ? options.properties.has(form.name) : form.name === 'default'
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

function skipsAlone({ args: [options] }: CallRecord, form: ThrottlerForm): boolean {
  return options?.kind !== 'object' || [...options.properties.keys()].every((name) => name === form.name)
}

/** Whether the numbers that stand there stop guessing already: then only the guard was missing, or the decorator that skips. */
function isStrict({ args }: CallRecord, form: ThrottlerForm): boolean {
  const given = property(args[0] ?? null, form.name)
  const limit = numberOf(form.isOld ? (args[0] ?? null) : property(given, 'limit'))
  const ttl = form.isOld ? (numberOf(args[1] ?? null) ?? 0) * 1000 : numberOf(property(given, 'ttl'))
  return limit !== null && ttl !== null && limit > 0 && ttl >= 1000 && limit * Math.max(1, QUARTER / ttl) <= MOST_ATTEMPTS
}

/** Each place once: one decorator may serve several paths. */
export function oncePerRoutePlace<Limited extends { readonly route: Route }>(routes: readonly Limited[]): readonly Limited[] {
  return [...new Map(routes.map((one) => [locationKey(one.route.at), one])).values()]
}

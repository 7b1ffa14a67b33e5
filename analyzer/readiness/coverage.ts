// Judgements about protections in front of routes: who is covered, by what, with which numbers, and who is not.
import { rangeOf } from '../check/range.js'
import type { FunctionValue } from '../link/value.js'
import { describe, NAMELESS } from '../model/describe.js'
import { limitOf } from '../model/limits/limits.js'
import type { App, Capability, ProjectModel, Route } from '../model/model.js'
import type { Protection, ProtectingLink } from '../model/protection.js'
import { protectsApp, type AppProtection } from '../model/queries.js'
import type { Context, Judgement, Shown, Status } from './control.js'
import { routeName } from '../model/routePlaces.js'

const MOST_ROUTES = 8

export interface Wanted {
  readonly capability: Capability
  /** Routes that need it; all where it is not given. */
  readonly needs?: (route: Route) => boolean
  /** Routes for which what stands in front does nothing; none where it is not given. */
  readonly isVain?: (route: Route) => boolean
  /** What stands in front, as in "3 of 4 routes are behind …". */
  readonly noun: string
}

/** One judgement for an application. An application without routes is judged by what is registered on it. */
export function coverage({ model }: Context, app: App, { capability, needs = () => true, isVain = () => false, noun }: Wanted): Judgement {
  const protection = protectsApp(model, app, capability)
  const pick = (routes: readonly Route[]): readonly Route[] => routes.filter(needs)
  const groups = {
    covered: pick(protection.covered).filter((route) => !isVain(route)),
    uncovered: [...pick(protection.uncovered), ...pick([...protection.covered, ...protection.conditional]).filter(isVain)],
    conditional: pick(protection.conditional).filter((route) => !isVain(route)),
    unknown: pick(protection.unknown),
  }
  const all = pick([...protection.protections.keys()])
  if (protection.protections.size === 0) return bare(app, protection, noun)
  if (all.length === 0) return { status: 'not-applicable', text: 'No route needs it.', shown: [], app }
  const { covered, uncovered, conditional, unknown } = groups
  const text = [
    covered.length > 0 ? `${countOf(covered, all)} behind ${noun}` : '',
    conditional.length > 0 ? `${countOf(conditional, all)} only under a condition (${flagsOf(conditional, protection)})` : '',
    uncovered.length > 0 ? `${countOf(uncovered, all)} without` : '',
    unknown.length > 0 ? `${countOf(unknown, all)} not known` : '',
  ]
  return {
    status: statusOf(groups),
    text: `${text.filter((part) => part !== '').join('; ')}.`,
    shown: [
      ...protectors(model, [...covered, ...conditional], protection),
      ...routesShown(uncovered, 'without it'),
      ...routesShown(unknown, 'not known'),
    ],
    app,
  }
}

function statusOf(groups: Readonly<Record<'covered' | 'uncovered' | 'conditional' | 'unknown', readonly Route[]>>): Status {
  const { covered, uncovered, conditional, unknown } = groups
  if (covered.length + conditional.length + unknown.length === 0) return 'missing'
  if (uncovered.length + conditional.length + unknown.length === 0) return 'in-place'
  return covered.length + conditional.length > 0 && uncovered.length + conditional.length > 0 ? 'partly' : 'not-known'
}

function bare(app: App, { answer, isConditional, by, looked }: AppProtection, noun: string): Judgement {
  const status = answer === 'unknown' ? 'not-known' : answer === 'no' ? 'missing' : isConditional ? 'partly' : 'in-place'
  const where = by === 'gateway' ? 'the gateway in front' : `what stands on ${app.name}`
  const places = looked.slice(0, MOST_ROUTES).map((at) => ({ at, note: 'looked at' }))
  return { status, text: `No route was found; judged by ${where}: ${noun}.`, shown: [{ at: app.at, note: app.name }, ...places], app }
}

/** What protects, each place once, with how many of the routes. */
function protectors(model: ProjectModel, routes: readonly Route[], { protections }: AppProtection): readonly Shown[] {
  const found = new Map<string, { readonly at: Shown['at']; readonly name: string; count: number }>()
  for (const route of routes) {
    for (const one of protectorsOf(model, route, protections.get(route))) {
      const key = `${one.at.file} ${one.at.fn} ${one.at.node} ${one.note}`
      const known = found.get(key)
      if (known === undefined) found.set(key, { at: one.at, name: one.note, count: 1 })
      else known.count++
    }
  }
  return [...found.values()].map(({ at, name, count }) => ({ at, note: `${name}: ${count === 1 ? '1 route' : `${count} routes`}` }))
}

function protectorsOf(model: ProjectModel, route: Route, protection: Protection | undefined): readonly Shown[] {
  if (protection === undefined) return []
  const unique = new Map(protection.links.map((link) => [`${link.effect.at.file} ${link.effect.at.fn} ${link.effect.at.node}`, link]))
  if (unique.size > 0) return [...unique.values()].map((link) => ({ at: link.effect.at, note: nameOf(model, link) }))
  const by = protection.by === 'gateway' ? 'the gateway in front' : protection.by === 'settings' ? 'a setting' : 'the framework'
  return [{ at: route.app.at, note: by }]
}

/** The middleware by the name that readers know, with its numbers where it is a limiter. */
export function nameOf(model: ProjectModel, { link, effect }: ProtectingLink): string {
  const name = effect.package ?? (effect.fn === null ? describe(link.value) : functionName(model, effect.fn))
  return effect.capability === 'rate-limit' ? `${name}${numbersOf(model, effect)}` : name
}

/** A function that nothing names is known by its place. */
function functionName(model: ProjectModel, fn: FunctionValue): string {
  const name = describe(fn)
  return name === NAMELESS ? `${fn.at.file.split('/').at(-1) ?? ''}:${rangeOf(model.files, fn.at).start.line}` : name
}

function numbersOf(model: ProjectModel, effect: ProtectingLink['effect']): string {
  const { most, window } = limitOf(model, effect)
  if (most === null && window === null) return ''
  return `, ${most ?? '?'} per ${window === null ? '?' : duration(window)}`
}

/** `15 min` for 900000 milliseconds. */
export function duration(milliseconds: number): string {
  const units = [
    [86_400_000, 'd'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ] as const
  for (const [size, name] of units) if (milliseconds >= size && milliseconds % size === 0) return `${milliseconds / size} ${name}`
  return `${milliseconds} ms`
}

function countOf(routes: readonly Route[], all: readonly Route[]): string {
  return `${routes.length} of ${all.length} ${all.length === 1 ? 'route' : 'routes'}`
}

function flagsOf(routes: readonly Route[], { protections }: AppProtection): string {
  const flags = new Set(routes.flatMap((route) => protections.get(route)?.flags ?? []))
  return flags.size === 0 ? 'for some requests' : [...flags].join(', ')
}

function routesShown(routes: readonly Route[], what: string): readonly Shown[] {
  const [next] = routes.slice(MOST_ROUTES)
  const more = next === undefined ? [] : [{ at: next.at, note: `and ${routes.length - MOST_ROUTES} more routes ${what}` }]
  return [...routes.slice(0, MOST_ROUTES).map((route) => ({ at: route.at, note: `${routeName(route)} ${what}` })), ...more]
}

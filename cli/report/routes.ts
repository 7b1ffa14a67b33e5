// Routes with the chain in front of them, as a table and for programs.
import { baseNameOf } from '../../analyzer/link/filePath.js'
import { rangeOf } from '../../analyzer/check/range.js'
import { describe } from '../../analyzer/model/describe.js'
import type { Capability, ProjectModel, Route } from '../../analyzer/model/model.js'
import { partlyKnownRegistrations } from '../../analyzer/model/partlyKnown.js'
import type { Protection, ProtectingLink } from '../../analyzer/model/protection.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import type { Location } from '../../analyzer/text/location.js'
import { writtenPlaceOf } from '../../analyzer/model/writtenPlaces.js'
import type { Colors } from '../terminal.js'
import { limitText } from '../../analyzer/model/limits/limits.js'
import { table } from './table.js'

/** The columns of the table, and what `why` looks at when no capability is named. */
export const SHOWN_CAPABILITIES = [
  'security-headers',
  'cors',
  'rate-limit',
  'auth',
  'validation',
  'error-handler',
] as const satisfies readonly Capability[]

const HEADS = ['method', 'path', 'place', 'headers', 'cors', 'limiter', 'auth', 'validation', 'errors']
const LONGEST_CELL = 32

/** One line for each route, in the order of registration. `?` is what could not be understood, `–` what is not there. */
export function routesTable(model: ProjectModel, colors: Colors): string {
  const rows = model.routes.map((route) => {
    const { start } = rangeOf(model.files, route.at)
    const cells = SHOWN_CAPABILITIES.map((capability) => cellText(model, protectsRoute(model, route, capability), capability))
    const written = writtenPlaceOf(model, route)
    const place = `${route.at.file}:${start.line}`
    const row = written === null ? place : `${written.file}:${rangeOf(model.files, written).start.line}`
    return [route.method, route.path, row === place ? place : `${row} by ${place}`, ...cells]
  })
  return table(HEADS, rows, colors)
}

/** What no entry reaches, and what is reached but known in part only: "every registration is reached" is said where both are empty. */
export function unreachedText(model: ProjectModel, colors: Colors): string {
  const rows = (places: ProjectModel['unreached']): string[][] =>
    places.map(({ at, why }) => [`${at.file}:${rangeOf(model.files, at).start.line}`, why])
  const partly = partlyKnownRegistrations(model)
  const tables = [
    model.unreached.length > 0 ? table(['place', 'why no entry reaches it'], rows(model.unreached), colors) : '',
    partly.length > 0 ? table(['place', 'what is not known of it'], rows(partly), colors) : '',
  ].filter((text) => text !== '')
  return tables.length === 0 ? 'Every registration is reached.\n' : tables.join('\n')
}

/** The same analysis gives the same text. */
export function routesJson(model: ProjectModel): string {
  const place = (at: Location): object => {
    const { line, column } = rangeOf(model.files, at).start
    return { file: at.file, line, column }
  }
  const writtenAt = (at: Location | null): object => (at === null ? {} : { writtenAt: place(at) })
  const link = (one: ProtectingLink): object => {
    const {
      link: { entry },
      effect,
    } = one
    return {
      name: nameOf(model, one),
      ...place(effect.at),
      registeredAt: place(entry.at),
      detail: effect.detail,
      limit: effect.capability === 'rate-limit' ? limitText(model, effect) || null : null,
    }
  }
  const routes = model.routes.map((route) => ({
    method: route.method,
    path: route.path,
    ...place(route.at),
    ...writtenAt(writtenPlaceOf(model, route)),
    app: { name: route.app.name, ...place(route.app.at) },
    isComplete: route.isComplete,
    chain: route.chain
      .filter(({ entry }) => !entry.isOff)
      .map(({ value, at, isConditional }) => ({ name: describe(value), ...place(at), isConditional })),
    protections: Object.fromEntries(
      SHOWN_CAPABILITIES.map((capability) => [capability, protectionJson(protectsRoute(model, route, capability), link)]),
    ),
  }))
  const unreached = model.unreached.map(({ at, why }) => ({ ...place(at), why }))
  const partlyKnown = partlyKnownRegistrations(model).map(({ at, why }) => ({ ...place(at), why }))
  return `${JSON.stringify({ version: 1, routes, unreached, partlyKnown, seen: model.seen }, null, 2)}\n`
}

function protectionJson(protection: Protection, link: (one: ProtectingLink) => object): object {
  const { answer, confidence, by, isConditional, flags, links } = protection
  return { answer, confidence, by, isConditional, flags, links: links.map(link) }
}

/** The name by which a reader knows the middleware behind a capability; a function without a name is known by its place. */
export function nameOf(model: ProjectModel, { link, effect }: ProtectingLink): string {
  if (effect.package !== null) return effect.package
  const { fn } = effect
  if (fn === null) return describe(link.value)
  // Guards and their kind are known by their class.
  if (fn.owner !== null) return describe(fn)
  if (fn.facts.name !== '') return fn.facts.name
  const { line } = rangeOf(model.files, fn.at).start
  return `${baseNameOf(fn.at.file)}:${line}`
}

function cellText(model: ProjectModel, protection: Protection, capability: Capability): string {
  if (protection.answer === 'unknown') return '?'
  if (protection.answer === 'no') return '–'
  if (protection.by === 'gateway') return 'gateway'
  const names = [...new Set(protection.links.map((link) => nameWithLimit(model, link, capability)))]
  const text = names.length === 0 ? 'yes' : names.join(', ')
  const condition = protection.isConditional ? ` if ${protection.flags.join(', ') || '…'}` : ''
  return shortened(text + condition)
}

function nameWithLimit(model: ProjectModel, link: ProtectingLink, capability: Capability): string {
  const limit = capability === 'rate-limit' ? limitText(model, link.effect) : ''
  return limit === '' ? nameOf(model, link) : limit
}

function shortened(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL - 1)}…` : text
}

/** Routes that a request line such as `POST /login` or `/users/7` speaks of. */
export function matchingRoutes(model: ProjectModel, request: string): readonly Route[] {
  const [, method, path = request] = /^([A-Za-z]+)\s+(.*)$/.exec(request.trim()) ?? []
  const wanted = segments(path)
  const candidates = model.routes.filter((route) => method === undefined || route.method === 'ALL' || route.method === method.toUpperCase())
  const exact = candidates.filter((route) => segments(route.path).join('/') === wanted.join('/'))
  return exact.length > 0 ? exact : candidates.filter((route) => fits(segments(route.path), wanted))
}

function segments(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '')
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  return (
    pattern.length === path.length &&
    pattern.every((segment, index) => segment.startsWith(':') || segment === '*' || segment === path[index])
  )
}

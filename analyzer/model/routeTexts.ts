// What is known of the texts that middleware reads of a request, for the requests of one route: its path, as far as it has no parameters, and its method.
import type { CallRecord, MemberValue, Value } from '../link/value.js'
import { projectPattern } from '../text/projectPattern.js'
import type { ChainLink, Entry, Route } from './model.js'
import { isNestOnFastify, isOnExpress } from './nestPlatform.js'
import { globalOf, methodName, originOf } from './origins.js'
import { isRequest } from './requests.js'
import { stringOf } from './values.js'

/** What is known of a text: all of it, or how it begins. */
export interface Known {
  readonly text: string
  readonly isWhole: boolean
}

export function isText({ text, isWhole }: Known, other: string): boolean | null {
  if (isWhole) return text === other
  return other.startsWith(text) ? null : false
}

export function isMatch(known: Known | null, { pattern, flags }: { readonly pattern: string; readonly flags: string }): boolean | null {
  if (known === null) return null
  const expression = projectPattern(pattern, flags)
  // How a text begins decides about patterns that ask for nothing behind it.
  if (!known.isWhole && !/^\^[\w/-]+$/.test(pattern.replaceAll('\\/', '/'))) return null
  return expression === null ? null : expression.test(known.text) ? true : known.isWhole ? false : null
}

export function startsWith({ text, isWhole }: Known, start: string): boolean | null {
  if (text.startsWith(start)) return true
  return isWhole || !start.startsWith(text) ? false : null
}

/** The request's path or method, as far as its route says it. */
export function textAsked(route: Route, link: ChainLink, value: Value): Known | null {
  const within = (one: Value): Known | null => textAsked(route, link, one)
  if (value.kind === 'literal') return typeof value.value === 'string' ? { text: value.value, isWhole: true } : null
  if (value.kind === 'template') return joined(value.parts.map(within))
  if (value.kind === 'result') return afterCall(value.call, within)
  if (value.kind !== 'member') return null
  if (value.object.kind === 'result') {
    const { callee, args } = value.object.call
    if (value.name === '0' && callee.kind === 'member' && callee.name === 'split' && stringOf(args[0] ?? null) === '?')
      return within(callee.object)
    if (value.name === 'pathname' && isAddress(value.object.call) && args[0] !== undefined) return within(args[0])
  }
  if (isPattern(value)) return { text: route.path, isWhole: true }
  if (!isRequest(value.object)) return null
  if (value.name === 'method') return route.method === 'ALL' || route.method === '*' ? null : { text: route.method, isWhole: true }
  const path = known(route.path)
  if (value.name === 'originalUrl') return path
  if (!/^(?:path|url)$/.test(value.name)) return null
  if (route.app.framework === 'fastify') return value.name === 'url' ? path : null
  if (route.app.framework === 'nest') {
    if (isGuard(link.value)) return path
    const taken = takenOff(link)
    if (taken !== undefined) return isNestOnFastify(route.app) && value.name === 'path' ? NOTHING : left(path, taken)
    if (!isUsedOnExpress(route, link)) return null
  }
  const below = pathBelow(route, link)
  return below === null ? null : known(below)
}

/** On Fastify middleware gets the request of Node, which has no `path`. */
const NOTHING: Known = { text: '', isWhole: true }

/** What is left of a path without its beginning; '*' takes all of it. */
function left(path: Known | null, taken: string | null): Known | null {
  if (taken === '*') return { text: '/', isWhole: true }
  if (path === null || taken === null || !`${path.text}/`.startsWith(`${taken}/`)) return null
  const rest = path.text.slice(taken.length)
  return { ...path, text: rest === '' && path.isWhole ? '/' : rest }
}

/** What is taken off in front of middleware of a module; undefined for everything else. */
function takenOff({ entry, value, at }: ChainLink): string | null | undefined {
  return entry.takenOff?.[entry.handlers.findIndex((one, index) => one === value && entry.handlersAt[index] === at)]
}

/** `` `${req.method} ${req.path}` `` */
function joined(parts: readonly (Known | null)[]): Known | null {
  let text = ''
  for (const part of parts) {
    if (part === null || !part.isWhole) return text === '' && part === null ? null : { text: text + (part?.text ?? ''), isWhole: false }
    text += part.text
  }
  return { text, isWhole: true }
}

/** What methods of a text make of it: `toLowerCase()`, `slice(0, 7)`, `replace(/\/$/, '')`. */
function afterCall({ callee, args }: CallRecord, within: (one: Value) => Known | null): Known | null {
  const known = callee.kind === 'member' ? within(callee.object) : null
  if (known === null) return null
  const [first, second] = args
  switch (methodName(callee)) {
    case 'toString':
      return known
    case 'toLowerCase':
      return { ...known, text: known.text.toLowerCase() }
    case 'slice':
    case 'substring': {
      if (first?.kind !== 'literal' || first.value !== 0 || second?.kind !== 'literal' || typeof second.value !== 'number') return null
      const isWhole = known.isWhole || (second.value >= 0 && known.text.length >= second.value)
      return isWhole ? { text: known.text.slice(0, second.value), isWhole } : null
    }
    case 'replace': {
      const pattern = first?.kind === 'regex' ? projectPattern(first.pattern, first.flags) : null
      const by = stringOf(second ?? null)
      return known.isWhole && pattern !== null && by !== null ? { ...known, text: known.text.replace(pattern, by) } : null
    }
    default:
      return null
  }
}

/** `new URL(req.url, base)` and `parse(req.url)` of Node. */
function isAddress({ callee, isNew }: CallRecord): boolean {
  if (isNew) return globalOf(callee) === 'URL' || (originOf(callee)?.package === 'url' && methodName(callee) === 'URL')
  const origin = originOf(callee)
  return origin !== null && /^(?:node:)?url$/.test(origin.package) && origin.path.at(-1) === 'parse'
}

/** Guards of Nest run where nothing was taken off. */
function isGuard(value: Value): boolean {
  return value.kind === 'function' ? value.facts.name === 'canActivate' : originOf(value)?.path[0] === 'ThrottlerGuard'
}

/** Nest hands what `app.use` is given to Express as it is. */
function isUsedOnExpress({ app }: Route, { entry }: ChainLink): boolean {
  return entry.kind === 'layer' && entry.call !== null && methodName(entry.call.callee) === 'use' && isOnExpress(app)
}

/** `request.routeOptions.url` of Fastify, and what version 4 called it: the path as the route has it. */
function isPattern({ name, object }: MemberValue): boolean {
  if (name === 'routerPath') return isRequest(object)
  return name === 'url' && object.kind === 'member' && object.name === 'routeOptions' && isRequest(object.object)
}

/** A path up to its first parameter; null where nothing of it is known. */
export function known(path: string): Known | null {
  const text = /^[\w/.~@-]*/.exec(path)?.[0] ?? ''
  return text.startsWith('/') ? { text, isWhole: text === path } : null
}

/** What Express leaves of the route's path where the link runs, without the paths of the mounts above it, and its own where it is a layer. null where they are not plain. */
function pathBelow(route: Route, { entry }: ChainLink): string | null {
  const above: Entry[] = []
  if (entry.scope !== route.app.scope) {
    const place = route.mounts.findIndex(({ mounted }) => mounted === entry.scope)
    if (place < 0) return null
    above.push(...route.mounts.slice(0, place + 1))
  }
  if (entry.kind !== 'route') above.push(entry)
  // A wildcard takes all of it.
  if (above.some(({ path }) => path !== null && /^\/?(?:\*\w*|\{\*\w+\})$/.test(path))) return '/'
  const paths = above.map(({ path }) => path)
  if (!paths.every((path) => path !== null && /^(?:\/[\w/.~@:-]*)?$/.test(path))) return null
  const taken = segmentsOf(paths.join(''))
  const given = segmentsOf(route.path)
  // A parameter of a mount takes one segment, whatever the route has there; a parameter of the route fits some texts alone.
  const isTaken = taken.every(
    (segment, index) => segment === given[index] || (segment.startsWith(':') && /^:?[\w.~@-]+$/.test(given[index] ?? '')),
  )
  return isTaken ? `/${given.slice(taken.length).join('/')}` : null
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '')
}

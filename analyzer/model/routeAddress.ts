// What middleware asks of a request's path and method, answered for the requests of one route.
import type { CallRecord, MemberValue, Value } from '../link/value.js'
import { projectPattern } from '../text/projectPattern.js'
import type { ChainLink, Entry, Route } from './model.js'
import { isRequest } from './requests.js'
import { stringOf } from './values.js'

/** What is known of a text: all of it, or how it begins. */
export interface Known {
  readonly text: string
  readonly isWhole: boolean
}

/** Whether a comparison with the path or the method holds for requests of the route; null for every other value, and where that is not known. */
export function addressAsked(route: Route, link: ChainLink, value: Value): boolean | null {
  if (value.kind === 'operation') {
    const [left, right] = value.operands
    if (value.operator === 'includes' && left !== undefined) return isAmong(route, link, left, right)
    if (left === undefined || right === undefined || !/^(?:[!=]==?|>=?)$/.test(value.operator)) return null
    const isSame =
      placeAsked(route, link, left, value.operator, right) ?? sameText(route, link, left, right) ?? sameText(route, link, right, left)
    return isSame === null || !value.operator.startsWith('!') ? isSame : !isSame
  }
  return value.kind === 'result' ? callAsked(route, link, value.call) : null
}

function sameText(route: Route, link: ChainLink, asked: Value, other: Value): boolean | null {
  const known = textAsked(route, link, asked)
  const text = stringOf(other)
  return known === null || text === null ? null : isText(known, text)
}

/** `open.indexOf(req.path) !== -1`, `>= 0` and `> -1`; what the operator negates is answered without it. */
function placeAsked(route: Route, link: ChainLink, left: Value, operator: string, right: Value): boolean | null {
  if (left.kind !== 'result' || left.call.callee.kind !== 'member' || left.call.callee.name !== 'indexOf' || right.kind !== 'literal')
    return null
  const isIn = isAmong(route, link, left.call.callee.object, left.call.args[0])
  if (isIn === null) return null
  if (/^[!=]==?$/.test(operator)) return right.value === -1 ? !isIn : null
  return (operator === '>' && right.value === -1) || (operator === '>=' && right.value === 0) ? isIn : null
}

/** `req.path.startsWith('/public')`, `open.includes(req.path)`, `/^\/public/.test(req.path)` */
function callAsked(route: Route, link: ChainLink, { callee, args: [first] }: CallRecord): boolean | null {
  if (callee.kind !== 'member' || first === undefined) return null
  if (callee.object.kind === 'regex') return callee.name === 'test' ? isMatch(textAsked(route, link, first), callee.object) : null
  const known = textAsked(route, link, callee.object)
  if (known === null) return callee.name === 'includes' || callee.name === 'has' ? isAmong(route, link, callee.object, first) : null
  if (first.kind === 'regex') return callee.name === 'match' ? isMatch(known, first) : null
  const text = stringOf(first)
  if (text === null) return null
  const { isWhole } = known
  switch (callee.name) {
    case 'startsWith':
      return known.text.startsWith(text) ? true : isWhole || !text.startsWith(known.text) ? false : null
    case 'endsWith':
      return isWhole ? known.text.endsWith(text) : null
    case 'includes':
      return known.text.includes(text) ? true : isWhole ? false : null
    default:
      return null
  }
}

/** Whether a list or a Set of texts, or an object that has them for keys, holds what is asked for. */
function isAmong(route: Route, link: ChainLink, list: Value, asked: Value | undefined): boolean | null {
  const known = asked === undefined ? null : textAsked(route, link, asked)
  if (known === null || (list.kind !== 'array' && !(list.kind === 'object' && list.role === 'set')) || list.isOpen) return null
  const texts = list.kind === 'array' ? list.elements.map(stringOf) : [...list.properties.values()].map(stringOf)
  const answers = texts.map((text) => (text === null ? null : isText(known, text)))
  if (answers.includes(true)) return true
  return answers.includes(null) ? null : false
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

/** The request's path or method, as far as its route says it. */
function textAsked(route: Route, link: ChainLink, value: Value): Known | null {
  if (value.kind === 'member' && value.name === '0' && value.object.kind === 'result') {
    const { callee, args } = value.object.call
    return callee.kind === 'member' && callee.name === 'split' && stringOf(args[0] ?? null) === '?'
      ? textAsked(route, link, callee.object)
      : null
  }
  if (value.kind === 'result' && value.call.callee.kind === 'member' && value.call.callee.name === 'toLowerCase') {
    const known = textAsked(route, link, value.call.callee.object)
    return known === null ? null : { ...known, text: known.text.toLowerCase() }
  }
  if (value.kind !== 'member') return null
  if (isPattern(value)) return { text: route.path, isWhole: true }
  if (!isRequest(value.object)) return null
  if (value.name === 'method') return route.method === 'ALL' || route.method === '*' ? null : { text: route.method, isWhole: true }
  const path = known(route.path)
  if (value.name === 'originalUrl') return path
  if (!/^(?:path|url)$/.test(value.name)) return null
  if (route.app.framework === 'fastify') return value.name === 'url' ? path : null
  // Guards run where nothing was taken off; how much is, before middleware of a module, differs by version.
  if (route.app.framework === 'nest') return link.value.kind === 'function' && link.value.facts.name === 'canActivate' ? path : null
  const prefix = prefixOf(route, link)
  if (path === null || prefix === null || !`${path.text}/`.startsWith(`${prefix}/`)) return null
  const rest = path.text.slice(prefix.length)
  return { ...path, text: rest === '' && path.isWhole ? '/' : rest }
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

/** What Express has taken off the path where the link runs: the paths of the mounts above it, and its own where it is a layer. null where they are not plain. */
function prefixOf(route: Route, { entry }: ChainLink): string | null {
  const above: Entry[] = []
  if (entry.scope !== route.app.scope) {
    const place = route.mounts.findIndex(({ mounted }) => mounted === entry.scope)
    if (place < 0) return null
    above.push(...route.mounts.slice(0, place + 1))
  }
  if (entry.kind !== 'route') above.push(entry)
  const paths = above.map(({ path }) => (path === '/' || path === '*' ? '' : path))
  return paths.every((path) => path !== null && /^(?:\/[\w/.~@-]*)?$/.test(path)) ? paths.join('') : null
}

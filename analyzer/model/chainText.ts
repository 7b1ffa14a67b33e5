// The chain of a route as a reader would say it.
import { describe } from './describe.js'
import type { ChainLink, Route } from './model.js'
import { isHandler, middlewareOf, runningLinks } from './queries.js'

/** The chain of a route as one line: `helmet() → limiter → login`. */
export function chainText(route: Route): string {
  return joined(route, runningLinks(route))
}

/** What stands in front of a route's handler, as one line: `helmet() → limiter`. */
export function inFrontText(route: Route): string {
  return joined(route, middlewareOf(route)) || 'nothing'
}

function joined(route: Route, links: readonly ChainLink[]): string {
  return links.map((link) => (link.isConditional ? `(${linkText(route, link)})` : linkText(route, link))).join(' → ')
}

/** A function that is written where it is registered has no name, and that of the function around it would mislead: both `build(…)` and its handlers. */
function linkText(route: Route, link: ChainLink): string {
  if (!isWrittenInPlace(link)) return describe(link.value)
  if (isHandler(route, link)) return 'the handler'
  return link.entry.hook === undefined ? 'a function' : `${link.entry.hook} hook`
}

function isWrittenInPlace({ value, at }: ChainLink): boolean {
  if (value.kind !== 'function' || value.facts.name !== '' || value.source.file !== at.file) return false
  const { id } = value.facts
  return id.slice(0, Math.max(id.lastIndexOf('.'), 0)) === at.fn
}

// The strict limiter that a file puts in front of other routes that take credentials: one route more does not need another kind.
import type { Editor } from '../../fix/fix.js'
import { inSameFunction } from '../../text/location.js'
import type { ProjectModel, Route } from '../model.js'
import { protectsRoute } from '../queries.js'
import type { RoutePlace } from '../routePlaces.js'
import { limitDemand } from './limitDemand.js'
import { isLax } from './laxLimits.js'

/** A call with plain arguments makes a limiter of its own wherever it stands. */
const PLAIN_CALL = /^[\w$.]+\((?:[\s\d_.*,{}:]|'[^'\\]*'|"[^"\\]*"|[\w$]+\s*:)*\)$/

/**
 * The code of such a limiter, for a route that is registered in the same function. One that has a name is taken where several routes share it already;
 * where it counts under the name of its route, it gets that of the new one.
 */
export function neighbourLimit(editor: Editor, model: ProjectModel, place: RoutePlace): string | null {
  const [route] = place.routes
  const texts = route === undefined ? [] : strictNeighbours(model, place).map(({ at, of }) => named(editor.text(at), of, route))
  const call = texts.find((text) => PLAIN_CALL.test(text))
  return call ?? texts.find((text, index) => /^[\w$.]+$/.test(text) && texts.indexOf(text) !== index) ?? null
}

function strictNeighbours(model: ProjectModel, { at: place }: RoutePlace): readonly { readonly at: Route['at']; readonly of: Route }[] {
  const others = model.routes.filter(({ at }) => inSameFunction(at, place) && at.node !== place.node)
  return others.flatMap((of) => {
    if (limitDemand(model, of, 'costly')?.isCredential !== true) return []
    const { links, isConditional, answer } = protectsRoute(model, of, 'rate-limit')
    if (answer !== 'yes' || isConditional) return []
    return links.flatMap(({ link, effect }) =>
      link.entry === of.entry && inSameFunction(link.at, place) && !isLax(model, effect) ? [{ at: link.at, of }] : [],
    )
  })
}

/** `limit(5, 'login')` in front of `/login` becomes `limit(5, 'forgot')` in front of `/forgot`. */
function named(text: string, { path }: Route, route: Route): string {
  const own = lastName(route.path)
  const known = lastName(path)
  if (own === undefined || known === undefined) return text
  return text.replace(new RegExp(`(['"])${known.replaceAll(/[^\w-]/g, '.')}\\1`), (_, quote: string) => `${quote}${own}${quote}`)
}

function lastName(path: string): string | undefined {
  return path.split('/').findLast((part) => /^[\w-]+$/.test(part))
}

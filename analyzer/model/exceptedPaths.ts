// `jwt(…).unless({ path: ['/login'] })` of express-unless: requests that go past the middleware (run with express-unless 2).
import type { ResultValue, Value } from '../link/value.js'
import type { Route } from './model.js'
import { isMatch, isText, known } from './routeTexts.js'
import { property, stringOf } from './values.js'

/** The layer that `unless` was asked of, and what it excepts. Packages make theirs (express-jwt), a function of the project is given one. */
export function exceptedLayer(value: ResultValue): { readonly layer: Value; readonly options: Value | null } | null {
  const { callee, receiver, args } = value.call
  const isOfLayer = callee.kind === 'member' && callee.name === 'unless'
  const layer = isOfLayer ? callee.object : callee.kind === 'package' && callee.package === 'express-unless' ? receiver : null
  return layer === null ? null : { layer, options: args[0] ?? null }
}

/** True where all requests for the route go past, by path or by method: one of them suffices. What `custom` says of a request is not known. */
export function isExcepted(route: Route, layer: Value): boolean {
  const excepted = layer.kind === 'result' ? exceptedLayer(layer) : null
  if (excepted === null) return false
  if (isAmongMethods(route, property(excepted.options, 'method'))) return true
  return listOf(property(excepted.options, 'path')).some((one) => {
    if (one.kind !== 'object') return isAt(route, one)
    const methods = property(one, 'methods') ?? property(one, 'method')
    return isAt(route, property(one, 'url')) && (methods === null || isAmongMethods(route, methods))
  })
}

/** A text is the whole path, as the client wrote it. */
function isAt(route: Route, wanted: Value | null): boolean {
  const path = known(route.path)
  if (path === null || wanted === null) return false
  if (wanted.kind === 'regex') return isMatch(path, wanted) === true
  const text = stringOf(wanted)
  return text !== null && isText(path, text) === true
}

function isAmongMethods({ method }: Route, wanted: Value | null): boolean {
  return listOf(wanted).some((one) => stringOf(one) === method)
}

function listOf(value: Value | null): readonly Value[] {
  return value === null ? [] : value.kind === 'array' ? value.elements : [value]
}

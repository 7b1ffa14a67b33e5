// What middleware asks of a request's path and method, answered for the requests of one route.
import { mayMiss } from '../link/lacking.js'
import type { CallRecord, Value } from '../link/value.js'
import type { ChainLink, Route } from './model.js'
import { isMatch, isText, startsWith, textAsked } from './routeTexts.js'
import { globalOf } from './origins.js'
import { some } from './threeValued.js'
import { stringOf } from './values.js'

/** Whether a comparison with the path or the method holds for requests of the route; null for every other value, and where that is not known. */
export function addressAsked(route: Route, link: ChainLink, value: Value): boolean | null {
  if (value.kind === 'operation') {
    const [left, right] = value.operands
    if (value.operator === 'includes' && left !== undefined) return isAmong(route, link, left, right)
    if (value.operator === 'in' && left !== undefined && right !== undefined) return isKeyOf(route, link, right, left)
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

/** `open.indexOf(req.path) !== -1`, `>= 0` and `> -1`, and `req.path.indexOf('/public') === 0`; what the operator negates is answered without it. */
function placeAsked(route: Route, link: ChainLink, left: Value, operator: string, right: Value): boolean | null {
  if (left.kind !== 'result' || left.call.callee.kind !== 'member' || left.call.callee.name !== 'indexOf' || right.kind !== 'literal')
    return null
  const { object } = left.call.callee
  const known = textAsked(route, link, object)
  const text = stringOf(left.call.args[0] ?? null)
  if (known !== null && text !== null && right.value === 0 && /^[!=]==?$/.test(operator)) return startsWith(known, text)
  const isIn = isAmong(route, link, object, left.call.args[0])
  if (isIn === null) return null
  if (/^[!=]==?$/.test(operator)) return right.value === -1 ? !isIn : null
  return (operator === '>' && right.value === -1) || (operator === '>=' && right.value === 0) ? isIn : null
}

/** `req.path.startsWith('/public')`, `open.includes(req.path)`, `/^\/public/.test(req.path)` */
function callAsked(route: Route, link: ChainLink, { callee, args: [first, second] }: CallRecord): boolean | null {
  if (first === undefined) return null
  if (second !== undefined && globalOf(callee) === 'Object.hasOwn') return isKeyOf(route, link, first, second)
  if (callee.kind !== 'member') return null
  if (callee.name === 'hasOwnProperty') return isKeyOf(route, link, callee.object, first)
  if (callee.object.kind === 'regex') return callee.name === 'test' ? isMatch(textAsked(route, link, first), callee.object) : null
  const known = textAsked(route, link, callee.object)
  if (known === null) return callee.name === 'includes' || callee.name === 'has' ? isAmong(route, link, callee.object, first) : null
  if (first.kind === 'regex') return callee.name === 'match' ? isMatch(known, first) : null
  const text = stringOf(first)
  if (text === null) return null
  const { isWhole } = known
  switch (callee.name) {
    case 'startsWith':
      return startsWith(known, text)
    case 'endsWith':
      return isWhole ? known.text.endsWith(text) : null
    case 'includes':
      return known.text.includes(text) ? true : isWhole ? false : null
    default:
      return null
  }
}

/** Whether a list or a Set of texts, or a Map that has them for keys, holds what is asked for. What it may lack is not known to be in it. */
function isAmong(route: Route, link: ChainLink, list: Value, asked: Value | undefined): boolean | null {
  const known = asked === undefined ? null : textAsked(route, link, asked)
  const texts = known === null ? null : textsOf(list)
  if (known === null || texts === null || (list.kind !== 'array' && list.kind !== 'object')) return null
  const answers = texts.map(([text, element]) => {
    const answer = text === null ? null : isText(known, text)
    return answer === true && mayMiss(list, element) ? null : answer
  })
  const isListed = some(answers)
  return isListed === false && list.isOpen ? null : isListed
}

/** `req.path in open`, `Object.hasOwn(open, req.path)` */
function isKeyOf(route: Route, link: ChainLink, table: Value, key: Value): boolean | null {
  const known = textAsked(route, link, key)
  if (known === null || table.kind !== 'object' || table.role !== 'plain' || table.isOpen) return null
  return some([...table.properties.keys()].map((name) => isText(known, name)))
}

/** With the elements that they belong to; null stands for those that are not known. */
function textsOf(list: Value): readonly (readonly [string | null, Value])[] | null {
  if (list.kind === 'object' && list.role === 'map') return [...list.properties]
  const elements =
    list.kind === 'array' ? list.elements : list.kind === 'object' && list.role === 'set' ? [...list.properties.values()] : null
  return elements?.map((element) => [stringOf(element), element]) ?? null
}

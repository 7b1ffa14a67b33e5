// Cookies that strategies of passport-jwt take their token from.
import type { CallRecord, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import { identityReads } from './identityReads.js'
import type { ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { productionCalls } from '../productionCalls.js'
import { recordedOnce } from '../recorded.js'
import { possibleValues, property } from '../values.js'

/** Names of the cookies. Empty where some strategy takes its token from a header alone: which one guards a route is told by names that may mean either. */
export const strategyCookies: (model: ProjectModel) => readonly string[] = recordedOnce((model) => {
  const calls = (path: readonly string[]): readonly CallRecord[] => productionCalls(model, callsTo(model, 'passport-jwt', path))
  const lists = calls(['ExtractJwt', 'fromExtractors']).map(({ args }) => possibleValues(args[0] ?? null).flatMap(elementsOf))
  const own = calls(['Strategy']).map(({ args }) => possibleValues(property(args[0] ?? null, 'jwtFromRequest')))
  const cookies = [...lists, ...own.filter((one) => one.some(({ kind }) => kind === 'function'))].map((one) => cookiesOf(model, one))
  const listed = new Set(lists.flat().flatMap((one) => (one.kind === 'result' ? [one.call] : [])))
  const isByHeader = HEADERS.some((name) => calls(['ExtractJwt', name]).some((call) => !listed.has(call)))
  return isByHeader || cookies.some(({ length }) => length === 0) ? [] : cookies.flat()
})

const HEADERS = ['fromAuthHeaderAsBearerToken', 'fromAuthHeaderWithScheme', 'fromHeader']

function elementsOf(value: Value): readonly Value[] {
  return value.kind === 'array' ? value.elements : [value]
}

function cookiesOf(model: ProjectModel, extractors: readonly Value[]): readonly string[] {
  return extractors.flatMap((one) => (one.kind === 'function' ? identityReads(conductOf(model, one)).cookies : []))
}

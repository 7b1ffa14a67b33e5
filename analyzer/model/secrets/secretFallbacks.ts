// The expressions in which a literal stands in for an environment variable, as far as a fix can take the literal out.
import type { CallRecord, Value } from '../../link/value.js'
import { inSameFunction, locationKey, type Location } from '../../text/location.js'
import { environmentSchemas } from './environmentSchemas.js'
import type { ProjectModel } from '../model.js'
import { ofCalls, ofEachBinding } from '../perPart.js'
import { methodName, originOf } from '../origins.js'
import { recordedOnce } from '../recorded.js'
import { eachWithin } from '../wideSearch.js'

export type FallbackSite =
  /** `process.env.X || '…'` as a whole. */
  | { readonly kind: 'expression'; readonly at: Location }
  /** `z.string().default('…')`: the call, and what stands before `.default`. */
  | { readonly kind: 'chain'; readonly at: Location; readonly receiver: Location; readonly needsRequired: boolean }
  /** `config.get('NAME', '…')` of Nest: the call, and its first argument. */
  | { readonly kind: 'configuration'; readonly at: Location; readonly key: Location }
  /** `str({ default: '…' })`: the object. */
  | { readonly kind: 'option'; readonly at: Location }

/** The simple expression around a literal that stands in for a variable; null for anything else. */
export function fallbackSiteOf(model: ProjectModel, literal: Location): FallbackSite | null {
  return sites(model).get(locationKey(literal)) ?? null
}

const sites = recordedOnce(readSites)

function readSites(model: ProjectModel): ReadonlyMap<string, FallbackSite> {
  const found = new Map<string, FallbackSite>([...boundExpressions(model), ...passedExpressions(model)])
  for (const { keys } of environmentSchemas(model)) for (const key of keys ?? []) noteRule(found, key.rule)
  return found
}

/** What `enters` lets in. */
const KINDS = ['choice', 'result', 'promise', 'array', 'member'] as const
const boundExpressions = ofEachBinding(({ value }) => (enters(value) ? expressionsIn([value]) : noExpressions), KINDS)
const noExpressions: readonly (readonly [string, FallbackSite])[] = []
const passedExpressions = ofCalls((calls) => [...expressionsIn(calls.flatMap((call) => call.args)), ...calls.flatMap(configurationSite)], {
  given: KINDS,
  names: (name) => name === 'get',
})

/** ConfigService gives its second argument where the variable is missing (domain fact F8). */
function configurationSite({ callee, args, argsAt, at }: CallRecord): readonly (readonly [string, FallbackSite])[] {
  const [key] = argsAt
  const literal = args[1]
  if (callee.kind !== 'member' || callee.name !== 'get' || key === undefined || literal?.kind !== 'literal') return []
  const { object } = callee
  const type = object.kind === 'typed' || object.kind === 'parameter' ? (object.type?.name ?? '') : ''
  return type === 'ConfigService' ? [[locationKey(literal.at), { kind: 'configuration', at, key }]] : []
}

function expressionsIn(values: readonly Value[]): readonly (readonly [string, FallbackSite])[] {
  const found = new Map<string, FallbackSite>()
  const entered = values.filter(enters)
  if (entered.length > 0) eachWithin(entered, (one) => noteExpression(found, one), enters)
  return [...found]
}

function enters(value: Value): boolean {
  const { kind } = value
  return kind === 'choice' || kind === 'result' || kind === 'promise' || kind === 'array' || kind === 'member'
}

/** Both sides stand in the same function, so that nobody else comes by the same expression with other names. */
function noteExpression(found: Map<string, FallbackSite>, value: Value): void {
  if (value.kind !== 'choice' || (value.operator !== '||' && value.operator !== '??') || value.options.length !== 2) return
  const [variable, literal] = value.options
  if (variable?.kind !== 'environment' || literal?.kind !== 'literal') return
  const isTogether = [variable.at, literal.at].every((at) => inSameFunction(at, value.at))
  // The default of a destructured name has the place of its pattern.
  if (isTogether && value.at.node < variable.at.node) found.set(locationKey(literal.at), { kind: 'expression', at: value.at })
}

function noteRule(found: Map<string, FallbackSite>, rule: Value): void {
  for (
    let value = rule;
    value.kind === 'result' || value.kind === 'member';
    value = value.kind === 'result' ? value.call.callee : value.object
  ) {
    if (value.kind !== 'result') continue
    const { callee, args, at } = value.call
    const options = args.at(-1)
    const given = options?.kind === 'object' ? options.properties.get('default') : undefined
    if (options !== undefined && given?.kind === 'literal') found.set(locationKey(given.at), { kind: 'option', at: options.at })
    if (methodName(callee) !== 'default' || args[0]?.kind !== 'literal' || callee.kind !== 'member') continue
    const needsRequired = originOf(callee)?.package.includes('joi') === true && !isRequired(callee.object)
    found.set(locationKey(args[0].at), { kind: 'chain', at, receiver: callee.object.at, needsRequired })
  }
}

function isRequired(rule: Value): boolean {
  for (
    let value = rule;
    value.kind === 'result' || value.kind === 'member';
    value = value.kind === 'result' ? value.call.callee : value.object
  )
    if (value.kind === 'member' && value.name === 'required') return true
  return false
}

// What a hook of Fastify asks of the route that it runs for: `if (request.routeOptions.config.public) return`.
import type { Guard, Value } from '../link/value.js'
import { conductOf } from './conduct.js'
import type { Effect } from './effect.js'
import type { ChainLink, ProjectModel, Route } from './model.js'
import { isRequest } from './requests.js'

/** True for a guard that lets every request for this route pass, as the route's own `config` says. */
export function sparesByConfig(model: ProjectModel, route: Route, { value, entry }: ChainLink, { call }: Effect): boolean {
  if (route.app.framework !== 'fastify' || value.kind !== 'function' || entry.hook === undefined) return false
  const refusals = conductOf(model, value).refusals.filter(({ statuses }) => statuses.length === 0 || statuses.some(isRefusal))
  const guarded = [...refusals.map(({ guards }) => guards), ...(call === null ? [] : [call.guards])]
  return guarded.length > 0 && guarded.every((guards) => guards.some((guard) => isRuledOut(route, guard)))
}

function isRefusal(status: number): boolean {
  return status === 401 || status === 403
}

function isRuledOut(route: Route, { value, holds }: Guard): boolean {
  const answer = answerOf(route, value)
  return answer !== null && answer !== holds
}

/** Whether the condition holds for requests of the route; null where that does not follow from its `config`. */
function answerOf(route: Route, value: Value): boolean | null {
  if (value.kind === 'operation' || (value.kind === 'choice' && (value.operator === '&&' || value.operator === '||'))) {
    const [left, right] = value.kind === 'operation' ? value.operands : value.options
    if (left === undefined) return null
    if (value.operator === '!') return negated(answerOf(route, left))
    if (right === undefined) return null
    if (value.operator === '&&') return both(answerOf(route, left), answerOf(route, right))
    if (value.operator === '||') return negated(both(negated(answerOf(route, left)), negated(answerOf(route, right))))
    if (!/^[!=]==?$/.test(value.operator) || right.kind !== 'literal') return null
    const setting = settingAsked(route, left)
    if (setting === null || (setting !== 'missing' && setting.kind !== 'literal')) return null
    const isSame = (setting === 'missing' ? undefined : setting.value) === right.value
    return value.operator.startsWith('!') ? !isSame : isSame
  }
  const setting = settingAsked(route, value)
  if (setting === null) return null
  if (setting === 'missing') return false
  if (setting.kind === 'literal') return Boolean(setting.value)
  return setting.kind === 'array' || setting.kind === 'object' || setting.kind === 'function' ? true : null
}

function negated(answer: boolean | null): boolean | null {
  return answer === null ? null : !answer
}

function both(one: boolean | null, other: boolean | null): boolean | null {
  if (one === false || other === false) return false
  return one === null || other === null ? null : true
}

/** The setting of the route that `request.routeOptions.config.name` reads; null for every other value, and where the route's settings are not known. */
function settingAsked({ entry }: Route, value: Value): Value | 'missing' | null {
  if (value.kind !== 'member' || !isConfig(value.object) || entry.options?.kind !== 'object' || entry.options.isOpen) return null
  const config = entry.options.properties.get('config')
  if (config === undefined) return 'missing'
  if (config.kind !== 'object') return null
  return config.properties.get(value.name) ?? (config.isOpen ? null : 'missing')
}

/** `request.routeOptions.config`, and what versions 3 and 4 called it: `request.routeConfig`, `request.context.config`, `reply.context.config`. */
function isConfig(value: Value): boolean {
  if (value.kind !== 'member') return false
  if (value.name === 'routeConfig') return isRequest(value.object)
  const { object } = value
  return value.name === 'config' && object.kind === 'member' && /^(?:routeOptions|context)$/.test(object.name) && isExchange(object.object)
}

function isExchange(value: Value): boolean {
  return isRequest(value) || (value.kind === 'parameter' && value.role === 'response')
}

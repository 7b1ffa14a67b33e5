// Middleware that lets every request for some routes pass: `if (request.routeOptions.config.public) return`, `if (open.includes(req.path)) return next()`.
import type { Guard, Value } from '../link/value.js'
import { conductOf, type Refusal } from './conduct.js'
import type { Effect } from './effect.js'
import { isExcepted } from './exceptedPaths.js'
import type { Capability, ChainLink, ProjectModel, Route } from './model.js'
import { addressAsked } from './routeAddress.js'
import { settingAsked } from './routeConfig.js'

/** True where conditions on the route's own address, method or `config` keep the function from doing what it does to other requests. */
export function spares(model: ProjectModel, route: Route, link: ChainLink, { capability, call, source }: Effect): boolean {
  if (isExcepted(route, link.value)) return true
  const isRefusalOf = REFUSALS[capability]
  if (source !== 'behaviour' || isRefusalOf === undefined || link.value.kind !== 'function') return false
  const { refusals, delegations } = conductOf(model, link.value)
  const ways = [
    ...refusals.filter(isRefusalOf).map(({ guards }) => guards),
    ...delegations.map(({ guards }) => guards),
    // What a package made elsewhere was called under other conditions.
    ...(call === null || delegations.length > 0 ? [] : [call.guards]),
  ]
  return ways.length > 0 && ways.every((guards) => guards.some((guard) => isRuledOut(route, link, guard)))
}

/** The refusals by which functions bring about what they are there for. */
const REFUSALS: Partial<Record<Capability, (refusal: Refusal) => boolean>> = {
  auth: ({ statuses }) => statuses.length === 0 || statuses.some((status) => status === 401 || status === 403),
  'rate-limit': ({ statuses }) => statuses.length === 0 || statuses.includes(429),
  csrf: ({ statuses }) => statuses.length === 0 || statuses.some((status) => status >= 400),
}

function isRuledOut(route: Route, link: ChainLink, { value, holds, kind }: Guard): boolean {
  if (kind !== 'condition' && kind !== 'early-exit') return false
  const answer = answerOf(route, link, value)
  return answer !== null && answer !== holds
}

/** Whether the condition holds for requests of the route; null where that does not follow from what is known of it. */
function answerOf(route: Route, link: ChainLink, value: Value): boolean | null {
  const within = (one: Value): boolean | null => answerOf(route, link, one)
  const address = addressAsked(route, link, value)
  if (address !== null) return address
  if (value.kind === 'operation' || (value.kind === 'choice' && (value.operator === '&&' || value.operator === '||'))) {
    const [left, right] = value.kind === 'operation' ? value.operands : value.options
    if (left === undefined) return null
    if (value.operator === '!') return negated(within(left))
    if (right === undefined) return null
    const parts = value.kind === 'operation' ? value.operands : value.options
    if (value.operator === '&&') return all(parts.map(within))
    if (value.operator === '||') return negated(all(parts.map((one) => negated(within(one)))))
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

function all(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(false)) return false
  return answers.includes(null) ? null : true
}

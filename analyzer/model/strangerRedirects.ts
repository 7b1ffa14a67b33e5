// Redirects by who asks: strangers are sent to a login, and whoever is known is sent away from it.
import type { PathCondition, Value } from '../link/value.js'
import { readsRequest, type Conduct } from './conduct.js'
import type { ResponseRecord } from './responses.js'

/** `if (!req.user) return res.redirect('/login')`. `names` are those under which a request has credentials. */
export function strangerRedirect({ answers }: Conduct, names: RegExp): ResponseRecord | undefined {
  return answers.find(({ method, record }) => method === 'redirect' && record.guards.some((guard) => asksForStranger(guard, names)))
}

/** `if (req.isAuthenticated()) return res.redirect('/home')`, and nothing else stands in anybody's way. */
export function sendsKnownAway(conduct: Conduct, names: RegExp): boolean {
  const { answers, forwards, summary } = conduct
  return (
    answers.length > 0 &&
    forwards.length === 0 &&
    summary.throws.length === 0 &&
    answers.every(({ method, record }) => method === 'redirect' && record.guards.some(({ value }) => readsRequest(value, names))) &&
    strangerRedirect(conduct, names) === undefined
  )
}

/** `!req.user`, `!res.locals.user`. What is compared with anything else than nothing may be meant for strangers. */
function asksForStranger({ value, holds }: PathCondition, names: RegExp): boolean {
  if (value.kind === 'operation' && value.operator === '!')
    return value.operands.some((one) => asksForStranger({ value: one, holds: !holds }, names))
  if (value.kind === 'choice' && /^(&&|\|\|)$/.test(value.operator))
    return value.options.some((one) => asksForStranger({ value: one, holds }, names))
  if (!readsRequest(value, names) && !isLocal(value, names)) return false
  if (value.kind !== 'operation') return !holds
  return !isNothing(value.operands[1]) || holds === !value.operator.startsWith('!')
}

/** What an earlier layer left for the views. */
function isLocal(value: Value, names: RegExp): boolean {
  if (value.kind === 'operation') return value.operands.some((one) => isLocal(one, names))
  return value.kind === 'member' && names.test(value.name) && value.object.kind === 'member' && value.object.name === 'locals'
}

function isNothing(value: Value | undefined): boolean {
  return value?.kind === 'literal' && (value.value === null || value.value === undefined)
}

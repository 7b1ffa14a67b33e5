// Recognises the project's own middleware by what it does, whatever it is called.
import type { CallRecord, FunctionValue, Value } from '../link/value.js'
import { locationKey } from '../text/location.js'
import { authEffects, csrfEffects } from './authBehaviour.js'
import { conductOf, type Conduct } from './conduct.js'
import { delegatedEffects } from './delegation.js'
import { strongestFirst, type Effect } from './effect.js'
import { answersKnownAlone } from './errors/knownErrors.js'
import { headerEffects } from './headers/headerBehaviour.js'
import { limitEffects } from './limits/limitBehaviour.js'
import type { ProjectModel } from './model.js'
import { globalOf, originOf } from './origins.js'
import { ownEffect } from './ownEffect.js'
import { recorded } from './recorded.js'
import { requestPartsIn } from './requests.js'
import { effectOf } from '../frameworks/knownPackages.js'
import { connectionEffects } from './sockets/connectionChecks.js'
import { validationEffects } from './validationBehaviour.js'
import { signatureEffects } from './webhooks/signatureBehaviour.js'

/** Effects of a project function as middleware or handler. */
export const behaviourOf: (model: ProjectModel, fn: FunctionValue) => readonly Effect[] = recorded((model, fn) =>
  recognise(model, conductOf(model, fn)),
)

function recognise(model: ProjectModel, conduct: Conduct): readonly Effect[] {
  if (conduct.delegations.length === 0) return ownEffects(conduct)
  return conduct.isErrorHandler
    ? errorHandlerEffects(conduct)
    : onePerCapability([...delegatedEffects(model, conduct), ...behaviours(conduct)])
}

// What a function does by itself is the same in every model that has the same run of it.
const own = new WeakMap<Conduct, readonly Effect[]>()

function ownEffects(conduct: Conduct): readonly Effect[] {
  let effects = own.get(conduct)
  if (effects === undefined)
    own.set(conduct, (effects = conduct.isErrorHandler ? errorHandlerEffects(conduct) : onePerCapability(behaviours(conduct))))
  return effects
}

function behaviours(conduct: Conduct): readonly Effect[] {
  return [
    ...limitEffects(conduct),
    ...headerEffects(conduct),
    ...authEffects(conduct),
    ...connectionEffects(conduct),
    ...csrfEffects(conduct),
    ...signatureEffects(conduct),
    ...validationEffects(conduct),
    ...loggingEffects(conduct),
    ...requestIdEffects(conduct),
    ...redirectEffects(conduct),
  ]
}

/** The strongest effect of each capability; several limiters in one function all stay, since each has its numbers. */
function onePerCapability(effects: readonly Effect[]): readonly Effect[] {
  const kept = new Map<string, Effect>()
  for (const effect of strongestFirst(effects)) {
    const key =
      effect.package !== null && effect.capability === 'rate-limit'
        ? `${effect.capability} ${locationKey(effect.at)} ${effect.detail}`
        : effect.capability
    const isCovered =
      effect.capability === 'rate-limit' &&
      kept.size > 0 &&
      effect.package === null &&
      [...kept.values()].some((other) => other.capability === 'rate-limit')
    if (!kept.has(key) && !isCovered) kept.set(key, effect)
  }
  return [...kept.values()]
}

function errorHandlerEffects(conduct: Conduct): readonly Effect[] {
  if (answersKnownAlone(conduct)) return []
  const first = conduct.answers[0]?.record ?? conduct.delegations[0]
  return first === undefined ? [] : [ownEffect(conduct, 'error-handler', 'high', first.at, first.guards, 'answers errors', { call: first })]
}

function loggingEffects(conduct: Conduct): readonly Effect[] {
  if (!conduct.continues) return []
  const line = conduct.records.find(
    (record) => isLogCall(record) && record.args.some((arg) => requestPartsIn(arg).length > 0) && !isOfRefusals(conduct, record),
  )
  return line === undefined ? [] : [ownEffect(conduct, 'logging', 'medium', line.at, line.guards, 'logs requests', { call: line })]
}

/** A line that stands where something failed, or where the request is refused, says nothing of the other requests. */
function isOfRefusals({ refusals }: Conduct, { guards }: CallRecord): boolean {
  if (guards.some(({ kind }) => kind === 'catch')) return true
  const stands = new Set(guards.map((guard) => `${locationKey(guard.at)} ${guard.holds}`))
  return refusals.some((refusal) => refusal.guards.every((guard) => stands.has(`${locationKey(guard.at)} ${guard.holds}`)))
}

function isLogCall(record: CallRecord): boolean {
  if (record.isWrite) return false
  if (/^console\./.test(globalOf(record.callee) ?? '')) return true
  const origin = originOf(record.callee)
  if (origin !== null && effectOf(origin.package, origin.path)?.kind === 'logger') return true
  return (
    record.callee.kind === 'member' &&
    /^(info|debug|http|verbose|trace|log)$/.test(record.callee.name) &&
    /log/i.test(nameOf(record.callee.object))
  )
}

function nameOf(value: Value): string {
  return value.kind === 'member' || value.kind === 'parameter' || value.kind === 'global'
    ? value.name
    : value.kind === 'typed'
      ? value.type.name
      : ''
}

function requestIdEffects(conduct: Conduct): readonly Effect[] {
  const written = conduct.records.find(
    (record) =>
      record.isWrite &&
      record.callee.kind === 'member' &&
      /^(id|requestId|reqId|correlationId|traceId)$/.test(record.callee.name) &&
      conduct.continues,
  )
  const header = conduct.headers.find((one) => one.kind === 'set' && /^x-(request|correlation|trace)-id$/.test(one.name ?? ''))
  const record = written ?? header?.record
  return record === undefined
    ? []
    : [ownEffect(conduct, 'request-id', 'medium', record.at, record.guards, 'gives requests an id', { call: record })]
}

function redirectEffects(conduct: Conduct): readonly Effect[] {
  const redirect = conduct.answers.find(
    ({ method, body }) =>
      method === 'redirect' &&
      body?.kind === 'template' &&
      body.parts[0]?.kind === 'literal' &&
      String(body.parts[0].value).startsWith('https://'),
  )
  return redirect === undefined
    ? []
    : [
        ownEffect(conduct, 'https-redirect', 'high', redirect.record.at, redirect.record.guards, 'redirects to https', {
          call: redirect.record,
        }),
      ]
}

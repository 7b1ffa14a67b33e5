// Recognises middleware that sets response headers by hand.
import type { CallRecord, Value } from '../../link/value.js'
import type { Conduct } from '../conduct.js'
import { ownEffect } from '../ownEffect.js'
import type { Effect } from '../effect.js'
import type { Capability } from '../model.js'
import type { HeaderWrite } from './responseHeaders.js'
import { isRequest, isResponse } from '../requests.js'
import { isFalse, possibleValues, stringOf } from '../values.js'

const securityHeaders = new Set(
  'content-security-policy strict-transport-security x-content-type-options x-frame-options referrer-policy cross-origin-opener-policy cross-origin-resource-policy cross-origin-embedder-policy'.split(
    ' ',
  ),
)

const capabilityOfHeader: Readonly<Record<string, Capability>> = {
  'content-security-policy': 'csp',
  'strict-transport-security': 'hsts',
  'permissions-policy': 'permissions-policy',
  'access-control-allow-origin': 'cors',
}

/** Security headers, CORS, Permissions-Policy and X-Powered-By that a function writes. How many of the headers make protection is decided over the whole chain. */
export function headerEffects(conduct: Conduct): readonly Effect[] {
  const set = conduct.headers.filter((one) => one.kind !== 'remove')
  const security = set.filter((one) => one.name !== null && securityHeaders.has(one.name) && !isIdle(one))
  const effects: Effect[] = []
  const first = security[0]
  if (first !== undefined) {
    const names = [...new Set(security.map((one) => (isFramingAlone(one) ? 'frame-ancestors' : (one.name ?? ''))))]
    effects.push(
      ownEffect(conduct, 'security-headers', 'high', first.record.at, sharedGuards(security), `sets ${names.join(', ')}`, {
        headers: names,
        call: first.record,
      }),
    )
  }
  for (const [name, capability] of Object.entries(capabilityOfHeader)) {
    const write = set.find((one) => one.name === name && !isFramingAlone(one))
    if (write !== undefined)
      effects.push(
        ownEffect(conduct, capability, 'high', write.record.at, write.record.guards, `sets ${name}`, {
          headers: [name],
          call: write.record,
        }),
      )
  }
  const hidden = conduct.headers.find((one) => one.name === 'x-powered-by' && (one.kind === 'remove' || !saysExpress(one)))
  if (hidden !== undefined)
    effects.push(
      ownEffect(conduct, 'hide-powered-by', 'high', hidden.record.at, hidden.record.guards, 'removes x-powered-by', {
        call: hidden.record,
      }),
    )
  const disabled = conduct.records.find(disablesPoweredBy)
  if (hidden === undefined && disabled !== undefined)
    effects.push(
      ownEffect(conduct, 'hide-powered-by', 'high', disabled.at, disabled.guards, 'disables x-powered-by', {
        call: disabled,
      }),
    )
  return effects
}

/** `req.app.disable('x-powered-by')`: Express has set the header of the first response by then, and sets that of no other. */
function disablesPoweredBy({ callee, args: [name, value] }: CallRecord): boolean {
  if (callee.kind !== 'member' || callee.object.kind !== 'member' || callee.object.name !== 'app') return false
  const { object } = callee.object
  if (!isResponse(object) && !isRequest(object)) return false
  return (
    stringOf(name ?? null) === 'x-powered-by' && (callee.name === 'disable' || (callee.name === 'set' && isFalse(value ?? null) === 'yes'))
  )
}

/** Headers with a value that browsers do not act on, or that switches the protection off. */
const idleValues: Readonly<Record<string, RegExp>> = {
  'x-content-type-options': /^(?!\s*nosniff\s*$)/i,
  'x-frame-options': /^(?!\s*(?:deny|sameorigin)\s*$)/i,
  'strict-transport-security': /^\s*max-age\s*=\s*"?0"?\s*(?:;|$)/i,
}

function isIdle({ name, value }: HeaderWrite): boolean {
  const idle = idleValues[name ?? '']
  const values = possibleValues(value)
  return idle !== undefined && values.length > 0 && values.every((one) => one.kind === 'literal' && idle.test(String(one.value)))
}

/** A Content-Security-Policy of which the text is known to be about frames only. */
function isFramingAlone(write: HeaderWrite): boolean {
  if (write.name !== 'content-security-policy') return false
  const texts = possibleValues(write.value).map((value) =>
    value.kind === 'template' ? textOf(value.parts) : value.kind === 'literal' ? String(value.value) : '',
  )
  return texts.length > 0 && texts.every((text) => /^\s*frame-ancestors\b[^;]*;?\s*$/.test(text))
}

/** The known parts of a template; sources that are not known do not add directives. */
function textOf(parts: readonly Value[]): string {
  return parts.map((part) => (part.kind === 'literal' ? String(part.value) : 'x')).join('')
}

/** The conditions of the least conditional write stand for all of them. */
function sharedGuards(writes: readonly HeaderWrite[]): HeaderWrite['record']['guards'] {
  return writes.map((write) => write.record.guards).sort((a, b) => a.length - b.length)[0] ?? []
}

function saysExpress(write: HeaderWrite): boolean {
  return possibleValues(write.value).some((value) => value.kind === 'literal' && /express/i.test(String(value.value)))
}

// Tokens that never expire, and checks that take them after they did.
import { affected, asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import type { RelatedPlace } from '../../analyzer/check/rule.js'
import { expiryFaults, type ExpiryFault } from '../../analyzer/model/tokens/tokenExpiryFaults.js'
import { expiryFix } from '../../analyzer/model/tokens/tokenExpiryFix.js'

const BEARER =
  'Whoever gets hold of it, in a log, a backup or a stolen laptop, is that user for as long as it is good, and no server can take it back.'

export default defineRule({
  id: 'require-jwt-expiry',
  summary: 'JSON web tokens expire, and expired ones are refused.',
  category: 'sessions',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(613),
    asvs('3.3.1'),
    { name: 'RFC 8725: JSON Web Token Best Current Practices', url: 'https://www.rfc-editor.org/rfc/rfc8725' },
    { name: 'jsonwebtoken: sign', url: 'https://github.com/auth0/node-jsonwebtoken#jwtsignpayload-secretorprivatekey-options-callback' },
  ],
  messages: {
    forever: {
      what: 'A token is signed that never expires.',
      why: BEARER,
      how: 'Give it expiresIn, or exp in the payload: minutes for access, days for a refresh token that the server can revoke.',
    },
    settings: {
      what: 'Tokens that {library} signs by these settings never expire.',
      why: BEARER,
      how: 'Set {key}.expiresIn, or expiresIn where each token is signed.',
    },
    misplaced: {
      what: 'expiresIn stands {where}, where nobody reads it: the token never expires.',
      why: BEARER,
      how: 'Put it into {key}.',
    },
    instant: {
      what: 'A lifetime of {text} in quotes is milliseconds, not seconds.',
      why: 'Texts without a unit count milliseconds, numbers count seconds. The token has expired almost as soon as it is signed.',
      how: 'Write a number, or a text with its unit.',
    },
    long: {
      what: 'The token is good for {length}.',
      why: BEARER,
      how: 'Use minutes or hours for access, and renew with a refresh token that the server can revoke and that lives 90 days at most.',
    },
    ignored: {
      what: 'Expired tokens are let in.',
      why: 'With ignoreExpiration the time in the token means nothing, so every token that was ever signed is good for as long as the key.',
      how: 'Take ignoreExpiration out. To renew a token, use a refresh token that the server keeps and can revoke.',
    },
  },
  *check(model) {
    for (const fault of expiryFaults(model)) {
      const confidence = 'confidence' in fault ? fault.confidence : 'high'
      const severity = fault.kind === 'long' ? ({ severity: 'info' } as const) : {}
      yield {
        message: fault.kind,
        at: fault.at,
        data: dataOf(fault),
        related: relatedOf(fault),
        confidence,
        ...severity,
        fix: expiryFix(model, fault),
      }
    }
  },
})

function dataOf(fault: ExpiryFault): Readonly<Record<string, string>> {
  switch (fault.kind) {
    case 'settings':
      return { library: fault.settings.library, key: fault.settings.signKey }
    case 'misplaced':
      return fault.where === 'payload'
        ? { where: 'in the payload', key: 'the options, or name it exp' }
        : { where: 'beside the options for signing', key: fault.settings?.signKey ?? 'the options' }
    case 'instant':
      return { text: fault.text }
    case 'long':
      return { length: fault.length }
    default:
      return {}
  }
}

function relatedOf(fault: ExpiryFault): readonly RelatedPlace[] {
  if (fault.kind !== 'settings') return []
  return fault.signings.map(({ at }) => affected(at, 'This token never expires.'))
}

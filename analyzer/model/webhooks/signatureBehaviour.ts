// Recognises functions of the project that check the signature of a webhook.
import { handsOn, looksAt, type Conduct } from '../conduct.js'
import type { Effect } from '../effect.js'
import { methodName, originOf } from '../origins.js'
import { ownEffect } from '../ownEffect.js'

const constructions: ReadonlySet<string> = new Set([
  'constructEvent',
  'constructEventAsync',
  'validateRequest',
  'verifyWebhookSignature',
  'validateWebhookSignature',
  'verifyAndReceive',
])

/** A webhook is verified where a signature made with an HMAC is compared, or a package does it (`stripe.webhooks.constructEvent`). */
export function signatureEffects(conduct: Conduct): readonly Effect[] {
  const constructed = conduct.records.find((record) => constructions.has(methodName(record.callee) ?? ''))
  if (constructed !== undefined)
    return [
      ownEffect(conduct, 'webhook-signature', 'high', constructed.at, constructed.guards, 'verifies a signature', { call: constructed }),
    ]
  const hmac = conduct.records.find(({ callee }) => methodName(callee) === 'createHmac' && originOf(callee)?.package === 'crypto')
  if (hmac === undefined || (conduct.refusals.length === 0 && conduct.summary.throws.length === 0)) return []
  return looksAt(conduct, signatureNames) || handsOn(conduct, signatureNames)
    ? [ownEffect(conduct, 'webhook-signature', 'high', hmac.at, hmac.guards, 'compares an HMAC', { call: hmac })]
    : []
}

const signatureNames = /signature|hmac|digest|^x-/i

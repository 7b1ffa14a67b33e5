// Tokens that are read without a look at their signature: decoded by a package, by hand, or by a verification that is told not to verify.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName } from '../origins.js'
import { ofEachCall } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { recordedOnce } from '../recorded.js'
import { contains } from '../search.js'
import { tokenCalls } from './tokenCalls.js'
import { isTrue, stringsOf } from '../values.js'

export interface TokenRead {
  /** What gives the payload. */
  readonly call: CallRecord
  /** The token; null where the package takes it from the request by itself. */
  readonly token: Value | null
  readonly kind: 'decoded' | 'by hand' | 'told so'
  readonly library: string
}

/** Reads of production, by the place of the call that gives the payload: callers may see a record of their own. */
export const tokenReads: (model: ProjectModel) => ReadonlyMap<string, TokenRead> = recordedOnce((model) => {
  const decoded = tokenCalls(model, 'decode').map(({ call, subject, library }): TokenRead => ({
    call,
    token: subject,
    kind: 'decoded',
    library,
  }))
  // jwt-simple: decode(token, key, noVerify).
  const told = tokenCalls(model, 'verify').flatMap(({ call, subject, library }): readonly TokenRead[] =>
    library === 'jwt-simple' && isTrue(call.args[2] ?? null) === 'yes' ? [{ call, token: subject, kind: 'told so', library }] : [],
  )
  const byHand = handReads(model).filter(({ call }) => isInProduction(model, call))
  return new Map([...decoded, ...told, ...byHand].map((one) => [locationKey(one.call.at), one]))
})

/** `JSON.parse(Buffer.from(token.split('.')[1], 'base64').toString())`, `JSON.parse(atob(token.split('.')[1]))`. */
const handReads = ofEachCall(
  (call): readonly TokenRead[] => {
    if (call.isOff || call.isWrite || globalOf(call.callee) !== 'JSON.parse') return []
    const [text = null] = call.args
    if (!contains(text, isBase64)) return []
    let token: Value | null = null
    contains(text, (one) => {
      if (one.kind !== 'member' || one.name !== '1') return false
      token = splitAtDots(one.object)
      return token !== null
    })
    return token === null ? [] : [{ call, token, kind: 'by hand', library: '' }]
  },
  { globals: (name) => name === 'JSON.parse' },
)

function isBase64(value: Value): boolean {
  if (value.kind !== 'result') return false
  const name = globalOf(value.call.callee) ?? methodName(value.call.callee) ?? ''
  return (
    name === 'atob' ||
    (name === 'Buffer.from' && value.call.args.slice(1).some((arg) => stringsOf(arg).some((text) => /^base64/.test(text))))
  )
}

/** What is split there. */
function splitAtDots(value: Value): Value | null {
  if (value.kind !== 'result' || value.call.callee.kind !== 'member' || value.call.callee.name !== 'split') return null
  return stringsOf(value.call.args[0] ?? null).includes('.') ? value.call.callee.object : null
}

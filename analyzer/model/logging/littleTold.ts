// What stands in for a secret in a log line and tells little of it: its length, whether there is one, a few characters, a mask, a digest.
import type { CallRecord, Value } from '../../link/value.js'
import { globalOf, methodName, originOf } from '../origins.js'

/** True for values of which nobody could make the secret again, whatever name they stand under. */
export function tellsLittle(value: Value, depth = 0): boolean {
  if (depth > 8) return false
  const little = (one: Value): boolean => tellsLittle(one, depth + 1)
  switch (value.kind) {
    case 'literal':
      return true
    case 'member':
      return asides.test(value.name)
    case 'template':
      return value.parts.every(little)
    case 'operation':
      return value.operator !== '+' || value.operands.every(little)
    case 'choice':
      return (value.operator === '&&' ? value.options.slice(1) : value.options).every(little)
    case 'result':
      return isLittle(value.call, little)
    default:
      return false
  }
}

/** Members that say something of a secret: `token.type`, `user.otpEnabled`. */
const asides = /(?:^|[a-z_])(?:length|size|type|kind|count|limit|enabled|disabled|status|expires(?:At|In)?|expiry)$/i

/** What functions are called that make something harmless of what they get. */
const lessening = /^_?(mask|redact|obfuscate|censor|hide|truncate|shorten|fingerprint|hash|sha\d+|last(4|four))/i
/** Methods whose answer says something about a text and does not hold it. */
const asking = /^(includes|startsWith|endsWith|test|has|indexOf|lastIndexOf|search|localeCompare)$/
const shaping = /^(padStart|padEnd|trim|toUpperCase|toLowerCase|concat|repeat|toString)$/

function isLittle({ callee, args }: CallRecord, little: (value: Value) => boolean): boolean {
  if (/^(Boolean|Number|isNaN|parseInt|Buffer\.byteLength)$/.test(globalOf(callee) ?? '')) return true
  const method = methodName(callee) ?? ''
  if (lessening.test(method)) return true
  if (method === 'digest' && originOf(callee)?.path.includes('createHash') === true) return true
  if (callee.kind !== 'member') return false
  if (asking.test(method)) return true
  if (shaping.test(method) && little(callee.object)) return true
  if (method === 'replace' || method === 'replaceAll') return isMask(args)
  return isShortCut(method, args) || (/^(slice|substring|substr)$/.test(method) && little(callee.object))
}

/** `replace(/./g, '*')`: any character becomes another. `replace('Bearer ', '')` leaves everything. */
function isMask([pattern, by]: readonly Value[]): boolean {
  return pattern?.kind === 'regex' && by?.kind === 'literal' && by.value !== '' && /(^|[^\\])\.|\\[wSd]|\[\^/.test(pattern.pattern)
}

const MOST_SHOWN = 10

/** The first or last few characters. */
function isShortCut(method: string, [from, to]: readonly Value[]): boolean {
  const start = numberOf(from)
  if (start === null) return /^subst(r|ring)$/.test(method) && to === undefined && from?.kind === 'operation' && leavesFew(from.operands[1])
  const end = numberOf(to)
  if (method === 'substr') return (end !== null && end <= MOST_SHOWN) || (to === undefined && start < 0 && start >= -MOST_SHOWN)
  if (method === 'slice' && start < 0) return start >= -MOST_SHOWN
  return /^(slice|substring)$/.test(method) && end !== null && end > 0 && end - start <= MOST_SHOWN
}

function leavesFew(value: Value | undefined): boolean {
  const number = numberOf(value)
  return number !== null && number <= MOST_SHOWN
}

function numberOf(value: Value | undefined): number | null {
  return value?.kind === 'literal' && typeof value.value === 'number' ? value.value : null
}

/** Something that could be the secret itself: no comparison, no literal. */
export function isOpaqueText({ kind }: Value): boolean {
  return kind === 'parameter' || kind === 'member' || kind === 'result' || kind === 'template'
}

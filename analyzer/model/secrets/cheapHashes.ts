// Slow hashes of passwords that were made cheap.
import type { CallRecord, Value } from '../../link/value.js'
import { originOf } from '../origins.js'
import type { WeakHashing } from './passwordHashing.js'
import { isKeptSecret } from './passwords.js'
import { numberOf, possibleValues, property } from '../values.js'

/** False for packages of which no call is a cheap hash. */
export function mayBeCheap(packageName: string): boolean {
  return packageName === 'crypto' || /bcrypt|argon2/.test(packageName)
}

/** Costs below what still slows an attacker down: 10 rounds of bcrypt, 100,000 of PBKDF2, N = 2^14 of scrypt, 7 MiB of argon2. */
export function cheapHash(call: CallRecord): WeakHashing | null {
  const origin = originOf(call.callee)
  if (origin === null) return null
  const name = origin.path[0] ?? ''
  if (/bcrypt/.test(origin.package) && /^(hash|hashSync|genSalt|genSaltSync)$/.test(name)) {
    const index = /^gen/.test(name) ? 0 : 1
    return tooLow(call, index, call.args[index] ?? null, 10, (rounds) => `${rounds} bcrypt rounds`)
  }
  if (origin.package !== 'crypto' && !/argon2/.test(origin.package)) return null
  if (/^pbkdf2/.test(name) && call.args[0] !== undefined && isKeptSecret(call.args[0]))
    return tooLow(call, 2, call.args[2] ?? null, 100_000, (rounds) => `${rounds} PBKDF2 iterations`)
  if (/^scrypt/.test(name) && call.args[0] !== undefined && isKeptSecret(call.args[0])) {
    const options = call.args[3] ?? null
    return tooLow(call, -1, property(options, 'N') ?? property(options, 'cost'), 16_384, (cost) => `A scrypt cost of ${cost}`)
  }
  return /argon2/.test(origin.package) && name === 'hash'
    ? tooLow(call, -1, property(call.args[1] ?? null, 'memoryCost'), 7168, (memory) => `${memory} KiB of memory for argon2`)
    : null
}

function tooLow(call: CallRecord, index: number, value: Value | null, least: number, what: (cost: string) => string): WeakHashing | null {
  const numbers = possibleValues(value).map(numberOf)
  const low = numbers.find((number) => number !== null && number < least)
  if (low === undefined || low === null || value === null) return null
  const isCertain = numbers.every((number) => number !== null && number < least)
  return {
    kind: 'cheap',
    at: call.argsAt[index] ?? call.at,
    what: what(String(low)),
    least: String(least),
    raised: least === 10 ? '12' : String(least),
    argument: isCertain ? (call.argsAt[index] ?? null) : null,
    isKeptInHash: least === 10,
    number: value.kind === 'literal' ? value.at : null,
    confidence: isCertain ? 'high' : 'medium',
  }
}

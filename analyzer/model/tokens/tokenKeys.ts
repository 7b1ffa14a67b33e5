// Keys of tokens: which ones everybody may have, and what the side that signs says of the algorithm.
import type { Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { contains, environmentNamesIn } from '../search.js'
import { wordsOf } from '../secrets/secretNames.js'
import { tokenCalls } from './tokenCalls.js'
import { signOptions } from './tokenLifetimes.js'
import { tokenSettings } from './tokenSettings.js'
import { possibleValues, property, startOf, stringsOf } from '../values.js'

/** A key that verifies and cannot sign, by its text, or by the names on its way. */
export function isPublicKey(key: Value): boolean {
  if (environmentNamesIn(key).some(isPublicName)) return true
  return contains(key, (one) => {
    if (one.kind === 'parameter' || one.kind === 'member') return isPublicName(one.name)
    if (one.kind === 'literal' && typeof one.value === 'string' && !one.value.includes('\n')) return isPublicName(one.value)
    return /^\s*-----BEGIN (RSA )?PUBLIC KEY|^\s*-----BEGIN CERTIFICATE/.test(startOf(one))
  })
}

/** `JWT_PUBLIC_KEY`, `keys/public.pem`, `certificate.crt`. */
function isPublicName(name: string): boolean {
  if (name.length > 120) return false
  const words = wordsOf(name)
  if (words.includes('private')) return false
  return words.includes('pubkey') || (words.includes('public') && words.some((word) => /^(key|keys|pem|cert|pub)$/.test(word)))
}

/**
 * The one algorithm that this project signs with, as the fix writes it; null where it signs with several, with one that is not known, or not at all
 * and the key does not say what it is.
 */
export function signingAlgorithm(model: ProjectModel, key: Value | null): string | null {
  const signings = tokenCalls(model, 'sign').filter(({ library }) => /^(jsonwebtoken|@nestjs\/jwt|jwt-simple)$/.test(library))
  const settings = tokenSettings(model)
  const named = signings.flatMap(({ library, options, call }) => {
    const own = library === 'jwt-simple' ? (call.args[2] ?? null) : property(options, 'algorithm')
    const all = settings.filter((one) => one.library === library).map((one) => property(signOptions(one), 'algorithm'))
    const values = own !== null ? [own] : all.filter((one) => one !== null)
    return values.length === 0 ? ['HS256'] : values.flatMap((value) => (possibleValues(value).length === 1 ? stringsOf(value) : ['']))
  })
  const [only, second] = [...new Set(named)]
  if (only !== undefined) return second === undefined && /^[A-Z]{2}\d{3}$/.test(only) ? only : null
  if (key === null) return null
  if (isPublicKey(key)) return 'RS256'
  return environmentNamesIn(key).some((name) => wordsOf(name).includes('secret')) ? 'HS256' : null
}

// Passwords of which a digest is made that was made for speed.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { addToGroup } from '../../grouped.js'
import type { ProjectModel } from '../model.js'
import { methodName, originOf } from '../origins.js'
import { ofEachCall } from '../perPart.js'
import { isGivenPassword, isKeptSecret, isPassword } from './passwords.js'
import type { Suspicion } from './passwordHashing.js'
import { valuesWithin } from '../search.js'
import { stringOf } from '../values.js'

const algorithms = /^(md5|ripemd160|sha-?1|sha-?224|sha-?256|sha-?384|sha-?512|sha3-\d+|rsa-.*|blake2.*)$/i
const packages = new Set(
  'md5 blueimp-md5 js-md5 sha1 js-sha1 sha256 js-sha256 js-sha512 sha.js hash.js crypto-js ts-md5 jshashes'.split(' '),
)

/** True for packages of which a call may make a digest. */
export function mayDigest(packageName: string): boolean {
  return packageName === 'crypto' || packages.has(packageName)
}

/** `createHash('sha256').update(password)`, `md5(password)`, `CryptoJS.SHA256(password)`. */
export function fastDigest(call: CallRecord): Suspicion | null {
  const algorithm = algorithmOf(call)
  const input = algorithm === null ? undefined : call.args.find((arg) => isKeptSecret(arg))
  if (algorithm === null || input === undefined) return null
  const isSure = isGivenPassword(input) || (input.kind === 'member' && isPassword(input))
  return { weak: { kind: 'fast', at: call.at, algorithm, confidence: isSure ? 'high' : 'medium' }, call }
}

/** `md5(user.password)` of a function of the project whose parameter says nothing: what it is given stands where it is called. */
export function handedDigests(model: ProjectModel): readonly Suspicion[] {
  if (model.handovers.length === 0) return []
  const digests = new Map<string, ParameterDigest[]>()
  for (const one of parameterDigests(model)) addToGroup(digests, one.fn, one)
  if (digests.size === 0) return []
  return model.handovers.flatMap(({ at, callee, args, isOff }): Suspicion[] => {
    const { source, facts } = callee as FunctionValue
    const made = isOff ? undefined : digests.get(`${source.file}#${facts.id}`)?.find(({ index }) => isHanded(args[index]))
    return made === undefined ? [] : [{ weak: { kind: 'fast', at, algorithm: made.algorithm, confidence: 'medium' }, call: made.call }]
  })
}

interface ParameterDigest {
  readonly call: CallRecord
  readonly algorithm: string
  /** The function, as `file#id`, and which of its parameters it is. */
  readonly fn: string
  readonly index: number
}

const parameterDigests = ofEachCall(
  (call): readonly ParameterDigest[] => {
    const algorithm = call.isOff ? null : algorithmOf(call)
    if (algorithm === null || call.args.some((arg) => isKeptSecret(arg))) return none
    const parts = call.args.flatMap((arg) => (arg.kind === 'template' || arg.kind === 'operation' ? valuesWithin(arg) : [arg]))
    return parts.flatMap((part) =>
      part.kind === 'parameter' && part.role === 'unknown'
        ? [{ call, algorithm, fn: `${part.fn.file}#${part.fn.fn}`, index: part.index }]
        : none,
    )
  },
  { packages: mayDigest },
)
const none: readonly ParameterDigest[] = []

function isHanded(value: Value | undefined): boolean {
  return value !== undefined && isKeptSecret(value)
}

/** Which digest a call makes, or gives something to; null where it makes none. */
function algorithmOf(call: CallRecord): string | null {
  const origin = originOf(call.callee)
  if (origin === null) return null
  const isUpdate = origin.package === 'crypto' && origin.path.at(-1) === 'update' && /^create(Hash|Hmac)$/.test(origin.path[0] ?? '')
  const isOneCall = origin.package === 'crypto' && origin.path[0] === 'hash'
  const isPackage = packages.has(origin.package) && !/^(AES|DES|TripleDES|PBKDF2|enc|lib)/.test(origin.path[0] ?? '')
  if (!isUpdate && !isOneCall && !isPackage) return null
  const maker = origin.calls.find((one) => /^create(Hash|Hmac)$/.test(methodName(one.callee) ?? ''))
  const algorithm = isPackage
    ? (origin.path[0] ?? origin.package)
    : (stringOf((isUpdate ? maker?.args[0] : call.args[0]) ?? null) ?? 'a fast digest')
  return isPackage || algorithm === 'a fast digest' || algorithms.test(algorithm) ? algorithm.toUpperCase() : null
}

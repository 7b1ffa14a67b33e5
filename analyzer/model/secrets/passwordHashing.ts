// How passwords are kept and checked: fast digests, cheap settings of slow ones, and no digest at all.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { methodName, originOf } from '../origins.js'
import { cheapHash, mayBeCheap } from './cheapHashes.js'
import { callsThat, ofEachCall } from '../perPart.js'
import { fastDigest, handedDigests, mayDigest } from './fastDigests.js'
import { asksForChange, passwordComparisons } from './passwordComparisons.js'
import { isGivenPassword, isPassword, isStoredPassword } from './passwords.js'
import { contains, valuesWithin } from '../search.js'
import { numberOf, possibleValues, property } from '../values.js'

export type WeakHashing =
  /** A digest made for speed. */
  | { readonly kind: 'fast'; readonly at: Location; readonly algorithm: string; readonly confidence: Confidence }
  /** A slow one that was made cheap. `argument` is what says so. */
  | {
      readonly kind: 'cheap'
      readonly at: Location
      readonly what: string
      readonly least: string
      /** What a fix writes. */
      readonly raised: string
      readonly argument: Location | null
      /** True where a hash says by itself what it cost, as those of bcrypt do: a higher cost leaves the old ones valid. */
      readonly isKeptInHash: boolean
      /** Where the number is written, which may be a constant. */
      readonly number: Location | null
      readonly confidence: Confidence
    }
  /** The password itself is compared, or looked up. */
  | { readonly kind: 'plain'; readonly at: Location; readonly confidence: Confidence }

/** One fault, with the other places where it does the same: a constant or a function that several hash with. */
export interface WeakCause {
  readonly weak: WeakHashing
  /** What makes it weak: the digest, the number. */
  readonly cause: Location
  readonly others: readonly Location[]
}

/** Weak ways in which production code handles passwords, in order, once per cause. */
export function weakHashingOf(model: ProjectModel): readonly WeakCause[] {
  const causes = new Map<string, { readonly weak: WeakHashing; readonly cause: Location; readonly others: Location[] }>()
  for (const { weak, call } of suspicionsOf(model)) {
    // What stands in the call itself has no other place.
    const cause = weak.kind === 'fast' ? call.at : weak.kind === 'cheap' ? (weak.number ?? weak.at) : weak.at
    const known = causes.get(`${weak.kind} ${locationKey(cause)}`)
    if (known === undefined) causes.set(`${weak.kind} ${locationKey(cause)}`, { weak, cause, others: [] })
    else known.others.push(weak.at)
  }
  return [...causes.values()]
}

/** Once per place. */
function suspicionsOf(model: ProjectModel): readonly Suspicion[] {
  const found = new Map<Location, Suspicion>()
  const isHere = ({ call }: Suspicion): boolean => model.productionFiles.has(call.at.file)
  const isPassing = passing(model)
  for (const suspicion of [
    ...weakDigests(model).filter(isHere),
    ...handedDigests(model).filter(isHere),
    ...lookups(model).filter(isHere),
    ...comparedAsTyped(model),
  ]) {
    const { weak, call } = suspicion
    if (found.has(weak.at)) continue
    // The digest of this very call, wherever the chain ended.
    if (weak.kind === 'fast' && (asksPublicList(model, call.at.file) || isPassing(suspicion))) continue
    if (weak.kind !== 'plain' || model.productionFiles.has(weak.at.file)) found.set(weak.at, suspicion)
  }
  return [...found.values()]
}

/** What a call by itself looks like. */
export interface Suspicion {
  readonly weak: WeakHashing
  readonly call: CallRecord
}

const weakDigests = ofEachCall(
  (call): readonly Suspicion[] => {
    const fast = call.isOff ? null : fastDigest(call)
    if (fast !== null) return [fast]
    const cheap = call.isOff ? null : cheapHash(call)
    return cheap === null ? none : [{ weak: cheap, call }]
  },
  { packages: (name) => mayDigest(name) || mayBeCheap(name) },
)
const lookups = ofEachCall(
  (call): readonly Suspicion[] => {
    const weak = call.isOff || call.isWrite ? null : lookedUp(call)
    return weak === null ? none : [{ weak, call }]
  },
  { names: (name) => lookingUp.has(name) },
)
const none: readonly Suspicion[] = []

const equalities = callsThat((call) => !call.isOff && originOf(call.callee)?.path.at(-1) === 'timingSafeEqual', {
  packages: (name) => name === 'crypto',
})
const slowHashes = callsThat((call) => !call.isOff && isSlowHash(call), { packages: (name) => name === 'crypto' || slowPackages.has(name) })

/** `digest.slice(0, 5)`: by five digits a range of a list of stolen passwords is asked for, wherever that happens. */
const beginnings = callsThat(
  ({ isOff, isWrite, callee, args }) =>
    !isOff &&
    !isWrite &&
    cutting.has(methodName(callee) ?? '') &&
    numberOf(args[0] ?? null) === 0 &&
    numberOf(args[1] ?? null) === RANGE_DIGITS,
  { names: (name) => cutting.has(name) },
)
const RANGE_DIGITS = 5
const cutting = new Set(['slice', 'substring', 'substr'])

/** Whether what a call gives ends in a slow hash, is cut to what a public list is asked with, or is compared with another digest that was made here: two digests are of one length, and nobody keeps them. */
function passing(model: ProjectModel): (suspicion: Suspicion) => boolean {
  let digests: Set<CallRecord> | null = null
  let places: Set<string> | null = null
  return ({ weak, call }) => {
    if (digests === null) {
      digests = new Set()
      const ends = [...slowHashes(model), ...equalities(model).filter(({ args }) => args.length === 2 && args.every(isDigest))]
      const ended = ends.filter(({ at }) => model.productionFiles.has(at.file)).flatMap(({ args }) => args)
      for (const value of [...ended, ...beginnings(model).flatMap(({ callee }) => (callee.kind === 'member' ? [callee.object] : []))])
        for (const one of valuesWithin(value)) if (one.kind === 'result') digests.add(one.call)
    }
    if (digests.has(call)) return true
    // What a function makes for several callers has a record for each run of it.
    if (weak.at === call.at) return false
    places ??= new Set([...digests].map(({ at }) => locationKey(at)))
    return places.has(locationKey(call.at))
  }
}

function isDigest(value: Value): boolean {
  const origin = value.kind === 'result' ? originOf(value) : null
  return origin?.package === 'crypto' && /^(createHash|createHmac|hash)$/.test(origin.path[0] ?? '')
}

const slowPackages = new Set('bcrypt bcryptjs bcrypt-nodejs @node-rs/bcrypt argon2 @node-rs/argon2 scrypt scrypt-kdf scryptsy'.split(' '))

/** Lists of stolen passwords are asked with the beginning of a SHA-1. */
function asksPublicList(model: ProjectModel, file: string): boolean {
  return model.calls.some((call) => call.at.file === file && call.args.some((arg) => contains(arg, namesPublicList)))
}

function namesPublicList(value: Value): boolean {
  return value.kind === 'literal' && typeof value.value === 'string' && value.value.includes('pwnedpasswords')
}

/** True for hashes that are made for passwords, whatever they are given. */
export function isSlowHash(call: CallRecord): boolean {
  const origin = originOf(call.callee)
  return (
    origin !== null &&
    (slowPackages.has(origin.package) || (origin.package === 'crypto' && /^(scrypt|pbkdf2|argon2)/.test(origin.path[0] ?? '')))
  )
}

const lookingUp = new Set('find findOne findFirst findUnique findOneBy findAll where exists countDocuments'.split(' '))

/** `User.findOne({ email, password: req.body.password })`: what is looked up as it was typed was kept so. */
function lookedUp(call: CallRecord): WeakHashing | null {
  if (!lookingUp.has(methodName(call.callee) ?? '')) return null
  const [first] = call.args
  const conditions = property(first ?? null, 'where') ?? first ?? null
  if (conditions?.kind !== 'object') return null
  for (const [name, value] of conditions.properties)
    if (/^(password|passwd|pwd)$/i.test(name) && possibleValues(value).some((one) => isPassword(one) && requestPartOf(one)))
      return { kind: 'plain', at: conditions.writtenAt.get(name) ?? call.at, confidence: 'medium' }
  return null
}

function requestPartOf(value: Value): boolean {
  return isGivenPassword(value) && value.kind !== 'parameter'
}

/** `user.password === password`. */
function comparedAsTyped(model: ProjectModel): readonly Suspicion[] {
  return passwordComparisons(model)
    .filter((one) => isStoredPassword(one.other) && model.productionFiles.has(one.call.at.file) && !asksForChange(model, one))
    .map(({ operation, call }) => ({ weak: { kind: 'plain', at: operation.at, confidence: 'high' }, call }))
}

// Which algorithms a verification takes, and which of them it should not.
import type { CallRecord, LiteralValue, ObjectValue, Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import type { Answer, Confidence, ProjectModel } from '../model.js'
import { isInProduction } from '../productionCalls.js'
import { tokenCalls } from './tokenCalls.js'
import { isPublicKey } from './tokenKeys.js'
import { tokenVerifications, type TokenVerification } from './tokenVerifications.js'
import { verifyOptions } from './tokenSettings.js'
import { agreement, literalsOf, possibleValues, property } from '../values.js'
import { versionOf } from '../versions.js'

export interface AlgorithmFault {
  /**
   * `none`: tokens without a signature are taken. `unsigned`: they are made. `mixed`: a public key may pass for a secret. `public`: it does.
   * `guessed`: the token says how it is verified. `missing`: the package chooses by the key.
   */
  readonly kind: 'none' | 'unsigned' | 'mixed' | 'public' | 'guessed' | 'missing'
  readonly at: Location
  readonly verification: TokenVerification | null
  /** The algorithms as they are written. */
  readonly written: readonly string[]
  readonly confidence: Confidence
  /** True where the installed package has a known bypass, and the advice is more than that. */
  readonly isOld: boolean
  /** Further calls that go by the same settings. */
  readonly affected: readonly CallRecord[]
}

/** In the order of the calls; what stands at one place is said once. */
export function algorithmFaults(model: ProjectModel): readonly AlgorithmFault[] {
  const found = new Map<string, AlgorithmFault>()
  const all = [...tokenVerifications(model).flatMap((one) => faultsOf(model, one)), ...unsigned(model)]
  for (const fault of all) {
    const key = locationKey(fault.at)
    const known = found.get(key)
    found.set(key, known === undefined ? fault : { ...known, affected: [...known.affected, ...fault.affected] })
  }
  return [...found.values()]
}

function faultsOf(model: ProjectModel, verification: TokenVerification): readonly AlgorithmFault[] {
  const { call, key } = verification
  const isOld = hasBypass(model, verification)
  const literals = algorithmLiterals(verification)
  const written = literals.map(({ value }) => String(value))
  const fault = { verification, written, isOld, affected: [] }
  const none = literals.find(({ value }) => /^none$/i.test(String(value)))
  if (none !== undefined)
    return [{ ...fault, kind: 'none', at: none.at, confidence: literals.length === 1 || mayBeEmpty(key) ? 'high' : 'medium' }]
  const [first] = literals
  if (first !== undefined && written.some(isHmac) && written.some((one) => !isHmac(one)))
    return [{ ...fault, kind: 'mixed', at: listAt(verification) ?? first.at, confidence: isOld ? 'high' : 'medium' }]
  if (first !== undefined && written.every(isHmac) && key !== null && isPublicKey(key))
    return [{ ...fault, kind: 'public', at: call.at, confidence: isOld ? 'high' : 'low' }]
  return missing(verification, { ...fault, isOld })
}

function missing(
  verification: TokenVerification,
  fault: Pick<AlgorithmFault, 'written' | 'isOld' | 'affected'>,
): readonly AlgorithmFault[] {
  const { call, library, key, kind, settings } = verification
  if (kind === 'settings' || !choosers.has(library) || named(verification) !== 'no') return []
  // From version 6 on it refuses to start (domain fact H6).
  if (library === 'express-jwt' && !fault.isOld) return []
  const base = { ...fault, verification, at: kind === 'middleware' ? keyAt(verification) : call.at }
  if (library === 'jwt-simple') return [{ ...base, kind: 'guessed', confidence: key !== null && isPublicKey(key) ? 'high' : 'low' }]
  const confidence = fault.isOld ? 'medium' : 'low'
  const [only, second] = settings
  if (only === undefined || second !== undefined) return [{ ...base, kind: 'missing', confidence }]
  return [{ ...base, kind: 'missing', at: only.call.at, confidence, affected: [call] }]
}

/** Settings of a strategy are long: the key is the line that lacks its algorithm. */
function keyAt({ call, options }: TokenVerification): Location {
  const holder = possibleValues(options).find((one): one is ObjectValue => one.kind === 'object')
  return (
    ['secretOrKey', 'secretOrKeyProvider', 'secret'].map((name) => holder?.writtenAt.get(name)).find((at) => at !== undefined) ?? call.at
  )
}

/** Packages that choose where nothing is said: by the key, or by the token. Others go by the kind of key alone. */
const choosers: ReadonlySet<string> = new Set(['jsonwebtoken', '@nestjs/jwt', 'passport-jwt', 'express-jwt', 'jwt-simple'])

/**
 * Before version 9, jsonwebtoken took unsigned tokens where the key was empty, and went by the text of the key (CVE-2022-23540); others brought that version along.
 * jwt-simple goes by what it is told.
 */
function hasBypass(model: ProjectModel, { call, library }: TokenVerification): boolean {
  const safe = ({ jsonwebtoken: 9, '@nestjs/jwt': 10, 'passport-jwt': 4, 'express-jwt': 6 } as const)[library]
  const version = safe === undefined ? null : versionOf(model, call.at.file, library)
  return library === 'jwt-simple' || (safe !== undefined && version !== null && version.major < safe)
}

/** Whether somebody says which algorithms are taken. */
function named({ library, call, options, settings }: TokenVerification): Answer {
  if (library === 'jwt-simple') return call.args.length > 3 ? 'yes' : 'no'
  const answers = [answerOf(options), ...(settings.length === 0 ? [] : [agreement(settings.map((one) => answerOf(verifyOptions(one))))])]
  if (library === '@nestjs/jwt' && settings.length === 0) return answers.includes('yes') ? 'yes' : 'unknown'
  // What is registered out of sight may say it.
  if (settings.some((one) => one.options === null)) return 'unknown'
  return answers.includes('yes') ? 'yes' : answers.every((answer) => answer === 'no') ? 'no' : 'unknown'
}

function answerOf(options: Value | null): Answer {
  if (options === null) return 'no'
  return agreement(
    possibleValues(options).map((one) => {
      if (one.kind === 'literal') return 'no'
      if (one.kind !== 'object') return 'unknown'
      if (['algorithms', 'jsonWebTokenOptions'].some((name) => one.properties.has(name))) return 'yes'
      return one.isOpen ? 'unknown' : 'no'
    }),
  )
}

function algorithmLiterals({ library, call, options }: TokenVerification): readonly LiteralValue[] {
  const listed = library === 'jwt-simple' ? (call.args[3] ?? null) : property(options, 'algorithms')
  return possibleValues(listed)
    .flatMap((one) => (one.kind === 'array' ? one.elements : [one]))
    .flatMap(literalsOf)
    .filter(({ value }) => typeof value === 'string')
}

function listAt({ options }: TokenVerification): Location | undefined {
  const holder = possibleValues(options).find((one): one is ObjectValue => one.kind === 'object')
  return holder?.writtenAt.get('algorithms')
}

/** `verify(token, '')`, `verify(token, null)`: with `none` beside it, nothing is verified (domain fact H1). */
function mayBeEmpty(key: Value | null): boolean {
  return key === null || possibleValues(key).some((one) => one.kind === 'environment' || (one.kind === 'literal' && !one.value))
}

function isHmac(algorithm: string): boolean {
  return /^HS\d/i.test(algorithm)
}

function unsigned(model: ProjectModel): readonly AlgorithmFault[] {
  return tokenCalls(model, 'sign').flatMap(({ call, options }) =>
    literalsOf(property(options, 'algorithm')).flatMap((literal): readonly AlgorithmFault[] =>
      literal.value === 'none' && isInProduction(model, call)
        ? [{ kind: 'unsigned', at: literal.at, verification: null, written: ['none'], confidence: 'high', isOld: false, affected: [] }]
        : [],
    ),
  )
}

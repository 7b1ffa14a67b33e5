// Recognises what asks a connection who makes it, before its messages come: a token that is verified, or credentials without which it is closed.
import type { CallRecord, Value } from '../../link/value.js'
import { isVerification } from '../authBehaviour.js'
import type { Conduct } from '../conduct.js'
import type { Effect } from '../effect.js'
import { ownEffect } from '../ownEffect.js'
import { isNext } from '../requests.js'
import { tokenCallOf } from '../tokens/tokenCalls.js'
import { isAbsent } from '../values.js'
import { searchFor } from '../wideSearch.js'

/** A function that is given connections asks who they are where it closes some of them, or throws, for what they bring along; so does a guard of messages that throws. */
export function connectionEffects(conduct: Conduct): readonly Effect[] {
  const { summary, records, continues } = conduct
  const isHook = isConnection(summary.parameters[summary.fn.bound.length])
  if (!isHook && !continues) return []
  const ends = [
    ...(isHook ? records.filter((record) => endsConnection(record) || refuses(record)) : []),
    ...summary.throws.filter(({ isCaught }) => !isCaught),
  ]
  if (ends.length === 0) return []
  const verification = records.find((record) => verifies(record) && (isHook || record.args.some(holdsConnection)))
  if (verification !== undefined) return [asks(conduct, 'high', verification, 'verifies the token of the connection')]
  const refusing = ends.find(({ guards }) => guards.some(({ value }) => asksCaller(value)))
  return refusing === undefined ? [] : [asks(conduct, 'medium', refusing, 'refuses connections without credentials')]
}

function verifies(record: CallRecord): boolean {
  return isVerification(record) || tokenCallOf(record)?.does === 'verify'
}

function asks(conduct: Conduct, confidence: Effect['confidence'], { at }: Pick<CallRecord, 'at'>, detail: string): Effect {
  return ownEffect(conduct, 'auth', confidence, at, [], detail, { call: null })
}

function endsConnection({ callee, isWrite }: CallRecord): boolean {
  return (
    !isWrite && callee.kind === 'member' && /^(?:disconnect|close|terminate|destroy)$/.test(callee.name) && isOfConnection(callee.object)
  )
}

/** `next(new Error('who?'))` of middleware in front of connections. */
function refuses({ callee, args: [error], isWrite }: CallRecord): boolean {
  return !isWrite && error !== undefined && isNext(callee) && isAbsent(error) !== 'yes'
}

const credentials = /^(?:authorization|auth|token|access_?token|cookies?|session|user|userId|x-api-key|api-?key)$/i

// One condition stands around what many functions throw.
const asksCaller = searchFor(namesCaller, new WeakMap())
const holdsConnection = searchFor(isConnection, new WeakMap())

/** `client.handshake.auth.token`, or what is made of the whole connection: `this.users.of(client)`. */
function namesCaller(value: Value): boolean {
  if (value.kind === 'member') return credentials.test(value.name) && isOfConnection(value.object)
  return value.kind === 'result' && value.call.args.some(isConnection)
}

function isOfConnection(value: Value): boolean {
  return isConnection(value) || (value.kind === 'member' && isOfConnection(value.object))
}

function isConnection(value: Value | undefined): boolean {
  return value?.kind === 'parameter' && value.role === 'socket'
}

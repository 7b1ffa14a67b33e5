// What projects set once for all the tokens that they sign and verify: modules of Nest, plugins of Fastify, strategies, middleware.
import type { CallRecord, Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { originOf, packageOf } from '../origins.js'
import { ofEachCall } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { oneOf } from '../sorted.js'
import { possibleValues, property } from '../values.js'

export interface TokenSettings {
  readonly call: CallRecord
  /** `@nestjs/jwt` and `@fastify/jwt` sign and verify; `passport-jwt` and `express-jwt` verify. */
  readonly library: string
  /** The whole of it. null where it could not be seen. */
  readonly options: Value | null
  /** Position of the options among the arguments of the call. */
  readonly optionsIndex: number
  /** Where options for signing and for verifying stand in it; '' for the options themselves. */
  readonly signKey: string
  readonly verifyKey: string
}

/** Settings of production, in order. */
export function tokenSettings(model: ProjectModel): readonly TokenSettings[] {
  const all = allSettings(model).filter(({ call }) => isInProduction(model, call))
  return all.filter((one) => one.options !== null || !isResolved(one.call, all))
}

/** Options for verifying, where they can be seen. */
export function verifyOptions({ options, verifyKey }: TokenSettings): Value | null {
  return verifyKey === '' ? options : property(options, verifyKey)
}

const packages = oneOf(['@nestjs/jwt', '@nestjs/passport', 'passport-jwt', 'express-jwt'])
const plugins = oneOf(['@fastify/jwt', 'fastify-jwt'])

const allSettings = ofEachCall(
  (call): readonly TokenSettings[] => {
    if (call.isWrite || call.isOff) return []
    const found = ofPackage(call) ?? ofPlugin(call)
    return found === null ? [] : [found]
  },
  { packages, names: oneOf(['register']) },
)

function ofPackage(call: CallRecord): TokenSettings | null {
  const origin = originOf(call.callee)
  if (origin === null || !packages(origin.package)) return null
  const path = origin.path.join('.')
  const options = call.args[0] ?? null
  const verifier = { call, library: origin.package, options, optionsIndex: 0, signKey: '', verifyKey: '' }
  const both = { ...verifier, signKey: 'signOptions', verifyKey: 'verifyOptions' }
  switch (origin.package) {
    case '@nestjs/jwt':
      if (path === 'JwtModule.register' || (path === 'JwtService' && call.isNew)) return both
      return path === 'JwtModule.registerAsync' ? { ...both, options: null } : null
    case '@nestjs/passport':
      return path === 'PassportStrategy.()' && isStrategyOfTokens(originOf(call.callee)?.calls.at(-1))
        ? { ...verifier, library: 'passport-jwt' }
        : null
    case 'passport-jwt':
      return path === 'Strategy' && call.isNew ? verifier : null
    default:
      return path === '' || path === 'expressjwt' ? verifier : null
  }
}

function isStrategyOfTokens(mixin: CallRecord | undefined): boolean {
  const origin = packageOf(mixin?.args[0] ?? null)
  return origin?.package === 'passport-jwt'
}

function ofPlugin(call: CallRecord): TokenSettings | null {
  if (call.callee.kind !== 'member' || call.callee.name !== 'register') return null
  const name = packageOf(call.args[0] ?? null)?.package ?? ''
  if (!plugins(name)) return null
  return { call, library: '@fastify/jwt', options: call.args[1] ?? null, optionsIndex: 1, signKey: 'sign', verifyKey: 'verify' }
}

/** `registerAsync` is seen through where its factory is: what that gives is registered too. */
function isResolved(call: CallRecord, all: readonly TokenSettings[]): boolean {
  const factory = property(call.args[0] ?? null, 'useFactory')
  return possibleValues(factory).some(
    (one) =>
      one.kind === 'function' && all.some(({ options, call: { at } }) => options !== null && isWithin(at, one.source.file, one.facts.id)),
  )
}

function isWithin({ file, fn }: Location, ofFile: string, id: string): boolean {
  return file === ofFile && fn === id
}

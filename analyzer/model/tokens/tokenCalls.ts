// Calls that sign, verify or read JSON web tokens, whichever package does it.
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { rememberedByName } from '../names.js'
import { methodName, originOf } from '../origins.js'
import { ofEachCall } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { isRequest, isResponse } from '../requests.js'
import { oneOf } from '../sorted.js'
import { possibleValues } from '../values.js'

export interface TokenCall {
  readonly call: CallRecord
  /** The package, where it has several names the present one. */
  readonly library: string
  readonly does: 'sign' | 'verify' | 'decode'
  /** The token, or what is signed. null where the package takes it from the request by itself. */
  readonly subject: Value | null
  readonly key: Value | null
  /** Options of this call alone. */
  readonly options: Value | null
  /** Position of the options among the arguments; -1 where the call takes none. */
  readonly optionsIndex: number
  /** Methods that were called on the way: jose's `new SignJWT(…).setExpirationTime(…)`. */
  readonly steps: readonly string[]
}

/** Calls of production, in order. Several contexts of one place stay several. */
export function tokenCalls(model: ProjectModel, does: TokenCall['does']): readonly TokenCall[] {
  return allTokenCalls(model).filter((one) => one.does === does && isInProduction(model, one.call))
}

/** Position of key and options; -1 for none. A key of -1 stands in the settings. */
interface Shape {
  readonly does: TokenCall['does']
  readonly key: number
  readonly options: number
}

const shape = (does: TokenCall['does'], key: number, options: number): Shape => ({ does, key, options })

const functions: Readonly<Record<string, Readonly<Record<string, Shape>>>> = {
  jsonwebtoken: { sign: shape('sign', 1, 2), verify: shape('verify', 1, 2), decode: shape('decode', -1, 1) },
  'jwt-simple': { encode: shape('sign', 1, -1), decode: shape('verify', 1, -1) },
  jose: {
    jwtVerify: shape('verify', 1, 2),
    jwtDecrypt: shape('verify', 1, 2),
    compactVerify: shape('verify', 1, 2),
    decodeJwt: shape('decode', -1, -1),
    'UnsecuredJWT.decode': shape('decode', -1, 1),
  },
  'jwt-decode': { '': shape('decode', -1, 1), jwtDecode: shape('decode', -1, 1) },
  jwt_decode: { '': shape('decode', -1, 1) },
}

const ofService: Readonly<Record<string, Shape>> = {
  sign: shape('sign', -1, 1),
  signAsync: shape('sign', -1, 1),
  verify: shape('verify', -1, 1),
  verifyAsync: shape('verify', -1, 1),
  decode: shape('decode', -1, 1),
}

const ofReply: Readonly<Record<string, Shape>> = { jwtSign: shape('sign', -1, 1) }
const ofRequest: Readonly<Record<string, Shape>> = { jwtVerify: shape('verify', -1, 0), jwtDecode: shape('decode', -1, 0) }

const packages = oneOf([...Object.keys(functions), '@nestjs/jwt', '@fastify/jwt', 'fastify-jwt', 'fast-jwt'])
const methods = oneOf([...Object.keys(ofService), ...Object.keys(ofReply), ...Object.keys(ofRequest)])

const allTokenCalls = ofEachCall(
  (call): readonly TokenCall[] => {
    const found = call.isWrite || call.isOff ? null : tokenCallOf(call)
    return found === null ? [] : [found]
  },
  { packages, names: methods },
)

/** What a call does with a token; null where it does nothing of the kind. */
export function tokenCallOf(call: CallRecord): TokenCall | null {
  return ofPackage(call) ?? ofMethod(call)
}

function ofPackage(call: CallRecord): TokenCall | null {
  const origin = originOf(call.callee)
  if (origin === null || !packages(origin.package)) return null
  const path = origin.path.join('.')
  const known = functions[origin.package]?.[path]
  if (known !== undefined) return tokenCall(call, origin.package, known)
  const last = origin.path.at(-1) ?? ''
  const made = origin.calls.at(-1)
  if (origin.package === 'jose' && made !== undefined && /^(SignJWT\.\(\).*\.sign|EncryptJWT\.\(\).*\.encrypt)$/.test(path)) {
    const [subject = null] = made.args
    return { ...tokenCall(call, 'jose', shape('sign', 0, -1)), subject, steps: origin.path }
  }
  if (origin.package === 'fast-jwt' && made !== undefined && origin.path.length === 2 && last === '()') return ofFastJwt(call, made)
  if (origin.package === '@nestjs/jwt') {
    const service = origin.path[0] === 'JwtService' ? ofService[last] : undefined
    return service === undefined ? null : tokenCall(call, '@nestjs/jwt', service)
  }
  return /^(@fastify\/jwt|fastify-jwt)$/.test(origin.package) && origin.path[0] === 'jwt' && origin.path.length === 2
    ? (ofDecorator(call, last) ?? null)
    : null
}

/** `createSigner(options)` gives the function that signs; numbers there are milliseconds. */
function ofFastJwt(call: CallRecord, made: CallRecord): TokenCall | null {
  const does = ({ createSigner: 'sign', createVerifier: 'verify', createDecoder: 'decode' } as const)[methodName(made.callee) ?? '']
  if (does === undefined) return null
  return { ...tokenCall(call, 'fast-jwt', shape(does, -1, -1)), options: made.args[0] ?? null }
}

/** Services that Nest injects are known by their type, what Fastify's plugin adds by the object that it adds it to. */
function ofMethod(call: CallRecord): TokenCall | null {
  const { callee } = call
  if (callee.kind !== 'member') return null
  const { object, name } = callee
  const reply = ofReply[name]
  if (reply !== undefined) return isResponse(object) ? tokenCall(call, '@fastify/jwt', reply) : null
  const request = ofRequest[name]
  if (request !== undefined) return isRequest(object) ? { ...tokenCall(call, '@fastify/jwt', request), subject: null } : null
  if (ofService[name] === undefined) return null
  if (isService(object)) return tokenCall(call, '@nestjs/jwt', ofService[name])
  return isDecorator(object) ? ofDecorator(call, name) : null
}

function ofDecorator(call: CallRecord, name: string): TokenCall | null {
  const known = name.endsWith('Async') ? undefined : ofService[name]
  return known === undefined ? null : tokenCall(call, '@fastify/jwt', known)
}

function isService(value: Value): boolean {
  return (value.kind === 'typed' || value.kind === 'parameter') && value.type?.name === 'JwtService'
}

/** `request.server.jwt`, `fastify.jwt` of a parameter that nothing is known of. */
function isDecorator(value: Value): boolean {
  if (value.kind !== 'member' || value.name !== 'jwt') return false
  const owner = value.object
  if (owner.kind === 'member') return (owner.name === 'server' && isRequest(owner.object)) || isInstanceName(owner.name)
  return owner.kind === 'parameter' && (owner.type?.name === 'FastifyInstance' || isInstanceName(owner.name))
}

const isInstanceName = rememberedByName((name) => /^(fastify|server|app|instance)$/.test(name))

function tokenCall(call: CallRecord, library: string, { does, key, options }: Shape): TokenCall {
  const given = options < 0 ? null : (call.args[options] ?? null)
  return {
    call,
    library,
    does,
    subject: call.args[0] ?? null,
    key: key < 0 ? null : (call.args[key] ?? null),
    // A callback may stand where options are left out.
    options: possibleValues(given).every(({ kind }) => kind === 'function') ? null : given,
    optionsIndex: options,
    steps: [],
  }
}

// Where the project says which other sites may read its responses: the cors package, socket.io, headers written by hand.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { inSameFunction, locationKey, type Location } from '../../text/location.js'
import type { Answer, ProjectModel } from '../model.js'
import { delegatedOptions } from './delegatedOptions.js'
import { standalonePolicy, yogaPolicies } from './graphqlPolicies.js'
import { callsInCallbacks } from './originChecks.js'
import { asksForOrigin } from './originDecisions.js'
import { conditionsOf, grantsUnder, originGrants, type OriginGrant } from './originGrants.js'
import { methodName, originOf, packageOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { promisedGrants } from './promisedOrigins.js'
import { requestPart } from '../requests.js'
import { corsPackages } from '../packageEffects.js'
import { productionCalls } from '../productionCalls.js'
import { productionHeaderWrites, type HeaderWrite } from '../headers/responseHeaders.js'
import { oneOf } from '../sorted.js'
import { hasProperty, isAbsent, isTrue, possibleValues, property, propertyAt, stringsOf } from '../values.js'

export interface CorsPolicy {
  /** `graphql`: a server of GraphQL that decides by itself where nothing is said. */
  readonly source: 'cors' | 'socket' | 'header' | 'graphql'
  readonly call: CallRecord
  /** The origin option, else the call. */
  readonly at: Location
  /** The object that holds the origin option, or could. null where there is none: `cors()`, a header, a function. */
  readonly options: Value | null
  /** True where nothing is said about origins, so that the package's default counts. */
  readonly isDefault: boolean
  readonly grants: readonly OriginGrant[]
  readonly credentials: Answer
  /** True where a header sends the origin of the request back, and a condition asks for that origin first. */
  readonly isAsked?: boolean
}

/** Every policy that production uses, each place once. What is off in production, or turns CORS off, grants nothing. */
export function corsPolicies(model: ProjectModel): readonly CorsPolicy[] {
  const policies = [
    ...productionCalls(
      model,
      corsPackages.flatMap((name) => callsTo(model, name, [])),
    ).flatMap((call) => optionPolicies(model, call, call.args[0] ?? null, 'cors')),
    ...productionCalls(model, [
      ...callsTo(model, 'socket.io'),
      ...callsTo(model, 'fastify-socket.io', []),
      ...callsTo(model, '@nestjs/websockets', ['WebSocketGateway']),
    ]).flatMap((call) => socketPolicies(model, call)),
    ...productionCalls(model, apolloCalls(model)).flatMap((call) => givenPolicies(model, call, call.args[0] ?? null, 'cors')),
    ...productionCalls(model, callsTo(model, 'graphql-yoga', ['createYoga'])).flatMap((call) =>
      yogaPolicies(model, call, optionPolicies(model, call, property(call.args[0] ?? null, 'cors'), 'cors')),
    ),
    ...productionCalls(model, callsTo(model, '@apollo/server/standalone', ['startStandaloneServer'])).map(standalonePolicy),
    ...handWritten(model),
  ]
  const found = new Map<string, CorsPolicy>()
  for (const policy of policies) {
    const key = `${locationKey(policy.at)} ${locationKey(policy.call.at)}`
    const before = found.get(key)
    found.set(
      key,
      before === undefined
        ? policy
        : {
            ...before,
            grants: [...before.grants, ...policy.grants.filter((one) => !before.grants.some((other) => other.kind === one.kind))],
          },
    )
  }
  return [...found.values()]
}

function optionPolicies(model: ProjectModel, call: CallRecord, options: Value | null, source: 'cors' | 'socket'): readonly CorsPolicy[] {
  if (options === null || isAbsent(options) === 'yes') return [{ ...defaults(call, source), at: call.at, options: null }]
  return possibleValues(options).flatMap((one): CorsPolicy[] => {
    if (one.kind === 'function') return delegatePolicies(model, call, one)
    if (one.kind !== 'object') return []
    const credentials = isTrue(property(one, 'credentials'))
    const delegate = property(one, 'delegator')
    if (delegate?.kind === 'function') return delegatePolicies(model, call, delegate)
    const origin = property(one, 'origin')
    if (origin === null) {
      const isKnown = hasProperty(one, 'origin') === 'no' && !one.isOpen && !one.properties.has('...')
      return isKnown ? [{ ...defaults(call, source), at: call.at, options: one, credentials }] : []
    }
    return [
      {
        source,
        call,
        at: propertyAt(one, 'origin'),
        options: one,
        isDefault: false,
        grants: [...originGrants(model, origin), ...starsIn(call, origin), ...promisedGrants(model, call, origin)],
        credentials,
      },
    ]
  })
}

/** True for a policy of the plugin of Fastify. */
export function isFastifyCors({ call }: CorsPolicy): boolean {
  const name = packageOf(call.callee)?.package ?? 'cors'
  return name !== 'cors' && corsPackages.includes(name)
}

/** A star within an array lets everybody in with Fastify's plugin, and matches nothing with the package of Express (domain fact B6), nor with the plugin under its old name. */
function starsIn({ callee }: CallRecord, origin: Value): readonly OriginGrant[] {
  const name = packageOf(callee)?.package
  if (name === 'cors' || name === 'fastify-cors' || origin.kind !== 'array') return []
  const star = origin.elements.find((one) => one.kind === 'literal' && one.value === '*')
  if (star === undefined) return []
  return [{ kind: 'any', at: star.at, confidence: 'high', text: '*', variable: null, weakness: null, replaceable: null }]
}

/** Without an origin, `cors` and socket.io's `cors: {}` answer `*` (domain facts B1, B18). */
function defaults(call: CallRecord, source: 'cors' | 'socket'): Omit<CorsPolicy, 'at' | 'options'> {
  const star: OriginGrant = { kind: 'any', at: call.at, confidence: 'high', text: '*', variable: null, weakness: null, replaceable: null }
  return { source, call, isDefault: true, grants: [star], credentials: 'no' }
}

/** `cors((req, callback) => callback(null, { origin: … }))` */
function delegatePolicies(model: ProjectModel, call: CallRecord, fn: FunctionValue): CorsPolicy[] {
  return delegatedOptions(model, fn).flatMap(({ options, conditions, inner }): CorsPolicy[] => {
    const origin = property(options, 'origin')
    if (origin === null) return []
    return [
      {
        source: 'cors',
        call,
        at: propertyAt(options, 'origin'),
        options: options.kind === 'object' ? options : null,
        isDefault: false,
        grants: grantsUnder(model, origin, conditions, inner),
        credentials: isTrue(property(options, 'credentials')),
      },
    ]
  })
}

/** `new Server(http, { cors })`, `require('socket.io')(http, { cors })`. Without the option socket.io answers no other site. */
function socketPolicies(model: ProjectModel, call: CallRecord): readonly CorsPolicy[] {
  const path = packageOf(call.callee)?.path ?? ['?']
  if (path.length > 1 || (path.length === 1 && path[0] !== 'Server' && path[0] !== 'WebSocketGateway')) return []
  return call.args.flatMap((arg) => {
    const options = arg.kind === 'object' || arg.kind === 'choice' ? property(arg, 'cors') : null
    if (options === null || isAbsent(options) === 'yes') return []
    // `@WebSocketGateway({ cors: true })` is the package's default.
    if (isTrue(options) === 'yes') return [{ ...defaults(call, 'socket'), at: propertyAt(arg, 'cors'), options: null }]
    return givenPolicies(model, call, arg, 'socket')
  })
}

/** Servers of Apollo 2 and 3 bring the cors package along: `server.applyMiddleware({ app, cors: { origin } })`. */
const apolloCalls = callsThat(
  ({ callee }) =>
    /^(?:applyMiddleware|getMiddleware)$/.test(methodName(callee) ?? '') && originOf(callee)?.package === 'apollo-server-express',
  { names: oneOf(['applyMiddleware', 'getMiddleware']) },
)

/** What an object under `cors` says, and nothing where there is none. */
function givenPolicies(model: ProjectModel, call: CallRecord, given: Value | null, source: 'cors' | 'socket'): readonly CorsPolicy[] {
  const options = property(given, 'cors')
  if (options === null || isAbsent(options) === 'yes') return []
  return optionPolicies(model, call, options, source).filter((policy) => policy.options !== null)
}

function handWritten(model: ProjectModel): readonly CorsPolicy[] {
  const writes = productionHeaderWrites(model).filter(({ kind }) => kind !== 'remove')
  const allowing = writes.filter(({ name }) => name === 'access-control-allow-origin')
  const credentials = writes.filter(
    ({ name, value }) => name === 'access-control-allow-credentials' && (stringsOf(value).includes('true') || isTrue(value) === 'yes'),
  )
  return allowing.flatMap((write): CorsPolicy[] => {
    const { record, value } = write
    if (value === null) return []
    const grants = grantsUnder(model, value, conditionsOf(record.guards), callsInCallbacks(model.calls, record.at))
    const isCredentialed = credentials.some((other) => isBeside(other, write))
    return [
      {
        source: 'header',
        call: record,
        at: record.at,
        options: null,
        isDefault: false,
        grants,
        credentials: isCredentialed ? 'yes' : 'no',
        isAsked: requestPart(value) === 'headers' && record.guards.some((guard) => asksForOrigin(guard.value)),
      },
    ]
  })
}

/** Written for the same response: in the same function, on a path that the other write does not exclude. */
function isBeside(a: HeaderWrite, b: HeaderWrite): boolean {
  if (!inSameFunction(a.record.at, b.record.at)) return false
  return !a.record.guards.some((guard) => b.record.guards.some((other) => other.value === guard.value && other.holds !== guard.holds))
}

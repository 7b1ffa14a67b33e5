// What Nest hands to guards, interceptors, filters and pipes: execution contexts, call handlers, and metadata through the reflector.
import type { CallSite, Machine } from '../link/machine.js'
import { record } from '../link/records.js'
import type { CallRecord, ParameterValue, Value } from '../link/value.js'
import { arrayValue, literal, memberValue, objectValue, resultValue, undefinedAt, unknown } from '../link/values.js'
import type { Location } from '../text/location.js'
import { metadataKey } from './nestDecorators.js'
import { typed, typeNameOf } from './nestState.js'

/** What serves a request: its own metadata and that of its class. */
export interface Target {
  readonly transport: 'http' | 'graphql' | 'ws' | 'rpc'
  readonly handler: ReadonlyMap<string, Value>
  readonly owner: ReadonlyMap<string, Value>
  /** Of the method and its class, where they are told: guards that differ by metadata alone are run once for all who share it. */
  readonly names?: { readonly handler: string; readonly owner: string }
}

const targets = new WeakMap<Value, Target>()
const metadata = new WeakMap<Value, ReadonlyMap<string, Value>>()

/** An execution context of a known handler. */
export function contextOf(at: Location, target: Target): Value {
  const context = typed(at, 'ExecutionContext')
  targets.set(context, target)
  return context
}

/** True for contexts, and for what they say of their handler and its class: helpers of guards that are given one ask for metadata too. */
export function knowsTarget(value: Value): boolean {
  return targets.has(value) || metadata.has(value)
}

/** A parameter as the platform would pass it. */
export function parameterOf(at: Location, role: ParameterValue['role'], name: string): ParameterValue {
  return { kind: 'parameter', at, name, index: 0, role, type: null, fn: { ...at, node: 0 } }
}

/** Records that the request goes on. */
export function recordNext(machine: Machine, site: CallSite, at: Location): void {
  record(machine, site.frame, {
    at,
    callee: parameterOf(at, 'next', 'next'),
    receiver: null,
    args: [],
    argsAt: [],
    isNew: false,
    isWrite: false,
    isAwaited: true,
  })
}

const HOSTS = /^(?:ExecutionContext|ArgumentsHost|ExecutionContextHost|GqlExecutionContext|GqlArgumentsHost)$/

/** What a method of a context, a call handler or a reflector gives; null for anything else. */
export function answerContext(machine: Machine, site: CallSite, call: CallRecord): Value | null {
  if (call.callee.kind !== 'member') return null
  const { object, name } = call.callee
  if (object.kind === 'global' && object.name === 'Reflect') return answerReflector(site, name === 'getMetadata' ? 'get' : '', call.args)
  const type = typeNameOf(object)
  if (type === null) return null
  if (HOSTS.test(type)) return answerHost(site, object, name, call)
  if (type === 'HttpArgumentsHost') return answerHttp(site, name)
  if (type === 'WsArgumentsHost') return name === 'getClient' ? parameterOf(site.at, 'socket', 'client') : requestMember(site.at, 'body')
  if (type === 'RpcArgumentsHost') return name === 'getData' ? requestMember(site.at, 'body') : unknown(site.at, 'context of a message')
  if (type === 'CallHandler' && name === 'handle') {
    recordNext(machine, site, site.at)
    return resultValue(site.at, call)
  }
  return type === 'Reflector' ? answerReflector(site, name, call.args) : null
}

function answerHost(site: CallSite, host: Value, name: string, call: CallRecord): Value | null {
  const { at } = site
  const target = targets.get(host) ?? null
  switch (name) {
    case 'switchToHttp':
      return typed(at, 'HttpArgumentsHost')
    case 'switchToWs':
      return typed(at, 'WsArgumentsHost')
    case 'switchToRpc':
      return typed(at, 'RpcArgumentsHost')
    case 'getContext':
      return graphqlContext(at)
    case 'getRoot':
    case 'getInfo':
      return unknown(at, 'part of a GraphQL request')
    case 'getArgs':
      return typeNameOf(host)?.startsWith('Gql') === true
        ? requestMember(at, 'body')
        : arrayValue(at, [parameterOf(at, 'request', 'request'), parameterOf(at, 'response', 'response'), parameterOf(at, 'next', 'next')])
    case 'getArgByIndex': {
      const index = call.args[0]?.kind === 'literal' ? Number(call.args[0].value) : -1
      if (target?.transport === 'graphql') return index === 2 ? graphqlContext(at) : unknown(at, 'part of a GraphQL request')
      return index === 0 ? parameterOf(at, 'request', 'request') : index === 1 ? parameterOf(at, 'response', 'response') : null
    }
    case 'getType':
      return target === null ? null : literal(at, target.transport)
    case 'getHandler':
      return marker(at, 'Handler', target?.handler, target?.names?.handler)
    case 'getClass':
      return marker(at, 'Class', target?.owner, target?.names?.owner)
    default:
      return null
  }
}

/** `GqlExecutionContext.create(context)`: the same target under another interface. */
export function graphqlHost(site: CallSite, context: Value | undefined): Value {
  const host = typed(site.at, 'GqlExecutionContext')
  const target = context === undefined ? undefined : targets.get(context)
  if (target !== undefined) targets.set(host, target)
  return host
}

function graphqlContext(at: Location): Value {
  const context = objectValue(at)
  context.isOpen = true
  const parts = { req: 'request', request: 'request', res: 'response', response: 'response', reply: 'response' } as const
  for (const [name, role] of Object.entries(parts)) context.properties.set(name, parameterOf(at, role, name))
  return context
}

function requestMember(at: Location, name: string): Value {
  return memberValue(at, parameterOf(at, 'request', 'request'), name)
}

function marker(at: Location, type: string, values: ReadonlyMap<string, Value> | undefined, name: string | undefined): Value {
  const value = name === undefined ? typed(at, type) : objectValue(at)
  if (value.kind === 'object') {
    value.isOpen = true
    value.properties.set('name', literal(at, name))
  }
  if (values !== undefined) metadata.set(value, values)
  return value
}

function answerHttp(site: CallSite, name: string): Value | null {
  if (name === 'getRequest') return parameterOf(site.at, 'request', 'request')
  if (name === 'getResponse') return parameterOf(site.at, 'response', 'response')
  return name === 'getNext' ? parameterOf(site.at, 'next', 'next') : null
}

/** `get`, `getAll`, `getAllAndOverride`, `getAllAndMerge`, and `Reflect.getMetadata`: known where the targets are. */
function answerReflector(site: CallSite, name: string, [key, wanted]: readonly Value[]): Value | null {
  if (key === undefined || wanted === undefined || !/^get/.test(name)) return null
  const places = wanted.kind === 'array' ? wanted.elements : [wanted]
  const maps = places.map((place) => metadata.get(place))
  if (maps.length === 0 || maps.includes(undefined)) return null
  const values = maps.map((map) => asKept(site, map?.get(metadataKey(key))))
  const present = values.filter((value) => value !== undefined)
  if (name === 'getAll')
    return arrayValue(
      site.at,
      values.map((value) => value ?? undefinedAt(site.at)),
    )
  if (name === 'getAllAndMerge')
    return arrayValue(
      site.at,
      present.flatMap((value) => (value.kind === 'array' ? value.elements : [value])),
    )
  return present[0] ?? undefinedAt(site.at)
}

/** Nobody fills the lists of decorators: an empty one is empty for every request. */
function asKept({ at }: CallSite, value: Value | undefined): Value | undefined {
  return value?.kind === 'array' && value.elements.length === 0 && !value.isOpen ? arrayValue(at, []) : value
}

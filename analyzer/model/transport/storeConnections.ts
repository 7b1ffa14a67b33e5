// Connections to databases and caches that production code makes: how long it waits for them, and who hears that one was lost.
import type { CallRecord, ClassValue, Value } from '../../link/value.js'
import { sameLocation } from '../../text/location.js'
import type { Answer, ProjectModel } from '../model.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { callsThat, ofEachBinding } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { recordedOnce } from '../recorded.js'
import { oneOf } from '../sorted.js'
import { mentions, ormConnections } from './ormConnections.js'
import { agreement, hasProperty, numberOf, possibleValues, property, stringsOf } from '../values.js'

export interface StoreConnection {
  readonly call: CallRecord
  /** `pg`, `mysql2`, `mongodb`, `mongoose`; `TypeORM`, `Sequelize`, `knex` on Postgres. */
  readonly driver: string
  readonly isPool: boolean
  /** Whether waiting for a connection has an end: by an option, or by what the driver does unless told otherwise (domain facts J22 and J23). */
  readonly connects: Answer
  /** Whether waiting for an answer has an end. No driver ends it by itself. */
  readonly answers: Answer
}

/** Once per place, in order. */
export const storeConnections: (model: ProjectModel) => readonly StoreConnection[] = recordedOnce((model) => {
  const ofDrivers = oncePerPlace(productionCalls(model, connections(model))).map((call) => {
    const driver = driverOf(call)
    const isPool = driver === 'mongoose' || methodName(call.callee) !== 'Client'
    const waits = waitsOf(driver, call)
    return { call, driver, isPool, ...waits, answers: waits.answers === 'no' && isPrepared(model, call) ? 'unknown' : waits.answers }
  })
  const all = [...ofDrivers, ...ormConnections(model).map((one) => ({ ...one, isPool: true }))]
  const isSaid = times(model).some(({ at }) => model.productionFiles.has(at.file))
  return all.map((one) => (isSaid && one.answers === 'no' && isOfPostgres(one) ? { ...one, answers: 'unknown' } : one))
})

/** Whether it is a connection to Postgres, which ends statements by itself where it is told to. */
export function isOfPostgres({ driver }: StoreConnection): boolean {
  return driver === 'pg' || driver === 'TypeORM' || driver === 'Sequelize' || driver === 'knex'
}

/** Stores whose lost connections end the process where nobody listens: pools of pg, and clients of node-redis. Once per place, in order. */
export const throwingStores: (model: ProjectModel) => readonly CallRecord[] = recordedOnce((model) =>
  oncePerPlace(productionCalls(model, clients(model))).filter((call) => methodName(call.callee) !== 'Client'),
)

/** Whether something listens for errors of the store. */
export function hearsErrors(model: ProjectModel, store: CallRecord): boolean {
  return (
    listeners(model).some(({ callee }) => callee.kind === 'member' && comesFrom(callee.object, store)) ||
    adapters(model).some(({ args }) => args.some((arg) => comesFrom(arg, store) || comesFrom(property(arg, 'pool'), store)))
  )
}

const drivers = /^(pg|mysql2|mongodb|mongoose|@nestjs\/mongoose)$/
const connections = callsThat((call) => !call.isWrite && !call.isOff && (isPlugin(call) || makes(call, drivers)), {
  packages: (name) => plugins[name] !== undefined || drivers.test(withoutEntry(name)),
})

/** Plugins of Fastify that make a pool of the options with which they are registered. */
const plugins: Readonly<Record<string, string>> = {
  '@fastify/postgres': 'pg',
  'fastify-postgres': 'pg',
  '@fastify/mysql': 'mysql2',
  'fastify-mysql': 'mysql2',
  '@fastify/mongodb': 'mongodb',
  'fastify-mongodb': 'mongodb',
}

function isPlugin({ callee, argumentsFrom }: CallRecord): boolean {
  return argumentsFrom !== undefined && plugins[originOf(callee)?.package ?? ''] !== undefined
}

const emitters = /^(pg|redis|@redis\/client)$/
const clients = callsThat((call) => !call.isWrite && !call.isOff && makes(call, emitters), { packages: (name) => emitters.test(name) })

function makes(call: CallRecord, packages: RegExp): boolean {
  const origin = originOf(call.callee)
  if (origin === null || origin.calls.length > 0 || !packages.test(withoutEntry(origin.package))) return false
  const name = origin.path.at(-1) ?? ''
  if (origin.package === '@nestjs/mongoose') return origin.path.join('.') === 'MongooseModule.forRoot'
  return call.isNew ? /^(Pool|Client|MongoClient)$/.test(name) : /^(createPool|createConnection|connect|createClient)$/.test(name)
}

function driverOf({ callee }: CallRecord): string {
  const name = originOf(callee)?.package ?? ''
  return plugins[name] ?? withoutEntry(name)
}

function withoutEntry(name: string): string {
  return name.replace(/\/promise$|^@nestjs\//, '')
}

function waitsOf(driver: string, { args }: CallRecord): Pick<StoreConnection, 'connects' | 'answers'> {
  const options = args.find((arg) => arg.kind === 'object') ?? args.find((arg) => !isAddress(arg)) ?? null
  const addresses = [...args, ...['connectionString', 'uri', 'options'].map((name) => property(options, name))]
  const has = (...names: readonly string[]): Answer => {
    if (addresses.some((one) => names.some((name) => mentions(one, name)))) return 'yes'
    // A time of 0 is none.
    const each = names.map((name) => (numberOf(property(options, name)) === 0 ? 'no' : hasProperty(options, name)))
    return each.includes('yes') ? 'yes' : each.includes('unknown') ? 'unknown' : 'no'
  }
  if (driver === 'pg') return { connects: has('connectionTimeoutMillis'), answers: has('statement_timeout', 'query_timeout') }
  if (driver === 'mysql2') return { connects: 'yes', answers: has('queryTimeout') }
  return { connects: 'yes', answers: has('socketTimeoutMS', 'timeoutMS', 'maxTimeMS') }
}

/** `statementTimeoutMs: options.timeout`: the project says it with each statement. */
const times = ofEachBinding(
  (binding) => (/(statement|query)Timeout/i.test(binding.name) && binding.value.kind !== 'literal' ? [binding] : []),
  ['choice', 'member', 'parameter', 'environment', 'operation', 'result', 'object'],
)

function isAddress({ kind }: Value): boolean {
  return kind === 'environment' || kind === 'literal' || kind === 'template'
}

/** Whether all of it has an end. */
export function endsWaiting({ connects, answers }: StoreConnection): Answer {
  return connects === 'no' || answers === 'no' ? 'no' : agreement([connects, answers])
}

const listening = oneOf(['on', 'once', 'addListener', 'prependListener'])
const listeners = callsThat(
  ({ callee, args, isOff }) => !isOff && callee.kind === 'member' && listening(callee.name) && stringsOf(args[0] ?? null).includes('error'),
  { names: listening },
)

/** `pool.on('connect', (client) => client.query('SET statement_timeout = …'))`: what prepares each connection may set the time there. */
function isPrepared(model: ProjectModel, store: CallRecord): boolean {
  return preparations(model).some(
    ({ callee, args: [, listener] }) => callee.kind === 'member' && comesFrom(callee.object, store) && maySetTime(model, listener ?? null),
  )
}

/** False for what only counts or logs, and for statements that are known and set no time. */
function maySetTime(model: ProjectModel, listener: Value | null): boolean {
  if (listener?.kind !== 'function') return true
  const { calls, isExhausted } = model.summaryOf(listener)
  return (
    isExhausted ||
    calls.some(({ callee, args }) => {
      if (globalOf(callee) !== null) return false
      if (methodName(callee) !== 'query') return args.some(({ kind }) => kind === 'parameter')
      const texts = stringsOf(args[0] ?? null)
      return texts.length === 0 || texts.some((text) => /timeout/i.test(text))
    })
  )
}

const preparations = callsThat(
  ({ callee, args, isOff }) =>
    !isOff && callee.kind === 'member' && listening(callee.name) && stringsOf(args[0] ?? null).includes('connect'),
  { names: listening },
)

/** Prisma's adapter listens for errors of the pool that it is given. */
const adapters = callsThat(({ callee, isNew }) => isNew && originOf(callee)?.package === '@prisma/adapter-pg', {
  packages: oneOf(['@prisma/adapter-pg']),
})

/** `createClient().on('ready', …).on('error', …)` gives the client each time. */
function comesFrom(value: Value | null, store: CallRecord): boolean {
  let one: Value | null = value
  while (one?.kind === 'result' || one?.kind === 'member') {
    if (one.kind === 'result' && sameLocation(one.call.at, store.at)) return true
    one = one.kind === 'result' ? one.call.callee : one.object
  }
  // `globalThis.pool ?? new Pool()`
  if (one?.kind === 'choice') return possibleValues(one).some((option) => option !== one && comesFrom(option, store))
  return one?.kind === 'object' && isMadeBySuper(one.instanceOf, store)
}

/** `class TimedPool extends Pool { constructor() { super({ … }) } }`: its instances are what the call makes. */
function isMadeBySuper(owner: ClassValue | null, { at }: CallRecord): boolean {
  for (let one: Value | null = owner; one?.kind === 'class'; one = one.superClass) {
    const { facts, source } = one
    if (source.file === at.file && facts.members.some((member) => member.kind === 'constructor' && member.function === at.fn)) return true
  }
  return false
}

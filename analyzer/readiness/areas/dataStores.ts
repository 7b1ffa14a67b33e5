// Databases and caches: how long the server waits for them, and what a lost connection does.
import type { CallRecord, Value } from '../../link/value.js'
import { sameLocation } from '../../text/location.js'
import { loadedPackages } from '../../model/loadedPackages.js'
import type { ProjectModel } from '../../model/model.js'
import { methodName, originOf } from '../../model/origins.js'
import { callsThat } from '../../model/perPart.js'
import { oncePerPlace, productionCalls } from '../../model/productionCalls.js'
import { hasProperty, stringsOf } from '../../model/values.js'
import type { Context, ControlDefinition, Judgement, Status } from '../control.js'

export const dataStores: readonly ControlDefinition[] = [
  {
    id: 'database-timeouts',
    area: 'data-stores',
    title: 'Waiting for a database has an end',
    weight: 2,
    rules: [],
    judge: (context) => judged(context, waits(context.model), waiting),
  },
  {
    id: 'database-errors',
    area: 'data-stores',
    title: 'A lost connection to a store does not end the process',
    weight: 2,
    rules: [],
    judge: (context) => judged(context, throwing(context.model), (store) => listening(context.model, store)),
  },
]

type Answer = Pick<Judgement, 'status' | 'text'>

/** One answer for each connection; none where no store is used, and no all-clear for one that is not looked at. */
function judged({ model }: Context, stores: readonly CallRecord[], answer: (store: CallRecord) => Answer): readonly Judgement[] {
  if (stores.length > 0)
    return stores.map((store) => ({ ...answer(store), shown: [{ at: store.at, note: originOf(store.callee)?.package ?? '' }], app: null }))
  const others = [...loadedPackages(model)].filter((name) => unread.test(name))
  return others.length === 0
    ? [{ status: 'not-applicable', text: 'No store is connected to.', shown: [], app: null }]
    : [{ status: 'not-judged', text: `What ${others[0] ?? ''} does is not looked at.`, shown: [], app: null }]
}

const unread =
  /^(@prisma\/client|typeorm|@nestjs\/(typeorm|mongoose|sequelize)|sequelize|sequelize-typescript|knex|objection|drizzle-orm|@mikro-orm|kysely|postgres|mysql|better-sqlite3|sqlite3|ioredis|mssql|cassandra-driver|neo4j-driver|pg|pg-promise|mysql2|mongodb|mongoose|redis)(\/|$)/

const connections = callsThat((call) => !call.isWrite && !call.isOff && makes(call, /^(pg|mysql2|mongodb|mongoose)$/), {
  packages: (name) => /^(pg|mysql2|mongodb|mongoose)\b/.test(name),
})
const clients = callsThat((call) => !call.isWrite && !call.isOff && makes(call, /^(pg|redis|@redis\/client)$/), {
  packages: (name) => /^(pg|redis|@redis\/client)\b/.test(name),
})

function waits(model: ProjectModel): readonly CallRecord[] {
  return oncePerPlace(productionCalls(model, connections(model)))
}

/** Stores whose connections throw what nobody listens for (domain fact J22 for pg; node-redis does the same). */
function throwing(model: ProjectModel): readonly CallRecord[] {
  return oncePerPlace(productionCalls(model, clients(model))).filter((call) => methodName(call.callee) !== 'Client')
}

function makes(call: CallRecord, packages: RegExp): boolean {
  const origin = originOf(call.callee)
  if (origin === null || origin.calls.length > 0 || !packages.test(origin.package.replace(/\/promise$/, ''))) return false
  const name = origin.path.at(-1) ?? ''
  return call.isNew ? /^(Pool|Client|MongoClient)$/.test(name) : /^(createPool|createConnection|connect|createClient)$/.test(name)
}

function waiting({ callee, args }: CallRecord): Answer {
  const name = originOf(callee)?.package ?? ''
  const options = args.find((arg) => arg.kind === 'object') ?? args.find((arg) => !isAddress(arg)) ?? null
  if (name === 'pg') {
    return bounds(options, [
      { names: ['connectionTimeoutMillis'], missing: 'a connection is waited for without end' },
      { names: ['statement_timeout', 'query_timeout'], missing: 'an answer is waited for without end' },
    ])
  }
  const answer = name.startsWith('mysql2') ? ['queryTimeout'] : ['socketTimeoutMS', 'timeoutMS', 'maxTimeMS']
  const { status } = bounds(options, [{ names: answer, missing: '' }])
  // Drivers end the wait for a connection by themselves (domain fact J23).
  if (status === 'missing') return { status: 'partly', text: 'A connection is given up after a time, an answer is not.' }
  return { status, text: status === 'in-place' ? 'Connections and answers have a time.' : 'The options are not known.' }
}

function isAddress({ kind }: Value): boolean {
  return kind === 'environment' || kind === 'literal' || kind === 'template'
}

/** What options say of several times, of which each has a name or another. */
function bounds(options: Value | null, wanted: readonly { readonly names: readonly string[]; readonly missing: string }[]): Answer {
  const answers = wanted.map(({ names }) => {
    const each = names.map((name) => hasProperty(options, name))
    return each.includes('yes') ? 'yes' : each.includes('unknown') ? 'unknown' : 'no'
  })
  if (answers.every((one) => one === 'yes')) return { status: 'in-place', text: 'Connections and answers have a time.' }
  if (!answers.includes('no')) return { status: 'not-known', text: 'The options are not known.' }
  const status: Status = answers.every((one) => one === 'no') ? 'missing' : 'partly'
  const lacks = wanted.filter((_, index) => answers[index] === 'no').map(({ missing }) => missing)
  const text = lacks.join(', and ')
  return { status, text: `${text.charAt(0).toUpperCase()}${text.slice(1)}.` }
}

const listeners = callsThat(
  ({ callee, args, isOff }) =>
    !isOff &&
    callee.kind === 'member' &&
    /^(on|once|addListener|prependListener)$/.test(callee.name) &&
    stringsOf(args[0] ?? null).includes('error'),
)

function listening(model: ProjectModel, store: CallRecord): Answer {
  const isHeard = listeners(model).some(({ callee }) => callee.kind === 'member' && comesFrom(callee.object, store))
  return isHeard
    ? { status: 'in-place', text: 'Errors of idle connections are heard.' }
    : { status: 'missing', text: 'Nobody listens for errors of idle connections: one that is lost ends the process.' }
}

/** `createClient().on('ready', …).on('error', …)` gives the client each time. */
function comesFrom(value: Value, store: CallRecord): boolean {
  for (let one: Value = value; one.kind === 'result' || one.kind === 'member';) {
    if (one.kind === 'result' && sameLocation(one.call.at, store.at)) return true
    one = one.kind === 'result' ? one.call.callee : one.object
  }
  return false
}

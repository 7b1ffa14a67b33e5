// Databases and caches: how long the server waits for them, and what a lost connection does.
import type { CallRecord } from '../../link/value.js'
import { loadedPackages } from '../../model/loadedPackages.js'
import type { ProjectModel } from '../../model/model.js'
import { originOf } from '../../model/origins.js'
import { endsWaiting, hearsErrors, storeConnections, throwingStores, type StoreConnection } from '../../model/transport/storeConnections.js'
import { sameLocation } from '../../text/location.js'
import type { Context, ControlDefinition, Judgement } from '../control.js'
import { unlessFound } from '../fromFindings.js'

export const dataStores: readonly ControlDefinition[] = [
  {
    id: 'kept-data',
    area: 'data-stores',
    title: 'What clients send to be kept outlives the process',
    weight: 2,
    rules: ['no-in-memory-data'],
    judge: (context) =>
      unlessFound(context, ['no-in-memory-data'], {
        text: 'No variable was found that keeps what clients send.',
        shown: storeConnections(context.model).map(({ call }) => ({ at: call.at, note: originOf(call.callee)?.package ?? '' })),
      }),
  },
  {
    id: 'database-timeouts',
    area: 'data-stores',
    title: 'Waiting for a database has an end',
    weight: 2,
    rules: ['require-db-timeouts'],
    concerns: ({ model }, { at }) => storeConnections(model).some((one) => endsWaiting(one) === 'no' && sameLocation(one.call.at, at)),
    judge: (context) =>
      judged(
        context,
        storeConnections(context.model).map((one) => ({ call: one.call, ...waiting(one) })),
      ),
  },
  {
    id: 'database-errors',
    area: 'data-stores',
    title: 'A lost connection to a store does not end the process',
    weight: 2,
    rules: ['require-db-timeouts'],
    concerns: ({ model }, { at }) => throwingStores(model).some((call) => !hearsErrors(model, call) && sameLocation(call.at, at)),
    judge: (context) =>
      judged(
        context,
        throwingStores(context.model).map((call) => ({ call, ...listening(context.model, call) })),
      ),
  },
]

type Answer = Pick<Judgement, 'status' | 'text'>

/** One answer for each connection; none where no store is used, and no all-clear for one that is not looked at. */
function judged({ model }: Context, stores: readonly (Answer & { readonly call: CallRecord })[]): readonly Judgement[] {
  if (stores.length > 0)
    return stores.map(({ call, status, text }) => ({
      status,
      text,
      shown: [{ at: call.at, note: originOf(call.callee)?.package ?? '' }],
      app: null,
    }))
  const others = [...loadedPackages(model)].filter((name) => unread.test(name))
  return others.length === 0
    ? [{ status: 'not-applicable', text: 'No store is connected to.', shown: [], app: null }]
    : [{ status: 'not-judged', text: `What ${others[0] ?? ''} does is not looked at.`, shown: [], app: null }]
}

const unread =
  /^(@prisma\/client|typeorm|@nestjs\/(typeorm|mongoose|sequelize)|sequelize|sequelize-typescript|knex|objection|drizzle-orm|@mikro-orm|kysely|@fastify\/(postgres|mysql|mongodb|redis)|postgres|mysql|better-sqlite3|sqlite3|ioredis|mssql|cassandra-driver|neo4j-driver|pg|pg-promise|mysql2|mongodb|mongoose|redis)(\/|$)/

function waiting(connection: StoreConnection): Answer {
  const { connects, answers } = connection
  const all = endsWaiting(connection)
  if (all === 'yes') return { status: 'in-place', text: 'Connections and answers have a time.' }
  if (all === 'unknown') return { status: 'not-known', text: 'The options are not known.' }
  if (connects !== 'no') return { status: 'partly', text: 'A connection is given up after a time, an answer is not.' }
  return answers === 'no'
    ? { status: 'missing', text: 'A connection is waited for without end, and an answer is waited for without end.' }
    : { status: 'partly', text: 'A connection is waited for without end.' }
}

function listening(model: ProjectModel, store: CallRecord): Answer {
  return hearsErrors(model, store)
    ? { status: 'in-place', text: 'Errors of idle connections are heard.' }
    : { status: 'missing', text: 'Nobody listens for errors of idle connections: one that is lost ends the process.' }
}

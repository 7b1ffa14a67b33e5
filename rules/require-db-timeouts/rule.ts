// Waiting for a database has an end, and a lost connection does not end the process.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import type { Location } from '../../analyzer/text/location.js'
import type { Confidence } from '../../analyzer/model/model.js'
import {
  endsWaiting,
  hearsErrors,
  isOfPostgres,
  storeConnections,
  throwingStores,
  type StoreConnection,
} from '../../analyzer/model/transport/storeConnections.js'
import { originOf } from '../../analyzer/model/origins.js'

export default defineRule({
  id: 'require-db-timeouts',
  summary: 'Waiting for a database has an end, and a lost connection does not end the process.',
  category: 'transport',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(400),
    { name: 'node-postgres: Pool', url: 'https://node-postgres.com/apis/pool' },
    { name: 'node-redis: events', url: 'https://github.com/redis/node-redis#events' },
  ],
  messages: {
    endless: {
      what: '{subject} without end.',
      why: 'One table that is locked, or one database that no longer answers, and every request that needs it waits. Connections run out, then everything waits that needs any, and the server looks alive all the while.',
      how: 'Give it {options}.',
    },
    deaf: {
      what: 'Nobody listens for errors of this {thing}: a lost connection ends the process.',
      why: 'When the database restarts, or the network drops a connection that is idle, the driver emits `error`. Without a listener Node throws it, and the server ends with all its requests.',
      how: "Listen: `.on('error', (error) => logger.error(error))`. The driver makes a new connection by itself.",
    },
  },
  *check(model) {
    // What no server loads may be a script.
    const sure = ({ file }: Location, confidence: Confidence): Confidence => (model.serverFiles.has(file) ? confidence : 'low')
    for (const connection of storeConnections(model)) {
      if (endsWaiting(connection) !== 'no') continue
      const { call, driver, isPool, connects, answers } = connection
      const what = connects !== 'no' ? 'Answers' : answers !== 'no' ? 'Connections' : 'Connections and answers'
      yield {
        message: 'endless',
        at: call.at,
        data: { subject: `${what} of ${driver} are waited for`, options: optionsFor(connection) },
        confidence: isOfPostgres(connection) && isPool ? sure(call.at, 'medium') : 'low',
      }
    }
    for (const call of throwingStores(model)) {
      if (hearsErrors(model, call)) continue
      const thing = originOf(call.callee)?.package === 'pg' ? 'pool' : 'client'
      yield { message: 'deaf', at: call.at, data: { thing }, severity: 'warning', confidence: sure(call.at, 'medium') }
    }
  },
})

const optionNames: Readonly<Record<string, readonly [connects: string, answers: string]>> = {
  pg: ['`connectionTimeoutMillis`', '`statement_timeout`'],
  TypeORM: ['`connectTimeoutMS`', '`statement_timeout` in `extra`'],
  Sequelize: ['`acquire` in `pool`', '`statement_timeout` in `dialectOptions`'],
  knex: ['`acquireConnectionTimeout`', '`statement_timeout` in `connection`'],
  mysql2: ['`connectTimeout`', 'a `timeout` with each query'],
}

function optionsFor({ driver, connects, answers }: StoreConnection): string {
  const [connecting, answering] = optionNames[driver] ?? ['`connectTimeoutMS`', '`socketTimeoutMS`']
  return [...(connects === 'no' ? [connecting] : []), ...(answers === 'no' ? [answering] : [])].join(' and ')
}

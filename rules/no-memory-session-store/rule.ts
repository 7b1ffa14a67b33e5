// Sessions are kept where a restart and a second process find them.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import { memorySessions } from '../../analyzer/model/sessions/memorySessions.js'

export default defineRule({
  id: 'no-memory-session-store',
  summary: 'Sessions are not kept in the memory of one process.',
  category: 'sessions',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(770),
    { name: 'express-session: store', url: 'https://github.com/expressjs/session#compatible-session-stores' },
    { name: '@fastify/session: store', url: 'https://github.com/fastify/session#store-optional' },
  ],
  messages: {
    memory: {
      what: '{package} keeps its sessions in memory.',
      why: 'A restart or a deployment logs everybody out, a second process knows nobody, and sessions that expired stay in it. {every}.',
      how: 'Give it a store, such as connect-redis with a client of redis, or one for the database that is there.',
    },
  },
  *check(model) {
    for (const { setup, at, isOpenToAll, confidence } of memorySessions(model))
      yield {
        message: 'memory',
        at,
        data: {
          package: setup.package,
          every: isOpenToAll
            ? 'Every request without a cookie makes one here (saveUninitialized), so whoever sends enough of them ends the process'
            : 'It grows with every login',
        },
        confidence,
      }
  },
})

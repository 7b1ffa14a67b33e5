// What replies are given by the service that made them.
import { expect, test } from 'vitest'
import { modelsOverEdits } from '../../testing/model.js'
import { conductOf } from '../model/conduct.js'

test('the reply of one service has the functions of that service, also after an edit', () => {
  const service = (status: number, text: string): string => `
    const fastify = require('fastify')()
    fastify.decorateReply('refuse', function refuse() { return this.code(${status}).send('no') })
    fastify.get('/', async (request, reply) => {
      console.log('${text}')
      return reply.refuse()
    })
    fastify.listen({ port: 3000 })`
  const modelAfter = modelsOverEdits()
  for (const text of ['before', 'after']) {
    const model = modelAfter(`
    //- /a/app.js${service(401, text)}
    //- /b/app.js${service(429, '')}
    `)
    const answered = model.routes.flatMap(({ at, handler }) =>
      handler?.kind === 'function' ? conductOf(model, handler).refusals.map(({ statuses }) => `${at.file} ${statuses.join()}`) : [],
    )
    expect([...new Set(answered)]).toEqual(['a/app.js 401', 'b/app.js 429'])
  }
})

// What clients send to be kept is kept longer than the process lives.
import { cwe, defineRule, evidence, type RelatedPlace } from '../../analyzer/check/rule.js'
import { memoryData } from '../../analyzer/model/transport/memoryData.js'
import type { Route } from '../../analyzer/model/model.js'
import { placesOf, routeText } from '../../analyzer/model/routePlaces.js'

export default defineRule({
  id: 'no-in-memory-data',
  summary: 'Data that clients send and read back is kept in a store, and not in a variable.',
  category: 'transport',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(770), { name: 'The Twelve-Factor App: Processes', url: 'https://12factor.net/processes' }],
  messages: {
    memory: {
      what: '{name} keeps what clients send in memory alone.',
      why: 'Every restart and every deployment forgets it, a second process does not have it, and it grows until memory is used up, which whoever may send can bring about.',
      how: 'Keep it in a database, or in Redis where it may be forgotten after a time.',
    },
  },
  *check(model) {
    for (const { value, name, writers, readers } of memoryData(model))
      yield {
        message: 'memory',
        at: value.at,
        data: { name: `\`${name}\`` },
        confidence: 'medium',
        related: [...usedBy(writers, 'writes it'), ...usedBy(readers, 'answers from it')],
      }
  },
})

function usedBy(routes: readonly Route[], note: string): readonly RelatedPlace[] {
  return placesOf(routes).map((place) => evidence(place.at, `${routeText(place)} ${note}`))
}

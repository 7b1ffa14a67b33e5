// Whoever sends a request does not decide which fields of a record are written.
import { affected, asvs, cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { assignedBodies } from '../../analyzer/model/input/massAssignments.js'
import { routeName } from '../../analyzer/model/routePlaces.js'

export default defineRule({
  id: 'no-mass-assignment',
  summary: 'Bodies of requests are not written to a store as a whole.',
  category: 'input',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(915), asvs('5.1.2'), owasp('Mass Assignment')],
  messages: {
    whole: {
      what: 'The whole request body goes into {name}{others}.',
      why: 'Whoever sends it decides which fields are written, also those that no form shows: role, isAdmin, owner, balance, createdAt. A schema of the database allows them, since the application writes them too.',
      how: 'Name the fields, or check the body against a schema that takes everything else away, and write what that gives back.',
    },
  },
  *check(model) {
    for (const app of model.apps)
      for (const [first, ...others] of assignedBodies(model, app)) {
        if (first === undefined) continue
        const more = others.length === 1 ? ', and once more in this file' : `, and ${others.length} times more in this file`
        yield {
          message: 'whole',
          at: first.at,
          data: { name: first.name, others: others.length === 0 ? '' : more },
          confidence: confidenceFor(model, app, 'medium'),
          related: [
            ...others.map(({ at, route, name }) => affected(at, `${name} for ${routeName(route)}`)),
            evidence(first.body.at, 'the body'),
            evidence(first.route.at, routeName(first.route)),
          ],
        }
      }
  },
})

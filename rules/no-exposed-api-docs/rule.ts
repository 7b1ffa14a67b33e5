// Documentation of an API is not served to everybody in production.
import { asvs, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { exposedDocs } from '../../analyzer/model/operations/exposedDocs.js'
import { exposedServers } from '../../analyzer/model/operations/graphqlDocs.js'
import { guardStatement, OUTSIDE_PRODUCTION } from '../../analyzer/model/operations/productionGuard.js'

export default defineRule({
  id: 'no-exposed-api-docs',
  summary: 'Documentation of the API and consoles for it are not open to everybody in production.',
  category: 'operations',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(200),
    asvs('14.3.2'),
    {
      name: 'OWASP: Improper Inventory Management',
      url: 'https://owasp.org/API-Security/editions/2023/en/0xa9-improper-inventory-management/',
    },
  ],
  messages: {
    exposed: {
      what: '{subject} is open to everybody at {path}.',
      why: 'It lists every route with its parameters, those of administration too, and a page to send requests from: the map that an attacker would have to draw first.',
      how: 'Register it only where NODE_ENV is not production, or put authentication in front. Where the API is meant for everybody, turn this rule off.',
    },
  },
  *check(model) {
    const ofApps = model.apps.flatMap((app) => exposedDocs(model, app).map((one) => ({ ...one, app })))
    for (const { at, path, what, repair, app } of [...ofApps, ...exposedServers(model).map((one) => ({ ...one, app: null }))]) {
      const fix = suggestion('Serve it outside production alone', (editor) => {
        if (repair?.kind === 'statement') guardStatement(editor, model, repair.at)
        else if (repair !== null) editor.replace(repair.at, OUTSIDE_PRODUCTION)
      })
      yield {
        message: 'exposed',
        at,
        data: { subject: what, path },
        confidence: app === null ? 'medium' : confidenceFor(model, app, 'medium'),
        related: app === null ? [] : [evidence(app.at, 'the application')],
        fix: repair === null ? null : fix,
      }
    }
  },
})

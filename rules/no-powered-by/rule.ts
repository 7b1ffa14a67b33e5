// Responses do not say that Express sent them.
import { affected, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { FixRefused, safeFix, type Fix } from '../../analyzer/fix/fix.js'
import type { Scope } from '../../analyzer/model/model.js'
import { poweredApplications } from '../../analyzer/model/headers/poweredApplications.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { isOnExpress } from '../../analyzer/model/nestPlatform.js'
import { unreadInFront, unreadPlaces } from '../../analyzer/model/unread.js'
import { routeName } from '../../analyzer/model/routePlaces.js'

export default defineRule({
  id: 'no-powered-by',
  summary: 'Responses do not carry X-Powered-By: Express.',
  category: 'headers',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'nest'],
  references: [cwe(200), { name: 'Express security best practices', url: 'https://expressjs.com/en/advanced/best-practice-security.html' }],
  messages: {
    sent: {
      what: '{app} sends X-Powered-By: Express.',
      why: 'The header tells everybody which framework answers, so scanners know which weaknesses to try. Express sends it unless it is disabled.',
      how: 'Call {disable}, or register helmet, which removes it.',
    },
    again: {
      what: '{app} brings X-Powered-By back.',
      why: 'A mounted application sets the header anew when a request enters it, whatever its parent did. A Router does not.',
      how: "Call {app}.disable('x-powered-by') here too, or use express.Router() in place of the application.",
    },
  },
  *check(model) {
    for (const app of model.apps.filter(isOnExpress)) {
      const { own, mounted } = poweredApplications(model, app)
      if (own !== null) {
        // What could not be read may well be helmet, which takes the header away.
        const isHidden = own.routes.every((route) => unreadInFront(model, route).length > 0)
        yield {
          message: 'sent',
          at: own.scope.at,
          data: { app: own.scope.name, disable: disabling(own.scope, own.scope.name) },
          confidence: confidenceFor(model, app, own.isConditional || isHidden ? 'low' : 'high'),
          related: [
            ...(isHidden ? unreadPlaces(model, own.routes) : []),
            ...own.routes.slice(0, 3).map((route) => evidence(route.at, `${routeName(route)} is answered with it`)),
            ...mounted.map(({ scope }) => affected(scope.at, `${scope.name} sends it as well`)),
          ],
          fix: disable([own.scope, ...mounted.map(({ scope }) => scope)]),
        }
      } else
        for (const { scope, isConditional } of mounted)
          yield {
            message: 'again',
            at: scope.at,
            data: { app: scope.name },
            confidence: isConditional ? 'low' : 'high',
            related: [
              evidence(app.at, `${app.name} does not send it`),
              ...scope.mounts.map((mount) => evidence(mount.at, `${scope.name} is mounted here`)),
            ],
            fix: disable([scope]),
          }
    }
  },
})

function disable(scopes: readonly Scope[]): Fix {
  return safeFix('Disable X-Powered-By', (editor) => {
    for (const scope of scopes) {
      const name = editor.nameOf(scope)
      if (name === null) throw new FixRefused()
      editor.insertAfter(scope.at, disabling(scope, name))
    }
  })
}

/** The type of a Nest application knows nothing of Express, but its adapter holds it. */
function disabling(scope: Scope, name: string): string {
  return `${scope.framework === 'nest' ? `${name}.getHttpAdapter().getInstance()` : name}.disable('x-powered-by')`
}

// Other sites cannot have a browser act for its user.
import { affected, asvs, cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { idiomOf } from '../../analyzer/model/idioms.js'
import { crossOriginGuard, hasCrossOriginGuard } from '../../analyzer/model/sessions/crossOriginGuard.js'
import { crossOriginGuardFix, csrfHookFix } from '../../analyzer/model/sessions/csrfFix.js'
import { archivedCsrf, idleCsrfPlugins } from '../../analyzer/model/sessions/csrfPlugins.js'
import { forgeableRoutes } from '../../analyzer/model/sessions/forgeableRoutes.js'
import type { Route } from '../../analyzer/model/model.js'
import { placesOf, routeName, routeText } from '../../analyzer/model/routePlaces.js'
import { listed } from '../../analyzer/model/words.js'

export default defineRule({
  id: 'require-csrf-protection',
  summary: 'Routes that act for whoever a cookie names check that the request is not forged by another site.',
  category: 'sessions',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(352), asvs('4.2.2'), owasp('Cross-Site Request Forgery Prevention')],
  messages: {
    forgeable: {
      what: 'Other sites can make requests to {routes} with the cookie of a user.',
      why: 'Browsers send the cookie along with a form that any other page submits: {cookie}. What it asks for is then done in the name of whoever looks at that page.',
      how: "Set sameSite: 'lax' or 'strict' for the cookie, and check a token or the header Sec-Fetch-Site on these routes: {check}.",
    },
    asked: {
      what: 'Only the rules of CORS keep other sites from {routes} with the cookie of a user.',
      why: 'Browsers send the cookie along with requests of any other page: {cookie}. No form makes such requests, of PUT, PATCH or DELETE or with JSON, so browsers ask the server first; that holds as long as CORS lets no other site in and nothing reads the bodies of forms.',
      how: "Set sameSite: 'lax' or 'strict' for the cookie, and check a token or the header Sec-Fetch-Site on these routes: {check}.",
    },
    idle: {
      what: '@fastify/csrf-protection is registered and checks no request.',
      why: 'The plugin offers a hook and adds it nowhere: {routes} are answered without a token, as if it were not there.',
      how: 'Give each route that changes something onRequest: app.csrfProtection, or add it as a hook to a plugin that holds them.',
    },
    excluded: {
      what: 'enableCsrfProtection excludes every request.',
      why: 'What exclude answers with true for is let through unchecked, and here that is everything.',
      how: 'Exclude single paths, such as those of webhooks, or leave exclude out.',
    },
    archived: {
      what: 'csurf is archived and gets no more fixes.',
      why: 'It still works, but its maintainers ended it in 2022 over weaknesses of its design: its own cookie has neither Secure nor SameSite.',
      how: 'Use csrf-csrf for tokens in cookies, or csrf-sync for tokens in sessions.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const found = forgeableRoutes(model, app)
      if (found !== null)
        yield {
          message: found.isOfForms ? 'forgeable' : 'asked',
          at: app.at,
          data: {
            routes: namesOf(found.routes),
            cookie: found.isWanted ? 'its SameSite is none' : 'it has no SameSite',
            check: `${hasCrossOriginGuard(model, app) ? 'enableCsrfProtection' : idiomOf(app).checkForgery} does`,
          },
          confidence: found.confidence,
          related: [
            ...placesOf(found.routes).map((place) => affected(place.at, routeText(place))),
            ...found.cookies.map(({ call, title }) => evidence(call.at, `${title} is set here`)),
          ],
          fix: crossOriginGuardFix(model, app),
        }
      const guard = crossOriginGuard(model, app)
      if (guard?.isOn === false) yield { message: 'excluded', at: guard.call.at, confidence: 'high' }
    }
    for (const { call, routes } of idleCsrfPlugins(model)) {
      yield { message: 'idle', at: call.at, data: { routes: namesOf(routes) }, confidence: 'high', fix: csrfHookFix(model, routes) }
    }
    for (const call of archivedCsrf(model)) yield { message: 'archived', at: call.at, severity: 'info', confidence: 'high' }
  },
})

function namesOf(routes: readonly Route[]): string {
  // Forms make requests of POST.
  const first = routes.find(({ method }) => method === 'POST') ?? routes[0]
  return listed([first, ...routes.filter((route) => route !== first)].map(routeName), 1)
}

// Requests for paths that no route fits are limited as well.
import { affected, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { limitUnknown, mayLimitUnknown } from '../../analyzer/model/limits/fastifyUnknownFix.js'
import { unlimitedUnknowns } from '../../analyzer/model/limits/unlimitedUnknowns.js'

export default defineRule({
  id: 'require-unknown-path-limit',
  summary: 'The rate limit of Fastify counts requests for unknown paths too.',
  category: 'rate-limit',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['fastify'],
  references: [
    cwe(770),
    {
      name: '@fastify/rate-limit: preventing guessing of URLs',
      url: 'https://github.com/fastify/fastify-rate-limit#preventing-guessing-of-urls-through-404s',
    },
  ],
  messages: {
    unlimited: {
      what: 'Requests for paths that `{app}` does not know are not limited.',
      why: '@fastify/rate-limit looks at routes when they are registered, and what answers 404 is none of them. A script that guesses paths is never refused.',
      how: 'Put the limit in front of what answers, behind the plugin that brings it: `setNotFoundHandler({ preHandler: app.rateLimit() }, handler)`.',
    },
  },
  *check(model) {
    for (const app of model.apps) {
      const unlimited = unlimitedUnknowns(model, app)
      const [first, ...others] = unlimited
      if (first === undefined) continue
      yield {
        message: 'unlimited',
        at: first.handler?.at ?? first.limiter.at,
        data: { app: app.name },
        confidence: confidenceFor(model, app, 'high'),
        related: [
          ...(first.handler === null ? [] : [evidence(first.limiter.at, 'limits the routes')]),
          ...others.map(({ handler, limiter, route }) =>
            affected(handler?.at ?? limiter.at, `answers unknown paths under ${route.path.replace(/\*$/, '')}`),
          ),
        ],
        fix: unlimited.every(mayLimitUnknown)
          ? suggestion('Limit requests for unknown paths too', (editor) => {
              for (const one of unlimited) limitUnknown(editor, one)
            })
          : null,
      }
    }
  },
})

// A server tells whoever runs it whether it is well.
import { defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { addHealthRoute, mayAddHealthRoute } from '../../analyzer/model/operations/healthFix.js'
import { unprobedApplications } from '../../analyzer/model/operations/healthRoutes.js'

export default defineRule({
  id: 'require-health-check',
  summary: 'A route tells platforms and load balancers whether the server is well.',
  category: 'operations',
  severity: 'info',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    { name: 'Express: health checks and graceful shutdown', url: 'https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html' },
    { name: 'Nest: health checks', url: 'https://docs.nestjs.com/recipes/terminus' },
    {
      name: 'Kubernetes: liveness and readiness probes',
      url: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
    },
  ],
  messages: {
    missing: {
      what: 'No route tells whether {app} is well.',
      why: 'A process that hangs, or has lost its database, keeps its port open. Without a route to ask, the platform goes on sending requests to it and restarts nothing, and a deployment counts as done before the new process can answer.',
      how: 'Answer GET /health in front of authentication and rate limits{words}.',
    },
  },
  *check(model) {
    for (const { app, confidence } of unprobedApplications(model))
      yield {
        message: 'missing',
        at: app.at,
        data: { app: app.name, words: app.framework === 'nest' ? ', as with @nestjs/terminus' : '' },
        confidence,
        related: app.listeners.slice(0, 1).map(({ at }) => evidence(at, 'it listens here')),
        fix: mayAddHealthRoute(model, app) ? suggestion('Answer GET /health', (editor) => addHealthRoute(editor, model, app)) : null,
      }
  },
})

// Containers that nobody asks whether their server still answers.
import { affected, defineRule } from '../../analyzer/check/rule.js'
import { healthCheckOf, isServedByItself } from '../../analyzer/model/deployment/containerHealth.js'
import { oneImagePerFile } from '../../analyzer/model/deployment/serverImages.js'

export default defineRule({
  id: 'require-container-health-check',
  summary: 'What runs a container asks it whether the server is well.',
  category: 'deployment',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    { name: 'HEALTHCHECK of Dockerfiles', url: 'https://docs.docker.com/reference/dockerfile/#healthcheck' },
    { name: 'healthcheck of compose files', url: 'https://docs.docker.com/reference/compose-file/services/#healthcheck' },
  ],
  messages: {
    missing: {
      what: 'Nothing asks the server in this container whether it is well.',
      why: 'A process that hangs, or has lost its database for good, counts as running: nobody restarts it, and requests are still sent to it.',
      how: 'Ask a health route, by HEALTHCHECK in the image, `healthcheck` in the compose file, or a probe of the platform. `node -e "fetch(…)"` needs no curl in the image.',
    },
  },
  *check(model) {
    for (const { image, others } of oneImagePerFile(model, (one) => isServedByItself(model, one) && healthCheckOf(model, one) === null)) {
      yield {
        message: 'missing',
        at: image.stage.at,
        confidence: 'medium',
        related: others.map(({ stage }) => affected(stage.at, 'Nor in this stage.')),
      }
    }
  },
})

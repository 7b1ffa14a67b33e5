// Containers that nobody asks whether their server still answers.
import { affected, defineRule } from '../../analyzer/check/rule.js'
import { healthCheckOf, isServedByItself, switchedOff } from '../../analyzer/model/deployment/containerHealth.js'
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
    disabled: {
      what: 'This switches off the health check of the image.',
      why: 'Nothing else asks the server in this container: a process that hangs, or has lost its database for good, counts as running, and nobody restarts it.',
      how: 'Take the line out, or write a check that fits this service, with `interval` and `start_period` as it needs them.',
    },
  },
  *check(model) {
    for (const { image, others } of oneImagePerFile(model, (one) => isServedByItself(model, one) && healthCheckOf(model, one) === null)) {
      const off = switchedOff(image)
      yield {
        message: off === null ? 'missing' : 'disabled',
        at: off ?? image.stage.at,
        confidence: 'medium',
        related: others.map(({ stage }) => affected(stage.at, 'Nor in this stage.')),
      }
    }
  },
})

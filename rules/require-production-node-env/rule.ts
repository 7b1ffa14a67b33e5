// Images that start the server in development mode, because nothing sets NODE_ENV.
import { affected, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { unsetModeOf, type UnsetMode } from '../../analyzer/model/deployment/productionMode.js'
import { oneImagePerFile, type ServerImage } from '../../analyzer/model/deployment/serverImages.js'

export default defineRule({
  id: 'require-production-node-env',
  summary: 'The server runs with NODE_ENV=production where it is deployed.',
  category: 'deployment',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(489),
    { name: 'Docker and Node.js best practices', url: 'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#node_env' },
    { name: 'Express in production', url: 'https://expressjs.com/en/advanced/best-practice-performance.html#set-node_env-to-production' },
  ],
  messages: {
    unset: {
      what: 'Nothing sets NODE_ENV where this image starts the server.',
      why: 'Express, and most packages beside it, take a missing NODE_ENV for a developer’s machine: errors are answered with their stack, templates are compiled for every request, and warnings about stores that lose sessions stay away.',
      how: 'Write `ENV NODE_ENV=production` into the stage that runs, behind the steps that install development dependencies.',
    },
    development: {
      what: 'This image starts the server with NODE_ENV={written}.',
      why: 'Errors are answered with their stack, templates are compiled for every request, and what the code does for developers alone is on.',
      how: 'Write `ENV NODE_ENV=production`, and give developers an image or a compose file of their own.',
    },
  },
  *check(model) {
    for (const { image, others } of oneImagePerFile(model, (one) => unsetModeOf(model, one) !== null)) {
      const mode = unsetModeOf(model, image)
      if (mode === null) continue
      yield {
        message: mode.written === null ? 'unset' : 'development',
        at: mode.at,
        data: { written: mode.written ?? '' },
        confidence: mode.confidence,
        related: [
          ...others.map(({ stage }) => affected(stage.at, 'This stage as well.')),
          ...(image.startedAt === null ? [] : [evidence(image.startedAt, 'This starts the server.')]),
        ],
        fix: fixFor(image, mode),
      }
    }
  },
})

/** Before the command, so that no step that installs or builds is changed by it. */
function fixFor({ stage, startedAt }: ServerImage, { written }: UnsetMode): Fix | null {
  const own = stage.instructions.find(({ at }) => at.node === startedAt?.node)
  if (own === undefined || written !== null) return null
  return suggestion('Set NODE_ENV to production', (editor) => editor.replace(own.at, `ENV NODE_ENV=production\n${editor.text(own.at)}`))
}

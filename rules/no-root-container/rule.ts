// Images whose server runs as root.
import { affected, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { imageUser, type ImageUser } from '../../analyzer/model/deployment/imageUser.js'
import { oneImagePerFile, type ServerImage } from '../../analyzer/model/deployment/serverImages.js'
import { writtenFolders } from '../../analyzer/model/deployment/writtenFolders.js'

export default defineRule({
  id: 'no-root-container',
  summary: 'The server in a container does not run as root.',
  category: 'deployment',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(250),
    {
      name: 'Docker and Node.js best practices',
      url: 'https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#non-root-user',
    },
  ],
  messages: {
    unset: {
      what: 'No USER is set, so the server in this image runs as root.',
      why: 'Whoever gets the server to run a command, or to write a file where it should not, is root in the container: everything in the image can be changed, and a fault of the runtime or a mounted socket leads out of it.',
      how: 'End the stage with `USER node`, which the official images bring along, and give that user the folders that the server writes to (COPY --chown=node:node).',
    },
    root: {
      what: 'The server in this image runs as root.',
      why: 'Whoever gets the server to run a command, or to write a file where it should not, is root in the container: everything in the image can be changed, and a fault of the runtime or a mounted socket leads out of it.',
      how: 'Switch to another user, such as `USER node` of the official images, when what needs root is done. `runAsUser` of Kubernetes and `user` of compose files go before what the image says.',
    },
  },
  *check(model) {
    const asRoot = (image: ServerImage) => imageUser(model, image).runsAs === 'root'
    for (const { image, others } of oneImagePerFile(model, asRoot)) {
      const user = imageUser(model, image)
      yield {
        message: user.isNamed ? 'root' : 'unset',
        at: user.at,
        confidence: user.confidence,
        related: [
          ...others.map(({ stage }) => affected(stage.at, 'So does the server of this stage.')),
          ...(image.startedAt === null ? [] : [evidence(image.startedAt, 'This starts it.')]),
        ],
        fix: fixFor(image, user, writtenFolders(model)),
      }
    }
  },
})

/** Only where the image brings a user along, says itself what it starts, and what the server writes to can be given to that user. */
function fixFor(
  { stage, startedAt }: ServerImage,
  { available, isNamed, at }: ImageUser,
  folders: readonly string[] | 'unknown',
): Fix | null {
  if (available === null || folders === 'unknown') return null
  const title = `Run the server as ${available}`
  const names = folders.join(' ')
  const given = folders.length === 0 ? '' : `RUN mkdir -p ${names} && chown -R ${available}:${available} ${names}\n`
  const own = stage.instructions.find(({ at: place }) => place === startedAt || place.node === startedAt?.node)
  if (isNamed && stage.instructions.at(-1)?.at.node === at.node)
    return suggestion(title, (editor) => editor.replace(at, `${given === '' ? '' : `${editor.text(at)}\n${given}`}USER ${available}`))
  if (own === undefined) return null
  // Nothing but what says how it starts stands behind `USER root`: that line becomes the other user.
  const after = stage.instructions.slice(stage.instructions.findIndex(({ at: place }) => place.node === at.node) + 1)
  const isLast =
    isNamed && given === '' && after.every(({ name }) => /^(CMD|ENTRYPOINT|EXPOSE|ENV|LABEL|HEALTHCHECK|STOPSIGNAL)$/.test(name))
  if (isLast) return suggestion(title, (editor) => editor.replace(at, `USER ${available}`))
  return suggestion(title, (editor) => editor.insertBefore(own.at, `${given}USER ${available}`))
}

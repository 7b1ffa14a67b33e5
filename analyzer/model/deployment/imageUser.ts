// Whom a container runs as: by the image, by what starts it, and by compose and Kubernetes files.
import type { Location } from '../../text/location.js'
import { filledIn, instructionsOf, isPlainBase, lastInstruction, outsideBase, stagesBelow } from './imageStages.js'
import { rootBy, unprivilegedBy } from './manifestUsers.js'
import type { Confidence, ProjectModel } from '../model.js'
import type { ServerImage } from './serverImages.js'

export interface ImageUser {
  readonly runsAs: 'root' | 'other' | 'unknown'
  /** A sentence for a reader. */
  readonly text: string
  readonly at: Location
  /** True where an instruction names root; false where nothing names anybody. */
  readonly isNamed: boolean
  readonly confidence: Confidence
  /** The user other than root that the image brings along; null where it is not known to bring one. */
  readonly available: string | null
}

/** The user of the process that answers requests. */
export function imageUser(model: ProjectModel, image: ServerImage): ImageUser {
  const { stage, services, commands, confidence } = image
  const base = outsideBase(stage)
  const user = lastInstruction(stage, 'USER')
  const available = /(^|\/)node(:|@|$)/.test(base) ? 'node' : /(^|\/)oven\/bun(:|@|$)/.test(base) ? 'bun' : null
  const answer = { isNamed: user !== null, confidence, available }
  const given = services.filter((service) => service.user !== null)
  const [first] = given
  if (first?.user && given.length === services.length && given.every((service) => !isRoot(service.user?.value ?? '')))
    return { ...answer, runsAs: 'other', text: `The compose file runs it as ${first.user.value}.`, at: first.user.at }
  const outside = unprivilegedBy(model, image)
  if (outside !== null) return { ...answer, runsAs: 'other', text: 'Kubernetes does not run it as root.', at: outside }
  // Both go before what the image says, and no line of the image mends them.
  const service = given.length === services.length && given.every((one) => isRoot(one.user?.value ?? '')) ? first?.user?.at : undefined
  const above = rootBy(model, image) ?? service
  if (above !== undefined)
    return {
      runsAs: 'root',
      text: 'What starts the image makes root its user.',
      at: above,
      isNamed: true,
      confidence: 'medium',
      available: null,
    }
  const at = user?.at ?? stagesBelow(stage).at(-1)?.at ?? stage.at
  const named = user === null ? null : filledIn(stage, user)
  if (named !== null && (named.text.includes('$') || (named.isGiven && !isRoot(named.text))))
    return { ...answer, runsAs: 'unknown', text: 'The user is a variable.', at }
  if (named !== null && !isRoot(named.text)) return { ...answer, runsAs: 'other', text: `The server runs as ${named.text}.`, at }
  if (user === null && /nonroot|rootless|unprivileged/.test(base))
    return { ...answer, runsAs: 'other', text: 'The base image has a user of its own.', at }
  if (user === null && !isPlainBase(base)) return { ...answer, runsAs: 'unknown', text: 'Which user the base image has is not known.', at }
  const drop = instructionsOf(stage).find(({ value }) => dropsRights.test(value))
  if (drop !== undefined) return { ...answer, runsAs: 'other', text: 'What starts the server gives up root first.', at: drop.at }
  const text = user === null ? 'No USER is set, so the server runs as root.' : 'The server runs as root.'
  const scripts = commands.flatMap(({ shells }) => shells)
  const dropping = scripts.flatMap(({ file, entries }) =>
    entries.filter(({ value }) => dropsRights.test(value.replace(/", "/g, ' '))).map(({ node }) => ({ file, fn: '', node })),
  )[0]
  if (dropping !== undefined)
    return { ...answer, runsAs: 'other', text: 'The script that starts the server gives up root first.', at: dropping }
  const startsScript = instructionsOf(stage).some(({ name, value }) => /^(ENTRYPOINT|CMD)$/.test(name) && /\.sh\b|entrypoint/.test(value))
  return {
    ...answer,
    runsAs: 'root',
    text,
    at: user?.at ?? stage.at,
    confidence: named?.isGiven === true || (startsScript && scripts.length === 0) ? 'low' : confidence,
  }
}

function isRoot(user: string): boolean {
  return /^["']?(root|0)(["']|:|$)/.test(user.trim())
}

/** Installed or run, it says that an entrypoint changes the user. */
const dropsRights = /\b(gosu|su-exec|setpriv|runuser|s6-setuidgid|chpst|setuidgid|fixuid)\b|\bsu (-\S+ )*[a-z]\w* -c\b|\bsudo -u\b/

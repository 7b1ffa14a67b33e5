// Who asks a container whether its server is well: the image, a compose file, Kubernetes, or a platform.
import type { Location } from '../../text/location.js'
import { deploymentSettings } from './deploymentSettings.js'
import { mayConcern } from './imageNames.js'
import { lastInstruction, outsideBase, type ImageStage } from './imageStages.js'
import type { ProjectModel } from '../model.js'
import type { ServerImage } from './serverImages.js'

/** Where it is said that the container is asked; null where no file says so. */
export function healthCheckOf(model: ProjectModel, image: ServerImage): Location | null {
  const { stage, services } = image
  const own = ownCheckOf(stage)
  if (own !== null && (services.length === 0 || services.some(({ healthCheck }) => healthCheck?.is !== 'off'))) return own
  const asked = services.find(({ healthCheck }) => healthCheck?.is === 'on')
  if (asked !== undefined) return asked.at
  const settings = model.apps
    .flatMap((app) => deploymentSettings(model, app))
    .filter(({ key }) => key.some((word) => asking.test(word)) || (key[0] === 'containerDefinitions' && key[2] === 'healthCheck'))
  const setting = settings.find((one) => mayConcern(model, image, one))
  return setting?.at ?? null
}

/** Where each service that runs the image switches its check off, and nothing else asks; null where the image has none of its own. */
export function switchedOff(image: ServerImage): Location | null {
  return ownCheckOf(image.stage) === null
    ? null
    : (image.services.find(({ healthCheck }) => healthCheck?.is === 'off')?.healthCheck?.at ?? null)
}

function ownCheckOf(stage: ImageStage): Location | null {
  const own = lastInstruction(stage, 'HEALTHCHECK')
  return own === null || /^none\b/i.test(own.value) ? null : own.at
}

/** False for what a platform of functions calls, as Lambda does with its images: it starts and ends them as requests come. */
export function isServedByItself(model: ProjectModel, { stage, commands }: ServerImage): boolean {
  if (/(^|\/)lambda\/(nodejs|provided)(:|@|$)/.test(outsideBase(stage))) return false
  const entries = commands.flatMap((command) => command.entries)
  return model.apps.some(({ kind, entry }) => kind !== 'serverless' && (entries.length === 0 || entries.includes(entry)))
}

/** Probes of Kubernetes, checks of Fly, paths of Render, Railway and App Engine. Containers of ECS have theirs below their definition. */
const asking =
  /^(livenessProbe|readinessProbe|startupProbe|checks|tcp_checks|http_checks|healthCheckPath|healthcheckPath|liveness_check|readiness_check|health_check)$/

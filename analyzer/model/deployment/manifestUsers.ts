// Whom Kubernetes runs the containers of an image as: manifests, and what charts of Helm are given.
import type { DeploymentFacts } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import { deployedFiles, isChartValues, isManifest } from './deployedFiles.js'
import { mayConcern } from './imageNames.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import type { ServerImage } from './serverImages.js'

/** Where Kubernetes says that the containers of an image do not run as root. */
export function unprivilegedBy(model: ProjectModel, image: ServerImage): Location | null {
  for (const { file, format, entries } of model.deployment) {
    if (format !== 'yaml') continue
    const found = entries.find(
      ({ key, value }) =>
        (key.at(-1) === 'runAsNonRoot' ? value === 'true' : key.at(-1) === 'runAsUser' && Number(value) > 0) &&
        mayConcern(model, image, { file, key }),
    )
    if (found !== undefined) return { file, fn: '', node: found.node }
  }
  return null
}

/**
 * Where Kubernetes makes root the user of the container that runs an image, which goes before the USER of the image.
 * What is started before it or beside it (`initContainers`, databases) says nothing of it.
 */
export function rootBy(model: ProjectModel, image: ServerImage): Location | null {
  const found = rootSettings(model).find(({ file, key }) => mayConcern(model, image, { file, key }))
  return found === undefined ? null : { file: found.file, fn: '', node: found.node }
}

type Entry = DeploymentFacts['entries'][number]

const rootSettings = recordedOnce((model): readonly (Entry & { readonly file: string })[] => {
  const files = deployedFiles(model).filter((facts) => facts.format === 'yaml')
  const own = ownContainers(files)
  return files.flatMap((facts) => {
    const { file, entries } = facts
    const roots = entries.filter(({ key, value }) => key.at(-1) === 'runAsUser' && key.at(-2) !== undefined && value === '0')
    if (isChartValues(model, file))
      return roots
        .filter(({ key }) => key.length === 2 && /^(pod|container)?securityContext$/i.test(key[0] ?? ''))
        .map((one) => ({ ...one, file }))
    if (!isManifest(facts)) return []
    const containers = own.filter((one) => one.file === file)
    return roots
      .filter(({ key }) => key.at(-2) === 'securityContext' && containers.some((one) => holds(one, key.slice(0, -2), entries)))
      .map((one) => ({ ...one, file }))
  })
})

interface Container {
  readonly file: string
  readonly key: readonly string[]
  readonly image: string
}

/** The containers of the one image that is no public one: with several, which of them serves is not known. */
function ownContainers(files: readonly DeploymentFacts[]): readonly Container[] {
  const found = files.flatMap(({ file, entries }) =>
    entries.flatMap(({ key, value }) =>
      key.at(-1) === 'image' && key.at(-3) === 'containers' && isOwnImage(value) && !isOfJob(key, entries)
        ? [{ file, key: key.slice(0, -1), image: nameOf(value) }]
        : [],
    ),
  )
  return new Set(found.map(({ image }) => image)).size === 1 ? found : []
}

/** Jobs run to their end, and serve nobody. */
function isOfJob(key: readonly string[], entries: readonly Entry[]): boolean {
  const document = key.slice(0, key.indexOf('spec')).join('\n')
  return entries.some((one) => one.key.at(-1) === 'kind' && one.key.slice(0, -1).join('\n') === document && one.value.endsWith('Job'))
}

/** Whether a security context at this place is the container's, or that of its pod where the container has no user of its own. */
function holds({ key }: Container, place: readonly string[], entries: readonly Entry[]): boolean {
  const of = (one: readonly string[]): string => one.join('\n')
  if (of(place) === of(key)) return true
  const hasOwn = entries.some((one) => one.key.at(-1) === 'runAsUser' && of(one.key.slice(0, -2)) === of(key))
  return of(place) === of(key.slice(0, -2)) && !hasOwn
}

/** Official images of Docker Hub have no folder; the others are those that clusters are usually filled up with. */
function isOwnImage(image: string): boolean {
  return (
    image.includes('/') &&
    !/(^|\/)(library|bitnami\w*|grafana|prom|prometheus\w*|jaegertracing|otel|hashicorp|envoyproxy|istio|oliver006|cloudsql-docker|cloud-sql-connectors|elastic|minio|confluentinc)\//.test(
      image,
    )
  )
}

function nameOf(image: string): string {
  return image.replace(/@.*$/, '').replace(/:[^/:]*$/, '')
}

// Which of several images and processes of servers the settings of a deployment are for: by the names that stand beside them.
import { baseNameOf, folderOf, isInside } from '../../link/filePath.js'
import type { App, ProjectModel } from '../model.js'
import { recorded, recordedByName } from '../recorded.js'
import { allSettings, type DeploymentSetting } from './deploymentSettings.js'
import { type ServerImage, serverImages } from './serverImages.js'
import { packageFolderOf } from '../versions.js'

type Setting = Pick<DeploymentSetting, 'file' | 'key'> & { readonly value?: string }

/** False where names around a setting, or the path of its file, speak of another image of the project and not of this one, and for what a container beside the server runs. Where nothing is named, it is for all. */
export function mayConcern(model: ProjectModel, image: ServerImage, setting: Setting): boolean {
  if (isOfSidecar(model, setting)) return false
  const others = serverImages(model).filter((other) => other !== image)
  return speaksOf(
    model,
    namesOf(model, image),
    others.map((other) => namesOf(model, other)),
    setting,
  )
}

/** The same for the process of an application, with or without an image. */
export function concernsProcess(model: ProjectModel, app: App, setting: Setting): boolean {
  if (isOfSidecar(model, setting)) return false
  const others = new Set(model.apps.map(({ entry }) => entry).filter((entry) => entry !== app.entry))
  if (others.size === 0) return true
  return speaksOf(
    model,
    namesOfProcess(model, app.entry),
    Array.from(others, (entry) => namesOfProcess(model, entry)),
    setting,
  )
}

/** True where the container that the setting is for runs an agent, a collector of logs or a store that its makers hand out. A proxy asks the server behind it. */
function isOfSidecar(model: ProjectModel, { file, key }: Setting): boolean {
  for (let depth = key.length - 1; depth > 0; depth--) {
    const path = [...key.slice(0, depth), 'image'].join('.')
    const image = allSettings(model).find((one) => one.file === file && one.path === path)
    if (image !== undefined) return sidecars.test(image.value)
  }
  return false
}

const sidecars =
  /(^|\/)(datadog|xray|aws-observability|cloudwatch-agent|fluent|otel|grafana|prom|hashicorp|newrelic|istio|cloud-sql-connectors|cloudsql-docker|jaegertracing|timberio)\/|(^|\/)(aws-for-fluent-bit|aws-xray-daemon|cloudwatch-agent|aws-otel-collector|cloud-sql-proxy|fluent-?bit|fluentd|opentelemetry-collector[\w-]*|redis|memcached|postgres|mysql|mongo)(:|@|$)/

function speaksOf(model: ProjectModel, own: readonly string[], others: readonly (readonly string[])[], setting: Setting): boolean {
  if (own.length === 0 || others.length === 0) return true
  for (const words of wordsAround(model, setting)) {
    const fits = fitOf(own, words)
    const fitsOther = Math.max(...others.map((names) => fitOf(names, words)))
    if (fits + fitsOther > 0) return fits >= fitsOther
  }
  return true
}

/** What a process is known by: its package, and the images that start it. */
const namesOfProcess = recordedByName((model, entry): readonly string[] => {
  const folder = packageFolderOf(model, entry)
  const names = model.packages.flatMap((one) => (one.folder === folder && one.folder !== '' ? [one.folder, one.name ?? ''] : []))
  const images = serverImages(model).filter(({ commands }) => commands.some(({ entries }) => entries.includes(entry)))
  return [...names.map(plainName), ...images.flatMap((image) => namesOf(model, image))].filter((name) => name.length > 1)
})

/** What an image is known by: its folder, its file, its services, and the packages that it starts. */
const namesOf: (model: ProjectModel, image: ServerImage) => readonly string[] = recorded((model, { stage, services, commands }) => {
  const apps = model.apps.map(({ at }) => at.file)
  const started = commands.flatMap(({ folder, words }) => [
    folder,
    ...model.packages
      .map((one) => one.folder)
      .filter(
        (one) => one !== '' && words.some((word) => isInside(word.replace(/^\.?\//, ''), one)) && apps.some((app) => isInside(app, one)),
      ),
  ])
  const packages = model.packages.filter(({ folder }) => folder !== '' && started.includes(folder)).flatMap(({ name }) => name ?? [])
  const fileName = baseNameOf(stage.file).replace(/(^|\.)(docker|container)file(\.|$)/i, '')
  const ofServices = services.flatMap(({ name, image, context }) => [name, image ?? '', context ?? ''])
  return [folderOf(stage.file), fileName, ...started, ...packages, ...ofServices].map(plainName).filter((name) => name.length > 1)
})

/** `ghcr.io/shop/admin-api:2` and `apps/admin-api` are `admin-api`. */
function plainName(text: string): string {
  return baseNameOf(text.replace(/\/+$/, ''))
    .replace(/[:@].*$/, '')
    .toLowerCase()
}

/** The length of the longest name that stands among the words, as it is or as a part: `api` in `shop-api`. */
function fitOf(names: readonly string[], words: readonly string[]): number {
  const fitting = names.filter((name) =>
    words.some((word) => `-${word.replace(/[._\s]/g, '-')}-`.includes(`-${name.replace(/[._]/g, '-')}-`)),
  )
  return Math.max(0, ...fitting.map(({ length }) => length))
}

const naming = /^(name|image|script|cwd|app|rootDir|dockerfilePath|dockerContext|metadata\.name)$/

/** Names of the item that holds the setting, then of what holds the item, and so on to the path of the file. */
function wordsAround(model: ProjectModel, { file, key, value }: Setting): readonly (readonly string[])[] {
  const beside = allSettings(model).filter((one) => one.file === file)
  if (key[0] === 'proxy_pass' && value !== undefined) return [[hostOf(value)]]
  const levels: string[][] = []
  for (let depth = key.length - 1; depth >= 0; depth--) {
    const above = key.slice(0, depth)
    const held = beside
      .filter((one) => above.every((part, at) => one.key[at] === part))
      .map((one) => ({ rest: one.key.slice(depth), value: one.value }))
    const named = held.filter(({ rest, value }) => naming.test(rest.join('.')) && /[a-z]/.test(value))
    const isItem = /^(services|apps|processes)$/.test(key[depth - 2] ?? '')
    levels.push([...named.flatMap(({ value }) => value.split('/')).map(plainName), ...(isItem ? [plainName(key[depth - 1] ?? '')] : [])])
  }
  return [...levels, file.toLowerCase().split('/')]
}

/** `http://api:4000/` is handed to `api`. */
function hostOf(address: string): string {
  return (/^\w+:\/\/([\w.-]+)/.exec(address)?.[1] ?? '').toLowerCase()
}

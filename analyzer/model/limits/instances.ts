// Whether an application runs as several processes, as far as its code and its deployment files say.
import type { Location } from '../../text/location.js'
import { deploymentSettings, type DeploymentSetting } from '../deployment/deploymentSettings.js'
import { concernsProcess } from '../deployment/imageNames.js'
import type { App, Confidence, ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'

export interface SeveralInstances {
  /** What starts them, as the subject of a sentence: `PM2 starts`. */
  readonly what: string
  readonly at: Location
  readonly confidence: Confidence
}

/** The surest sign of several processes. null where nothing speaks of them. */
export function severalInstances(model: ProjectModel, app: App): SeveralInstances | null {
  return forked(model) ?? deployedSeveral(model, app) ?? serverless(model, app)
}

/** `cluster.fork()` and throng, in production code. */
function forked(model: ProjectModel): SeveralInstances | null {
  const forks = [...callsTo(model, 'cluster', ['fork']), ...callsTo(model, 'throng', [])]
  const fork = forks.find(({ isOff, at }) => !isOff && model.productionFiles.has(at.file))
  return fork === undefined ? null : { what: '`cluster` forks', at: fork.at, confidence: 'high' }
}

interface Sign {
  readonly what: string
  readonly isMet: (setting: DeploymentSetting, all: readonly DeploymentSetting[]) => boolean
}

const signs: readonly Sign[] = [
  {
    what: 'PM2 starts',
    isMet: ({ file, key, value }) =>
      /(ecosystem|pm2|process(es)?)[^/]*$/.test(file) && key.at(-1) === 'instances' && isSeveral(value, ['max', '0', '-1']),
  },
  { what: 'PM2 starts', isMet: ({ value }) => startsSeveral(value) },
  {
    what: 'the compose file starts',
    isMet: ({ path, value }, all) =>
      /^services\.[^.]+\.(deploy\.replicas|scale)$/.test(path) && isSeveral(value) && isOwnService(path, all),
  },
  {
    what: 'Kubernetes starts',
    isMet: ({ path, value, file }, all) =>
      /(^|\.)spec\.replicas$/.test(path) &&
      isSeveral(value) &&
      all.some((other) => other.file === file && /^(Deployment|StatefulSet|ReplicaSet)$/.test(other.value)),
  },
  {
    what: 'Kubernetes starts',
    isMet: ({ path, value }) => (/(^|\.)spec\.maxReplicas$/.test(path) || path === 'replicaCount') && isSeveral(value),
  },
  {
    what: 'Render starts',
    isMet: ({ name, path, value }) =>
      /^render\.ya?ml$/.test(name) && /\.(numInstances|scaling\.(min|max)Instances)$/.test(path) && isSeveral(value),
  },
  {
    what: 'Fly.io starts',
    isMet: ({ name, path, value }) => name === 'fly.toml' && /min_machines_running$/.test(path) && isSeveral(value),
  },
  { what: 'Railway starts', isMet: ({ name, path, value }) => /^railway\./.test(name) && /numReplicas$/.test(path) && isSeveral(value) },
  { what: 'Heroku starts', isMet: ({ name, path, value }) => name === 'app.json' && path === 'formation.web.quantity' && isSeveral(value) },
  {
    what: 'App Engine starts',
    isMet: ({ name, path, value }) =>
      /^app\.ya?ml$/.test(name) &&
      /^(manual_scaling\.instances|automatic_scaling\.(min|max)_(num_)?instances)$/.test(path) &&
      isSeveral(value),
  },
  { what: 'Cloud Run starts', isMet: ({ path, value }) => /autoscaling\.knative\.dev\/(min|max)Scale$/.test(path) && isSeveral(value) },
]

function deployedSeveral(model: ProjectModel, app: App): SeveralInstances | null {
  const settings = deploymentSettings(model, app)
  for (const { what, isMet } of signs) {
    const met = settings.find((setting) => isMet(setting, settings) && concernsProcess(model, app, setting))
    if (met !== undefined) return { what, at: met.at, confidence: 'high' }
  }
  const script = model.packages.find(({ scripts }) => Object.values(scripts).some(startsSeveral))
  return script === undefined
    ? null
    : {
        what: 'PM2 starts',
        at: { file: `${script.folder === '' ? '' : `${script.folder}/`}package.json`, fn: '', node: 0 },
        confidence: 'high',
      }
}

/** A service of the project itself: databases and caches of a compose file come as images. */
function isOwnService(path: string, all: readonly DeploymentSetting[]): boolean {
  const service = path.split('.').slice(0, 2).join('.')
  return (
    all.some((other) => other.path === `${service}.build` || other.path.startsWith(`${service}.build.`)) ||
    !all.some((other) => other.path === `${service}.image`)
  )
}

/** `pm2 start app.js -i max`, also in a Procfile or an image. */
function startsSeveral(command: string): boolean {
  const count = /\bpm2(?:-runtime|-docker)?\b.*[\s"',](?:-i|--instances)[\s="',]+(max|-?\d+)/.exec(command)?.[1]
  return count !== undefined && isSeveral(count, ['max', '0', '-1'])
}

function isSeveral(value: string, words: readonly string[] = []): boolean {
  return words.includes(value) || Number(value) > 1
}

function serverless(model: ProjectModel, app: App): SeveralInstances | null {
  if (app.kind === 'serverless') return { what: 'the platform starts as many as it likes of', at: app.at, confidence: 'medium' }
  return null
}

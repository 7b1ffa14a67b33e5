// Whether a proxy stands in front of an application, as far as its deployment files say.
import type { Location } from '../../text/location.js'
import { deploymentSettings, type DeploymentSetting } from '../deployment/deploymentSettings.js'
import { concernsProcess } from '../deployment/imageNames.js'
import type { App, Confidence, ProjectModel } from '../model.js'

export interface ProxyPlatform {
  readonly name: string
  readonly at: Location
  readonly confidence: Confidence
}

interface Sign {
  readonly name: string
  readonly confidence: Confidence
  readonly isMet: (setting: DeploymentSetting) => boolean
}

/** Platforms that put a proxy in front of what they run, and proxies that the project brings along. */
const signs: readonly Sign[] = [
  {
    name: 'Render',
    confidence: 'high',
    isMet: ({ name, path, value }) => /^render\.ya?ml$/.test(name) && /^services\.\d+\.type$/.test(path) && value === 'web',
  },
  {
    name: 'Fly.io',
    confidence: 'high',
    isMet: ({ name, key }) => name === 'fly.toml' && (key[0] === 'http_service' || key[0] === 'services'),
  },
  { name: 'Railway', confidence: 'high', isMet: ({ name }) => /^railway\.(toml|json)$/.test(name) || name === 'nixpacks.toml' },
  {
    name: 'Heroku',
    confidence: 'high',
    isMet: ({ name, path }) =>
      (name === 'heroku.yml' && path.startsWith('build.')) || (name === 'app.json' && /^(formation|buildpacks|stack|dokku)\b/.test(path)),
  },
  {
    name: 'App Engine',
    confidence: 'high',
    isMet: ({ name, path, value }) => /^app\.ya?ml$/.test(name) && path === 'runtime' && /^(nodejs|custom)/.test(value),
  },
  {
    name: 'an ingress',
    confidence: 'high',
    isMet: ({ key, value }) => key.at(-1) === 'kind' && /^(Ingress|IngressRoute|HTTPRoute)$/.test(value),
  },
  {
    name: 'Cloud Run',
    confidence: 'high',
    isMet: ({ key, value }) => key.at(-1) === 'apiVersion' && value.startsWith('serving.knative.dev/'),
  },
  { name: 'the platform of the Procfile', confidence: 'medium', isMet: ({ name, path }) => /^Procfile/i.test(name) && path === 'web' },
  { name: 'Vercel', confidence: 'medium', isMet: ({ name }) => name === 'vercel.json' || name === 'now.json' },
  { name: 'Netlify', confidence: 'medium', isMet: ({ name, path }) => name === 'netlify.toml' && /functions/.test(path) },
  {
    name: 'Elastic Beanstalk',
    confidence: 'medium',
    isMet: ({ file }) => /(^|\/)\.(ebextensions|elasticbeanstalk)\//.test(file) || file.endsWith('Dockerrun.aws.json'),
  },
  { name: 'nginx', confidence: 'medium', isMet: ({ path, at, file }) => path === 'proxy_pass' && file === at.file },
  {
    name: 'a proxy of the compose file',
    confidence: 'medium',
    isMet: ({ path, value }) =>
      /^services\.[^.]+\.image$/.test(path) && /(^|\/)(traefik|caddy|haproxy|nginx-proxy|nginxproxy|envoy|kong)\b/.test(value),
  },
]

/** The proxy that is surest to be there. null where no file of the project speaks of one. */
export function proxyPlatform(model: ProjectModel, app: App): ProxyPlatform | null {
  const settings = deploymentSettings(model, app)
  for (const sign of signs) {
    const met = settings.find((setting) => sign.isMet(setting) && concernsProcess(model, app, setting))
    if (met !== undefined) return { name: sign.name, at: met.at, confidence: sign.confidence }
  }
  return null
}

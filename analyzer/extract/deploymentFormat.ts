// Which files say how a project is deployed, by their names.
import type { DeploymentFacts } from './facts.js'

export type DeploymentFormat = Exclude<DeploymentFacts['format'], 'json'>

/** The format that a file's name speaks of; null when it is no deployment file. */
export function deploymentFormat(file: string): DeploymentFormat | null {
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (/^\.env(\..+)?$|\.env$/i.test(name)) return 'env'
  if (/^(docker|container)file(\..+)?$|\.(docker|container)file$/i.test(name)) return 'dockerfile'
  if (/^procfile(\..+)?$/i.test(name)) return 'procfile'
  if (/\.(ba|da|k|z)?sh$|^(docker-|container-)?entrypoint$/i.test(name)) return 'shell'
  if (/\.service$/.test(name)) return 'systemd'
  if (name === '.npmrc') return 'npmrc'
  if (/\.ejs$/.test(name)) return 'ejs'
  if (/\.(hbs|handlebars)$/.test(name)) return 'handlebars'
  if (/\.(pug|jade)$/.test(name)) return 'pug'
  if (/\.ya?ml$/i.test(name)) return 'yaml'
  if (/\.toml$/i.test(name)) return 'toml'
  return /\.conf(\.(template|tmpl|tpl|prod(uction)?))?$/i.test(name) || isSite(file, name) ? 'nginx' : null
}

/** Sites of nginx are called as Debian does, `sites-enabled/api.example.com`, or have no ending: `nginx/default`. */
function isSite(file: string, name: string): boolean {
  return (
    /(^|\/)sites-(available|enabled)\/[^/]+$/i.test(file) || (!name.includes('.') && /(^|\/)[^/]*nginx[^/]*\/([^/]+\/)?[^/]+$/i.test(file))
  )
}

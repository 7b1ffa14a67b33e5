// Which names are worth reading, and as what.
import { deploymentFormat } from '../analyzer/extract/deploymentFormat.js'
import { baseNameOf } from '../analyzer/link/filePath.js'

export type FileKind = 'source' | 'json' | 'deployment' | 'script' | 'environment' | 'none'

const LOCK_FILES: ReadonlySet<string> = new Set(['package-lock.json', 'npm-shrinkwrap.json', 'composer.lock', 'bun.lock'])
const LOCK_YAML: ReadonlySet<string> = new Set(['pnpm-lock.yaml', 'pnpm-workspace.yaml'])
const TOML_FILES: ReadonlySet<string> = new Set(['fly.toml', 'railway.toml', 'netlify.toml', 'wrangler.toml', 'nixpacks.toml'])

/** Tells by its path what a file is to Parapet. `script` is a file without extension that may begin with a Node shebang. */
export function fileKindOf(path: string): FileKind {
  const name = baseNameOf(path)
  if (/\.([mc]?[jt]s|[jt]sx)$/.test(name)) return /[.-]min\.[mc]?js$/.test(name) ? 'none' : 'source'
  if (name.endsWith('.json')) return LOCK_FILES.has(name) ? 'none' : 'json'
  switch (deploymentFormat(path)) {
    case 'env':
      return 'environment'
    case 'dockerfile':
    case 'procfile':
    case 'shell':
    case 'systemd':
    case 'npmrc':
    case 'nginx':
    case 'ejs':
    case 'handlebars':
    case 'pug':
      return 'deployment'
    case 'yaml':
      return LOCK_YAML.has(name) ? 'none' : 'deployment'
    case 'toml':
      return TOML_FILES.has(name) ? 'deployment' : 'none'
    case null:
  }
  if (!name.includes('.') && /(^|\/)bin\//.test(path)) return 'script'
  return 'none'
}

/** True for text that a tool wrote for machines. Reading it would cost much and say nothing. */
export function isMinified(text: string): boolean {
  if (text.length < 10_000) return false
  const firstLine = text.indexOf('\n')
  if (firstLine < 0 || firstLine > 5_000) return true
  let lines = 1
  for (let at = firstLine; at >= 0; at = text.indexOf('\n', at + 1)) lines += 1
  return text.length / lines > 500
}

/** True for a file that says by its name or by what it holds that nginx reads it: other programs have a `.conf` as well, and what has no ending may be anything. */
export function isForNginx(path: string, text: string): boolean {
  return (/nginx/i.test(path) && baseNameOf(path).includes('.conf')) || NGINX_DIRECTIVE.test(text)
}

const NGINX_DIRECTIVE =
  /^[ \t]*(?:listen|server_name|proxy_pass|proxy_set_header|add_header|limit_req|limit_req_zone|ssl_\w+)[ \t][^;{}\r\n]*;/m

/** True when the file starts with a shebang that runs Node or a TypeScript runner. */
export function hasNodeShebang(text: string): boolean {
  return /^#!.*\b(node|nodejs|tsx|ts-node|bun)\b/.test(text.slice(0, 200))
}

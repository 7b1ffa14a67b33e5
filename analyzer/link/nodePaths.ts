// Node's `path` and `url`, on paths that the boot knows.
import { baseNameOf } from './filePath.js'
import { type CallSite, type Machine, ROOT } from './machine.js'
import { concatenate } from './operators.js'
import { normalise } from './projectPath.js'
import type { Value } from './value.js'
import { literal, objectValue } from './values.js'

/** A call of `path`; null where its arguments are not known. */
export function pathFunction(site: CallSite, name: string, args: readonly Value[]): Value | null {
  const parts = args.map((arg) => (arg.kind === 'literal' ? String(arg.value) : null))
  const known = parts.filter((part) => part !== null)
  const isKnown = known.length === parts.length
  if (name === 'sep') return literal(site.at, '/')
  if (!isKnown)
    return name === 'join' || name === 'resolve'
      ? concatenate(
          site.at,
          args.flatMap((arg, index) => (index === 0 ? [arg] : [literal(site.at, '/'), arg])),
        )
      : null
  const [first = ''] = known
  switch (name) {
    case 'join':
      return literal(site.at, keepingSlash(known.join('/')))
    case 'resolve': {
      let path = ROOT
      for (const part of known) path = part.startsWith('/') ? part : `${path}/${part}`
      return literal(site.at, normalise(path))
    }
    case 'relative':
      return literal(site.at, relativePath(first, known[1] ?? ''))
    case 'normalize':
      return literal(site.at, keepingSlash(first))
    case 'dirname': {
      const path = withoutSlash(first)
      return literal(site.at, path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '.')
    }
    case 'basename': {
      const base = baseNameOf(withoutSlash(first))
      const suffix = known[1]
      return literal(site.at, suffix !== undefined && base.endsWith(suffix) ? base.slice(0, -suffix.length) : base)
    }
    case 'extname': {
      const base = baseNameOf(first)
      return literal(site.at, base.lastIndexOf('.') > 0 ? base.slice(base.lastIndexOf('.')) : '')
    }
    case 'parse': {
      const base = baseNameOf(first)
      const extension = base.lastIndexOf('.') > 0 ? base.slice(base.lastIndexOf('.')) : ''
      const parsed = objectValue(site.at)
      parsed.properties.set('base', literal(site.at, base))
      parsed.properties.set('name', literal(site.at, base.slice(0, base.length - extension.length)))
      parsed.properties.set('ext', literal(site.at, extension))
      parsed.properties.set('dir', literal(site.at, first.slice(0, Math.max(0, first.lastIndexOf('/')))))
      return parsed
    }
    case 'isAbsolute':
      return literal(site.at, first.startsWith('/'))
    default:
      return null
  }
}

/** What ends in a slash does so afterwards: `path.join(__dirname, 'routes/') + name`. */
function keepingSlash(path: string): string {
  const plain = normalise(path)
  return path.endsWith('/') && /[^/]$/.test(plain) ? `${plain}/` : plain
}

function withoutSlash(path: string): string {
  return path.replace(/(?<=.)\/+$/, '')
}

function relativePath(from: string, to: string): string {
  const [start, end] = [from, to].map((path) =>
    normalise(path)
      .split('/')
      .filter((part) => part !== ''),
  )
  let same = 0
  while (start?.[same] !== undefined && start[same] === end?.[same]) same++
  return [...(start ?? []).slice(same).map(() => '..'), ...(end ?? []).slice(same)].join('/')
}

/** A call of `url`; null where its argument is not known. */
export function urlFunction(site: CallSite, name: string, path: Value | undefined): Value | null {
  if (path?.kind === 'object') return name === 'fileURLToPath' ? (path.properties.get('pathname') ?? null) : null
  if (path?.kind !== 'literal') return null
  const file = String(path.value).replace(/^file:\/\//, '')
  if (name === 'fileURLToPath') return literal(site.at, file)
  if (name !== 'pathToFileURL') return null
  return fileUrl(site, file)
}

/** `new URL('./routes', import.meta.url)`; null for what is no file of the project. */
export function newFileUrl(site: CallSite, [relative, base]: readonly Value[]): Value | null {
  const from = base?.kind === 'object' ? base.properties.get('href') : base
  if (relative?.kind !== 'literal' || from?.kind !== 'literal' || !String(from.value).startsWith('file://')) return null
  const folder = String(from.value)
    .replace('file://', '')
    .replace(/[^/]*$/, '')
  const path = String(relative.value)
  return /^[a-z]+:/.test(path) ? null : fileUrl(site, normalise(`${folder}${path}`) + (/(?:^|\/)\.{0,2}$/.test(path) ? '/' : ''))
}

/** `new URL('https://api.example.com/v1')` at start; null for what is no such text. */
export function newUrl(machine: Machine, site: CallSite, [text, base]: readonly Value[]): Value | null {
  if (machine.phase !== 'boot' || base !== undefined || text?.kind !== 'literal') return null
  const match = /^(https?:)\/\/(?:[^@/?#]*@)?([^:/?#]+)(?::(\d+))?(\/[^?#]*)?(\?[^#]*)?(#.*)?$/i.exec(String(text.value))
  if (match === null) return null
  const [href, scheme = '', name = '', written = '', pathname = '/', search = '', hash = ''] = match
  const protocol = scheme.toLowerCase()
  const hostname = name.toLowerCase()
  const port = written === DEFAULT_PORTS[protocol] ? '' : written
  const host = port === '' ? hostname : `${hostname}:${port}`
  const url = objectValue(site.at)
  // What it asks for and as whom is there as well.
  url.isOpen = true
  const parts = { protocol, host, hostname, port, pathname, search, hash, origin: `${protocol}//${host}` }
  for (const [part, said] of Object.entries({ ...parts, href })) url.properties.set(part, literal(site.at, said))
  return url
}

const DEFAULT_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' }

function fileUrl(site: CallSite, file: string): Value {
  const url = objectValue(site.at)
  url.properties.set('href', literal(site.at, `file://${file}`))
  url.properties.set('pathname', literal(site.at, file))
  return url
}

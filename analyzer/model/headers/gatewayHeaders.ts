// Headers that a gateway in front of the application adds and hides, where its files are in the project.
import type { DeploymentEntry, DeploymentFacts } from '../../extract/facts.js'
import { baseNameOf } from '../../link/filePath.js'
import { deployedFiles } from '../deployment/deployedFiles.js'
import { protectionsIn } from '../effect.js'
import type { Capability, ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'

/** True where nginx, in a file that hands requests on, or the middleware of Traefik sees to the headers. Of security headers, what keeps types from being guessed and pages from being framed. */
export function gatewaySees(model: ProjectModel, capability: Capability): boolean {
  if (capability !== 'security-headers' && capability !== 'hide-powered-by') return false
  return gatewayHeaders(model).some(({ added, hidden }) => {
    if (capability === 'hide-powered-by') return hidden.includes('x-powered-by')
    const given = protectionsIn(added)
    return given.includes('sniffing') && (given.includes('framing') || given.includes('content'))
  })
}

interface GatewayHeaders {
  /** Lower-case names. */
  readonly added: readonly string[]
  readonly hidden: readonly string[]
}

/** What each file of nginx does for whatever it hands on, and what the files of Traefik ask for. */
const gatewayHeaders: (model: ProjectModel) => readonly GatewayHeaders[] = recordedOnce((model) => {
  const files = deployedFiles(model)
  const nginx = files.filter(({ format }) => format === 'nginx')
  const others = files.flatMap(({ format, entries }) => (format === 'nginx' ? [] : entries))
  return [
    ...nginx.flatMap((file) => ofAll(proxyingBlocks(withIncluded(file, nginx))) ?? []),
    { added: others.flatMap(traefikHeader), hidden: [] },
  ]
})

/** A file and what it takes in by name, which lies elsewhere on the server than in the project. */
function withIncluded({ entries }: DeploymentFacts, files: readonly DeploymentFacts[], depth = 0): readonly DeploymentEntry[] {
  return entries.flatMap((entry) => {
    const included = entry.key[0] === 'include' && depth < 3 ? baseNameOf(entry.value) : null
    const file = included === null ? undefined : files.find((one) => baseNameOf(one.file) === included)
    return file === undefined ? [entry] : withIncluded(file, files, depth + 1)
  })
}

interface Block {
  readonly entries: DeploymentEntry[]
  readonly outer: Block | null
}

/** The blocks that hand requests on: other servers and locations of a file say nothing of those. */
function proxyingBlocks(entries: readonly DeploymentEntry[]): readonly Block[] {
  const blocks: Block[] = []
  let block: Block = { entries: [], outer: null }
  for (const entry of entries) {
    const [name = ''] = entry.key
    if (opening.has(name)) blocks.push((block = { entries: [], outer: block }))
    else if (name === '}') block = block.outer ?? block
    else block.entries.push(entry)
  }
  const proxying = blocks.filter((one) => one.entries.some(({ key }) => key[0] === 'proxy_pass'))
  // A page is no web socket.
  const pages = proxying.filter((one) => !one.entries.some(({ key, value }) => key[0] === 'proxy_set_header' && /^upgrade\b/i.test(value)))
  return pages.length > 0 ? pages : proxying
}

const opening: ReadonlySet<string> = new Set(
  'events http server location upstream map geo types if limit_except split_clients stream mail match'.split(' '),
)

/** What holds for every block; null where there is none. */
function ofAll([first, ...others]: readonly Block[]): GatewayHeaders | null {
  if (first === undefined) return null
  return others.map(headersOf).reduce(
    (all, one) => ({
      added: all.added.filter((name) => one.added.includes(name)),
      hidden: all.hidden.filter((name) => one.hidden.includes(name)),
    }),
    headersOf(first),
  )
}

function headersOf(block: Block): GatewayHeaders {
  const around: Block[] = []
  for (let one: Block | null = block; one !== null; one = one.outer) around.push(one)
  // nginx takes directives of a kind from the block around only where a block has none of its own.
  const nearest = (directive: string): readonly string[] =>
    around.map((one) => named(one, directive)).find(({ length }) => length > 0) ?? []
  const all = (directive: string): readonly string[] => around.flatMap((one) => named(one, directive))
  return {
    added: [...nearest('add_header'), ...all('more_set_headers')],
    hidden: [...nearest('proxy_hide_header'), ...all('more_clear_headers')],
  }
}

function named({ entries }: Block, directive: string): readonly string[] {
  return entries.flatMap(({ key, value }) => (key[0] === directive ? (value.toLowerCase().split(/[\s:]+/)[0] ?? []) : []))
}

/** Options of Traefik's middleware `headers`, in its own files, in resources and in labels of a compose service. */
function traefikHeader({ key, value }: DeploymentEntry): readonly string[] {
  const text = `${key.join('.')}=${value}`
  const option = /(?:headers|spec\.headers)\.(\w+)=true\b/i.exec(text)?.[1]?.toLowerCase()
  return option === undefined ? [] : (traefikOptions[option] ?? [])
}

const traefikOptions: Readonly<Record<string, readonly string[]>> = {
  contenttypenosniff: ['x-content-type-options'],
  framedeny: ['x-frame-options'],
}

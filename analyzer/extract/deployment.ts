// Files that are not code, by name and format, to facts.
import { lineStartsOf } from '../text/lineIndex.js'
import { addSpan, type DeploymentDraft, type DeploymentReader } from './deploymentDraft.js'
import { directiveFacts } from './directives.js'
import { readDockerfile } from './dockerfile.js'
import { readEnv } from './env.js'
import type { DeploymentFacts, DirectiveFacts, UnparsedFacts } from './facts.js'
import { readNginx } from './nginx.js'
import { readProcfile } from './procfile.js'
import { readToml } from './toml.js'
import { unparsed } from './unparsed.js'
import { readYaml } from './yaml.js'

type Format = Exclude<DeploymentFacts['format'], 'json'>

const READERS: Readonly<Record<Format, DeploymentReader>> = {
  env: readEnv,
  dockerfile: readDockerfile,
  yaml: readYaml,
  toml: readToml,
  procfile: readProcfile,
  nginx: readNginx,
}

/** The format that a file's name speaks of; null when it is no deployment file. */
export function deploymentFormat(file: string): Format | null {
  const name = file.slice(file.lastIndexOf('/') + 1)
  if (/^\.env(\..+)?$|\.env$/i.test(name)) return 'env'
  if (/^(docker|container)file(\..+)?$|\.(docker|container)file$/i.test(name)) return 'dockerfile'
  if (/^procfile(\..+)?$/i.test(name)) return 'procfile'
  if (/\.ya?ml$/i.test(name)) return 'yaml'
  if (/\.toml$/i.test(name)) return 'toml'
  return /\.conf(\.template)?$/i.test(name) ? 'nginx' : null
}

/** The facts of a deployment file, or why there are none. */
export function extractDeployment(file: string, text: string, hash: string, format: Format): DeploymentFacts | UnparsedFacts {
  const lineStarts = lineStartsOf(text)
  const draft: DeploymentDraft = { entries: [], spans: [] }
  try {
    const fault = READERS[format](text, draft)
    if (fault) return unparsed(file, hash, fault.message, lineStarts, fault.offset)
  } catch (error) {
    if (error instanceof RangeError) return unparsed(file, hash, 'nested too deeply', lineStarts, 0)
    throw error
  }
  const directives = directivesOf(draft, text, lineStarts)
  return { kind: 'deployment', file, hash, format, entries: draft.entries, directives, spans: draft.spans, lineStarts, length: text.length }
}

/** In all these formats a comment goes from `#` to the end of the line. */
function directivesOf(draft: DeploymentDraft, text: string, lineStarts: readonly number[]): DirectiveFacts[] {
  const directives: DirectiveFacts[] = []
  for (const match of text.matchAll(/(?<=^|\s)#+[ \t]*parapet-[^\r\n]*/gm)) {
    const directive = directiveFacts(text, lineStarts, match.index, match.index + match[0].length, (start, end) =>
      addSpan(draft, start, end),
    )
    if (directive) directives.push(directive)
  }
  return directives
}

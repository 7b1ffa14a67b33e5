// Files that are not code, by name and format, to facts.
import { lineStartsOf } from '../text/lineIndex.js'
import { addSpan, type DeploymentDraft, type DeploymentReader } from './deploymentDraft.js'
import type { DeploymentFormat } from './deploymentFormat.js'
import { directiveFacts } from './directives.js'
import { readDockerfile } from './dockerfile.js'
import { readEnv } from './env.js'
import type { DeploymentFacts, DirectiveFacts, UnparsedFacts } from './facts.js'
import { readNginx } from './nginx.js'
import { readNpmrc } from './npmrc.js'
import { readProcfile } from './procfile.js'
import { readShell } from './shell.js'
import { readSystemd } from './systemd.js'
import { readToml } from './toml.js'
import { unparsed } from './unparsed.js'
import { readEjs, readHandlebars, readPug } from './view.js'
import { readYaml } from './yaml.js'

const READERS: Readonly<Record<DeploymentFormat, DeploymentReader>> = {
  env: readEnv,
  dockerfile: readDockerfile,
  yaml: readYaml,
  toml: readToml,
  procfile: readProcfile,
  nginx: readNginx,
  shell: readShell,
  systemd: readSystemd,
  npmrc: readNpmrc,
  ejs: readEjs,
  handlebars: readHandlebars,
  pug: readPug,
}

/** The facts of a deployment file, or why there are none. */
export function extractDeployment(file: string, text: string, hash: string, format: DeploymentFormat): DeploymentFacts | UnparsedFacts {
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

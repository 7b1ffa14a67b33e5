// Settings of npm: `key=value` per line, comments behind `;` or `#`.
import { addEntry, type DeploymentReader } from './deploymentDraft.js'

/** Keys are [key] as written: `//registry.example.com/:_authToken`. Quotes around a value go away. */
export const readNpmrc: DeploymentReader = (text, draft) => {
  for (const match of text.matchAll(/^[ \t]*([^\s;#=[][^\r\n=]*)=([^\r\n]*)/gm)) {
    const [whole, key = '', written = ''] = match
    const start = match.index + whole.indexOf(key)
    addEntry(draft, [key.trim()], written.trim().replace(/^(["'])(.*)\1$/, '$2'), start, match.index + whole.trimEnd().length)
  }
  return null
}

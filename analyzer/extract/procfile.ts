// Procfiles: `process: command` per line.
import { addEntry, type DeploymentReader } from './deploymentDraft.js'

export const readProcfile: DeploymentReader = (text, draft) => {
  for (const match of text.matchAll(/^([\w-]+)[ \t]*:[ \t]*([^\r\n]*)/gm)) {
    const [whole, process = '', command = ''] = match
    addEntry(draft, [process], command.trim(), match.index, match.index + whole.trimEnd().length)
  }
  return null
}

// .env files, read as dotenv reads them.
import { addEntry, type DeploymentReader } from './deploymentDraft.js'

/** `export NAME = value # comment`: values in quotes may span lines; without quotes they end at ` #` or the end of the line. */
const ASSIGNMENT = /^[ \t]*(?:export[ \t]+)?([\w.-]+)[ \t]*(?:=|:[ \t])[ \t]*("(?:\\.|[^"\\])*"|'[^']*'|`[^`]*`|[^\r\n]*)/gms

export const readEnv: DeploymentReader = (text, draft) => {
  for (const match of text.matchAll(ASSIGNMENT)) {
    const [whole, name = '', written = ''] = match
    const isQuoted = /^["'`]/.test(written) && written.length > 1 && written.endsWith(written.charAt(0))
    const value = isQuoted ? unquote(written) : written.replace(/(^|\s)#.*$/s, '').trim()
    const start = match.index + whole.indexOf(name)
    const writtenAt = match.index + whole.length - written.length
    const end = isQuoted ? writtenAt + written.length : writtenAt + (value === '' ? 0 : written.indexOf(value) + value.length)
    addEntry(draft, [name], value, start, end)
  }
  return null
}

/** Only double quotes know escapes. */
function unquote(written: string): string {
  const inner = written.slice(1, -1)
  return written.startsWith('"') ? inner.replaceAll('\\n', '\n').replaceAll('\\r', '\r').replaceAll('\\"', '"') : inner
}

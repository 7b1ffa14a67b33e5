// Units of systemd: `Key=value` below `[Section]`, of which services say what starts and with which environment.
import { addEntry, type DeploymentReader } from './deploymentDraft.js'

/** Keys are [section, key]; each variable of `Environment=` has an entry of its own: [section, `Environment`, NAME]. */
export const readSystemd: DeploymentReader = (text, draft) => {
  let section = ''
  // A backslash at the end of a line goes on with the next one.
  for (const { 0: whole, index } of text.matchAll(/[^\r\n]*\\\r?\n(?:[^\r\n]*\\\r?\n)*[^\r\n]*|[^\r\n]+/g)) {
    const start = index + (whole.length - whole.trimStart().length)
    const line = whole.replace(/\\\r?\n/g, ' ').trim()
    const end = start + whole.trim().length
    const header = /^\[([^\]]+)\]$/.exec(line)
    if (header !== null) section = header[1] ?? ''
    const [, key = '', value = ''] = /^([A-Za-z]+)\s*=\s*(.*)$/.exec(line) ?? []
    if (key === 'Environment') for (const [name, given] of assignmentsOf(value)) addEntry(draft, [section, key, name], given, start, end)
    else if (key !== '') addEntry(draft, [section, key], value, start, end)
  }
  return null
}

/** `A=1 "B=2 3"`. */
function assignmentsOf(value: string): readonly (readonly [string, string])[] {
  return [...value.matchAll(/"((?:\\.|[^"\\])*)"|'([^']*)'|(\S+)/g)].flatMap(([, double, single, plain]) => {
    const text = double ?? single ?? plain ?? ''
    const at = text.indexOf('=')
    return at < 1 ? [] : [[text.slice(0, at), text.slice(at + 1)] as const]
  })
}

// Texts of arguments that are logged, without what must not be in a log.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { comesAfter } from '../../text/location.js'
import type { SensitiveLog } from './sensitiveLogs.js'
import type { SensitivePart } from './sensitiveParts.js'

/** The argument at a position. Refuses where a part stands in it more than once, or in other words. */
export function sparedText(editor: Editor, { log: { record }, parts }: SensitiveLog, argument: number): string {
  const whole = editor.text(record.argsAt[argument] ?? record.at)
  return parts
    .filter((part) => part.argument === argument)
    .reduce((text, part) => {
      const written = comesAfter(part.at, record.at) ? editor.text(part.at) : whole
      const spared = withoutValue(written, part)
      const [before, after, ...others] = text.split(written)
      if (before === undefined || after === undefined || others.length > 0) throw new FixRefused('not known where the value stands')
      if (before.endsWith('...')) return `${before.slice(0, -3)}${spreadAsProperty(whole, written, spared)}${after}`
      const isHole = before.endsWith('${') && after.startsWith('}') && spared === REDACTED
      return isHole ? `${before.slice(0, -2)}${REDACTED.slice(1, -1)}${after.slice(1)}` : `${before}${spared}${after}`
    }, whole)
}

/** `{ ...req.body }` → `{ body: Object.keys(req.body) }`: names that were spread would be numbered. */
export function spreadAsProperty(whole: string, written: string, spared: string): string {
  const name = /(?:^|\.)([A-Za-z_$][\w$]*)$/.exec(written)?.[1]
  if (!whole.startsWith('{') || name === undefined) throw new FixRefused('not known what the names would be called')
  return `${name}: ${spared}`
}

const REDACTED = "'[redacted]'"

/** True where a text is put together of a variable that has the name of what it holds: `const { password } = req.body` above the line. */
export function isNamedInText({ log: { record }, parts }: SensitiveLog): boolean {
  return parts.every(
    ({ argument, extent, value }) =>
      extent === 'leaf' && value.kind === 'member' && ['template', 'operation'].includes(record.args[argument]?.kind ?? ''),
  )
}

/** The text of an argument without variables of those names. Refuses where one of them stands there more or less than once. */
export function withoutNamed(editor: Editor, { log: { record }, parts }: SensitiveLog, argument: number): string {
  const names = new Set(parts.flatMap((part) => (part.argument === argument && part.value.kind === 'member' ? [part.value.name] : [])))
  return [...names].reduce(
    (text, name) => {
      const places = [...text.matchAll(new RegExp(`\\$\\{\\s*${name}\\s*\\}|(?<=\\+\\s*)${name}(?![\\w$.([?])`, 'g'))]
      const [place] = places
      if (place === undefined || places.length > 1) throw new FixRefused('not known where the value stands')
      const spared = place[0] === name ? REDACTED : REDACTED.slice(1, -1)
      return text.slice(0, place.index) + spared + text.slice(place.index + place[0].length)
    },
    editor.text(record.argsAt[argument] ?? record.at),
  )
}

/** What stands at the part, with `'[redacted]'` or names in place of values. */
export function withoutValue(text: string, part: SensitivePart): string {
  const [, key, value] = /^([\w$]+)\s*:\s*([\s\S]+)$/.exec(text) ?? []
  if (key !== undefined && value !== undefined) return `${key}: ${harmless(value, part)}`
  // A shorthand property, where the value stands elsewhere.
  const isShorthand = part.path !== null && part.path.at(-1) === text && part.value.at !== part.at
  return isShorthand ? `${text}: ${harmless(text, part)}` : harmless(text, part)
}

/** Headers of a request, and the environment. */
const ALWAYS_THERE = /^([\w$]+\.)?(req|request)\.headers$|^headers$|^process\.env$/

function harmless(code: string, { extent, what, path }: SensitivePart): string {
  if (extent === 'leaf') return REDACTED
  // A request without a body has none to ask for its names (Express 5, Fastify), and an error that no request failed with has no configuration of one.
  if (what !== 'the whole request') return ALWAYS_THERE.test(code) ? `Object.keys(${code})` : `Object.keys(${code} ?? {})`
  return path === null ? `${code}.originalUrl` : `{ method: ${code}.method, url: ${code}.originalUrl }`
}

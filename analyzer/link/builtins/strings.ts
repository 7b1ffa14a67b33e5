// String and regular expression methods on known text.
import type { CallSite } from '../machine.js'
import type { RegexValue, Value } from '../value.js'
import { arrayValue, literal } from '../values.js'

const FOLDED = new Set([
  'trim',
  'trimStart',
  'trimEnd',
  'toLowerCase',
  'toUpperCase',
  'replace',
  'replaceAll',
  'startsWith',
  'endsWith',
  'includes',
  'slice',
  'substring',
  'substr',
  'concat',
  'padStart',
  'padEnd',
  'charAt',
  'indexOf',
  'lastIndexOf',
  'at',
  'toString',
  'split',
  'match',
  'search',
  'valueOf',
  'localeCompare',
])
const LONGEST_TEXT = 10_000

/** Runs the method itself where text and arguments are known. */
export function stringMethod(site: CallSite, text: string, name: string, args: readonly Value[]): Value | null {
  if (!FOLDED.has(name) || text.length > LONGEST_TEXT) return null
  const values: unknown[] = []
  for (const arg of args) {
    const known = arg.kind === 'literal' ? arg.value : arg.kind === 'regex' ? compile(arg) : undefined
    if (known === undefined || (arg.kind === 'regex' && known === null)) return null
    values.push(known)
  }
  const method = (String.prototype as unknown as Record<string, ((...args: unknown[]) => unknown) | undefined>)[name]
  if (method === undefined) return null
  return toValue(site, method.apply(text, values))
}

export function regexMethod(site: CallSite, regex: RegexValue, name: string, args: readonly Value[]): Value | null {
  const [text] = args
  if (
    (name !== 'test' && name !== 'exec') ||
    text?.kind !== 'literal' ||
    typeof text.value !== 'string' ||
    text.value.length > LONGEST_TEXT
  )
    return null
  const compiled = compile(regex)
  if (compiled === null) return null
  return name === 'test' ? literal(site.at, compiled.test(text.value)) : toValue(site, compiled.exec(text.value))
}

/** A pattern with nested repetition could take for ever, so only plain ones are run. */
function compile(regex: RegexValue): RegExp | null {
  if (regex.pattern.length > 200 || /[+*}]\)[+*{]/.test(regex.pattern)) return null
  try {
    return new RegExp(regex.pattern, regex.flags)
  } catch {
    return null
  }
}

function toValue(site: CallSite, result: unknown): Value | null {
  if (Array.isArray(result))
    return arrayValue(
      site.at,
      result.map((part: unknown) => literal(site.at, typeof part === 'string' ? part : undefined)),
    )
  if (typeof result === 'string' || typeof result === 'number' || typeof result === 'boolean' || result === null || result === undefined)
    return literal(site.at, result)
  return null
}

// Which texts an origin check really lets through: regular expressions, prefixes, suffixes.
import { projectPattern } from '../../text/projectPattern.js'

/** What is wrong with a check, as the end of "The check …". */
export interface Weakness {
  readonly why: string
  /** An origin that passes and should not. '' where none was made up. */
  readonly example: string
  /** A replacement of the pattern, or null. */
  readonly better: string | null
}

/** True for a pattern that every origin matches: `.*`, `^https?:\/\/`. */
export function matchesEveryOrigin(pattern: string, flags: string): boolean {
  const expression = projectPattern(pattern, flags)
  return ['https://a7f3.example', 'https://x.y.z.test:8443', 'http://q-1.invalid'].every((origin) => expression?.test(origin) === true)
}

/**
 * What is wrong with a regular expression for origins: no anchor at the end (`https://example.com.evil.io`), none at the start (`https://notexample.com`),
 * or an unescaped dot between names (`https://appxexample.com`). null where it holds. A start at a dot (`\.example\.com$`) holds (domain fact B7).
 */
export function patternWeakness(pattern: string): Weakness | null {
  for (const part of alternatives(pattern)) {
    const found = partWeakness(part)
    if (found !== null) return { ...found, better: alternatives(pattern).map(betterPart).join('|') }
  }
  return null
}

function partWeakness(part: string): Omit<Weakness, 'better'> | null {
  const host = hostOf(part)
  if (host === '') return null
  if (!part.endsWith('$') || part.endsWith('\\$')) return { why: 'is open at its end', example: `https://${host}.evil.example` }
  if (!part.startsWith('^') && !/^(\\\.|\(\^|\(\?:\^|\\\/\\\/|https)/.test(part))
    return { why: 'is open at its start', example: `https://not${host}` }
  if (looseDot.test(part)) return { why: 'has a dot that stands for any character', example: `https://${looseHost(part)}` }
  return null
}

/** A dot between two names that is neither escaped nor repeated. */
const looseDot = /(?<=[A-Za-z0-9)\]])(?<!\\[A-Za-z])\.(?=[A-Za-z])/

function looseHost(part: string): string {
  return hostOf(part.replace(looseDot, 'x'))
}

/** The names in a pattern, without scheme, anchors and groups. */
function hostOf(part: string): string {
  return part
    .replace(/^\^?\(?(?:https?\??|\(https?\??\)|https\?|\(\?:https\?\)):?(?:\\?\/){0,2}/, '')
    .replaceAll('\\.', '.')
    .replaceAll(/\([^)]*\)[?*+]?|\[[^\]]*\][*+?]?|[\^$*+?\\]|\.(?=[*+])/g, '')
    .replace(/^\.+/, '')
    .replace(/\/$/, '')
}

/** Anchors and escapes as they should be; a bare host gets its scheme and its subdomains. */
function betterPart(part: string): string {
  let better = part
  for (let before = ''; before !== better;) {
    before = better
    better = better.replace(looseDot, '\\.')
  }
  if (!better.endsWith('$') || better.endsWith('\\$')) better = `${better.replace(/(?:\.\*|\\\/)$/, '')}$`
  if (better.startsWith('^') || /^(\\\.|\(\^|\(\?:\^)/.test(better)) return better
  return /^https?\??:/.test(better) ? `^${better}` : `^https:\\/\\/(?:[a-z0-9-]+\\.)*${better.replace(/^(?:\.\*|\\\/\\\/)/, '')}`
}

/** The alternatives on the top level of a pattern. */
function alternatives(pattern: string): readonly string[] {
  const parts: string[] = ['']
  let depth = 0
  let isInClass = false
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] ?? ''
    if (character === '|' && depth === 0 && !isInClass) {
      parts.push('')
      continue
    }
    if (character === '(' && !isInClass) depth++
    if (character === ')' && !isInClass) depth--
    if (character === '[') isInClass = true
    if (character === ']') isInClass = false
    parts.push(`${parts.pop() ?? ''}${character}${character === '\\' ? (pattern[++index] ?? '') : ''}`)
  }
  return parts
}

/** What is wrong with `origin.startsWith(text)` and its like. `text` is null where it is not known. */
export function textWeakness(method: string, text: string | null): Omit<Weakness, 'better'> | null {
  switch (method) {
    case 'includes':
    case 'indexOf':
    case 'search':
      return { why: 'accepts the text anywhere in the origin', example: text === null ? '' : `https://${bare(text)}.evil.example` }
    case 'startsWith':
      return text === null || /:\/\/$|:$|\/$/.test(text) || !text.includes('://')
        ? null
        : { why: 'does not look at the end of the origin', example: `${text}.evil.example` }
    case 'endsWith':
      return text === null || /^[.:/]|:\/\//.test(text) || text === ''
        ? null
        : { why: 'does not look at what stands in front', example: `https://not${text}` }
    default:
      return null
  }
}

function bare(text: string): string {
  return text.replace(/^https?:\/\//, '').replace(/^\.+|\.+$/g, '')
}

// A rule that a suppression names, explained where it is named.
import { suppressionRules } from '../analyzer/check/suppressionRules.js'
import { rules } from '../rules/index.js'
import { rulePageUrl } from '../workspace/rulePages.js'
import type { OffsetRange } from './positions.js'

export interface NamedRule {
  readonly range: OffsetRange
  readonly markdown: string
}

/** The rule at an offset of a text; null outside of suppressions, and in their reasons. */
export function ruleNamedAt(text: string, offset: number): NamedRule | null {
  const start = text.lastIndexOf('\n', offset - 1) + 1
  const line = /[^\r\n]*/.exec(text.slice(start))?.[0] ?? ''
  const directive = /parapet-ignore-[a-z-]+[\s:]+/.exec(line)
  if (directive === null) return null
  const [names = ''] = line.slice(directive.index + directive[0].length).split(/(?:^|\s)--/)
  for (const { 0: name, index } of names.matchAll(/[\w/@-]+/g)) {
    const at = start + directive.index + directive[0].length + index
    const rule = at <= offset && offset <= at + name.length ? [...rules, ...suppressionRules].find(({ id }) => id === name) : undefined
    if (rule === undefined) continue
    const page = rulePageUrl(name)
    const title = page === null ? `**${name}**` : `**[${name}](${page})**`
    return { range: { start: at, end: at + name.length }, markdown: `${title}: ${rule.summary}` }
  }
  return null
}

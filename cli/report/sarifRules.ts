// What SARIF says of the rules: help, tags, severities for code scanning, and the weaknesses of CWE that they look for.
import type { ReportingDescriptor, ToolComponent } from 'sarif'
import type { Confidence } from '../../analyzer/model/model.js'
import type { Reference, Rule, Severity } from '../../analyzer/check/rule.js'

/** As code scanning reads it: above 9.0 critical, from 7.0 high, from 4.0 medium, below low. A strong claim needs a strong rule, so nothing here is critical. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { error: '8.0', warning: '5.5', info: '3.0' }
export const LEVEL = { error: 'error', warning: 'warning', info: 'note' } as const
const CERTAINTY: readonly Confidence[] = ['low', 'medium', 'high']

/** Texts that code scanning takes at most. */
const LONGEST_DESCRIPTION = 1024
const HOME = 'https://cwe.mitre.org/'

/** The descriptor of a rule. `confidences` are those of its results: the rule is as precise as the least sure of them. */
export function descriptorOf(rule: Rule, page: string | null, confidences: ReadonlySet<Confidence>): ReportingDescriptor {
  const weaknesses = rule.references.filter(isWeakness)
  const isSecurity = weaknesses.length > 0
  const precision = CERTAINTY.find((confidence) => confidences.has(confidence))
  const [first] = Object.values(rule.messages)
  return {
    id: rule.id,
    name: rule.id,
    shortDescription: { text: rule.summary.slice(0, LONGEST_DESCRIPTION) },
    fullDescription: {
      text: (first === undefined || first.why === '' || /\{\w+\}/.test(first.why) ? rule.summary : first.why).slice(0, LONGEST_DESCRIPTION),
    },
    help: helpOf(rule, page),
    ...(rule.references[0] === undefined ? {} : { helpUri: rule.references[0].url }),
    defaultConfiguration: { level: LEVEL[rule.severity] },
    ...(isSecurity ? { relationships: weaknesses.map((weakness) => ({ target: taxonReference(weakness), kinds: ['superset'] })) } : {}),
    properties: {
      // Code scanning shows ten tags.
      tags: [...(isSecurity ? ['security'] : []), rule.category, ...rule.frameworks, ...weaknesses.map(tagOf)].slice(0, 10),
      ...(isSecurity ? { 'security-severity': SECURITY_SEVERITY[rule.severity] } : {}),
      'problem.severity': rule.severity === 'info' ? 'recommendation' : rule.severity,
      ...(precision === undefined ? {} : { precision }),
    },
  }
}

/** The part of CWE that these rules name. */
export function weaknessesOf(rules: readonly Rule[]): ToolComponent {
  const byId = new Map(
    rules.flatMap(({ references }) => references.filter(isWeakness)).map((reference) => [numberOf(reference), reference]),
  )
  return {
    name: 'CWE',
    organization: 'MITRE',
    informationUri: HOME,
    shortDescription: { text: 'The MITRE Common Weakness Enumeration' },
    isComprehensive: false,
    taxa: [...byId].sort(([a], [b]) => Number(a) - Number(b)).map(([id, { name, url }]) => ({ id, name, helpUri: url })),
  }
}

export function taxonReference(weakness: Reference): { id: string; toolComponent: { name: string } } {
  return { id: numberOf(weakness), toolComponent: { name: 'CWE' } }
}

export function isWeakness({ name }: Reference): boolean {
  return /^CWE-\d+$/.test(name)
}

function numberOf({ name }: Reference): string {
  return name.replace('CWE-', '')
}

/** The form that code scanning filters by. */
function tagOf(weakness: Reference): string {
  return `external/cwe/cwe-${numberOf(weakness).padStart(3, '0')}`
}

function helpOf(rule: Rule, page: string | null): { text: string; markdown: string } {
  const messages = Object.values(rule.messages).map(({ what, why, how }) => [what, why, how].filter((part) => part !== '').join(' '))
  const references = rule.references.map(({ name, url }) => `- [${name}](${url})`)
  const text = [rule.summary, ...messages].join('\n')
  const body = page ?? `# ${rule.id}\n\n${[rule.summary, ...messages].join('\n\n')}\n`
  const markdown = references.length === 0 ? body : `${body.trimEnd()}\n\n## References\n\n${references.join('\n')}\n`
  return { text, markdown }
}

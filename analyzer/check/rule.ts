// What a rule is and what it yields.
import type { Fix } from '../fix/fix.js'
import type { Confidence, Framework, ProjectModel } from '../model/model.js'
import type { RelatedPlace } from '../model/relatedPlaces.js'
import type { Location } from '../text/location.js'

export { affected, evidence, type RelatedPlace } from '../model/relatedPlaces.js'

export type Severity = 'error' | 'warning' | 'info'
export type Preset = 'recommended' | 'strict'
export type Category =
  | 'headers'
  | 'cors'
  | 'rate-limit'
  | 'errors'
  | 'logging'
  | 'secrets'
  | 'sessions'
  | 'transport'
  | 'input'
  | 'sockets'
  | 'operations'
  | 'deployment'

export interface Reference {
  readonly name: string
  readonly url: string
}

/** Texts in which `{name}` is replaced from the problem's data. The first sentence of `what` has at most 90 characters. */
export interface Message {
  readonly what: string
  readonly why: string
  readonly how: string
}

export interface Problem<MessageId extends string = string> {
  readonly message: MessageId
  readonly at: Location
  readonly data?: Readonly<Record<string, string>>
  readonly related?: readonly RelatedPlace[]
  readonly confidence: Confidence
  /** Overrides the rule's severity for this problem. */
  readonly severity?: Severity
  /** null where none is offered. */
  readonly fix?: Fix | null
}

export interface Rule<MessageId extends string = string> {
  readonly id: string
  readonly summary: string
  readonly category: Category
  readonly severity: Severity
  readonly presets: readonly Preset[]
  readonly frameworks: readonly Framework[]
  readonly references: readonly Reference[]
  readonly messages: Readonly<Record<MessageId, Message>>
  readonly check: (model: ProjectModel) => Iterable<Problem<NoInfer<MessageId>>>
}

/** Declares a rule; the types of its messages are inferred. */
export function defineRule<const MessageId extends string>(rule: Rule<MessageId>): Rule<MessageId> {
  return rule
}

export function cwe(number: number): Reference {
  return { name: `CWE-${number}`, url: `https://cwe.mitre.org/data/definitions/${number}.html` }
}

/** A requirement of OWASP ASVS 4.0.3 by number, e.g. '14.4.1'. */
export function asvs(requirement: string): Reference {
  return { name: `ASVS ${requirement}`, url: 'https://owasp.org/www-project-application-security-verification-standard/' }
}

/** A cheat sheet of OWASP by its name, 'Session Management', and the part of it that is meant, '#cookies'. */
export function owasp(sheet: string, part = ''): Reference {
  return {
    name: `OWASP ${sheet}`,
    url: `https://cheatsheetseries.owasp.org/cheatsheets/${sheet.replaceAll(' ', '_')}_Cheat_Sheet.html${part}`,
  }
}

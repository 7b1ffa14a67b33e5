// Reads suppression comments: `parapet-ignore-next-line <rule…> -- reason` and its forms.
import type { DirectiveFacts } from '../extract/facts.js'

const KINDS = ['next-line', 'line', 'start', 'end', 'file'] as const
export type DirectiveKind = (typeof KINDS)[number]

export interface Directive {
  readonly facts: DirectiveFacts
  readonly kind: DirectiveKind
  readonly rules: readonly string[]
  /** '' when none is given. */
  readonly reason: string
}

/** A comment that begins like a directive and is none, with what to do about it. */
export interface MalformedDirective {
  readonly facts: DirectiveFacts
  readonly problem: string
}

/** Several rules are separated by commas or blanks; the reason follows ` -- `. */
export function parseDirective(facts: DirectiveFacts): Directive | MalformedDirective {
  const match = /^parapet-ignore(?:-([a-z-]+))?(?=[\s,:]|$)[\s:]*([\s\S]*)$/.exec(facts.text)
  const kind = KINDS.find((known) => known === match?.[1])
  if (!match || kind === undefined) {
    return { facts, problem: `Write one of ${KINDS.map((known) => `parapet-ignore-${known}`).join(', ')}` }
  }
  const [names = '', ...reason] = (match[2] ?? '').split(/(?:^|\s)--+(?:\s|$)/)
  const rules = names.split(/[\s,]+/).filter((name) => name !== '')
  if (rules.length === 0 && kind !== 'end') return { facts, problem: `Name the rules, as in parapet-ignore-${kind} no-console -- why` }
  return { facts, kind, rules, reason: reason.join(' -- ').trim() }
}

export function isMalformed(directive: Directive | MalformedDirective): directive is MalformedDirective {
  return 'problem' in directive
}

export function isWellFormed(directive: Directive | MalformedDirective): directive is Directive {
  return 'kind' in directive
}

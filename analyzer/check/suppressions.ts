// Suppressions: which findings a comment in the code takes away, and what is wrong with the comments.
import type { FileFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { isMalformed, isWellFormed, parseDirective, type Directive, type MalformedDirective } from './directive.js'
import { nearest } from './nearest.js'
import { rangeOf } from './range.js'
import type { Problem, Rule } from './rule.js'
import { malformedSuppression, suppressionWithoutReason, unknownSuppressedRule, unusedSuppression } from './suppressionRules.js'

/** A stretch of lines of one file in which findings of some rules are suppressed. Lines count from 1, both ends inclusive. */
interface Suppression {
  readonly directive: Directive
  readonly rule: string
  readonly first: number
  readonly last: number
}

export interface Suppressions {
  readonly isSuppressed: (ruleId: string, at: Location) => boolean
  /** The reason that a comment gives at a place; '' without one. */
  readonly reasonFor: (ruleId: string, at: Location) => string
  /** Problems of the built-in rules. `reported` is all that rules yielded, before anything was taken away; `ran` are the ids of the rules that ran. */
  readonly problems: (
    reported: readonly { rule: Rule; problem: Problem }[],
    ran: ReadonlySet<string>,
  ) => readonly { rule: Rule; problem: Problem }[]
}

/** Collects the suppressions of all files. `known` are the ids of all rules that exist, also of those that are off. */
export function collectSuppressions(files: ReadonlyMap<string, FileFacts>, known: readonly string[]): Suppressions {
  const byFile = new Map<string, FileSuppressions>()
  for (const [file, facts] of files) {
    if (facts.kind !== 'unparsed' && facts.directives.length > 0)
      byFile.set(file, suppressionsOf(facts.directives.filter(({ text }) => text.startsWith('parapet-ignore')).map(parseDirective)))
  }
  const suppressing = (ruleId: string, at: Location): readonly Suppression[] => {
    const own = byFile.get(at.file)
    if (!own) return []
    const { line } = rangeOf(files, at).start
    return own.suppressions.filter((suppression) => suppression.rule === ruleId && suppression.first <= line && line <= suppression.last)
  }
  return {
    isSuppressed: (ruleId, at) => suppressing(ruleId, at).length > 0,
    reasonFor: (ruleId, at) => suppressing(ruleId, at).find(({ directive }) => directive.reason !== '')?.directive.reason ?? '',
    problems: (reported, ran) => {
      const used = new Set<Suppression>()
      for (const { rule, problem } of reported) {
        for (const at of [problem.at, ...(problem.related ?? []).map((place) => place.at)])
          for (const suppression of suppressing(rule.id, at)) used.add(suppression)
      }
      return [...byFile].flatMap(([file, own]) => problemsOf(file, own, used, known, ran))
    },
  }
}

interface FileSuppressions {
  readonly suppressions: readonly Suppression[]
  readonly directives: readonly Directive[]
  readonly malformed: readonly MalformedDirective[]
}

function suppressionsOf(parsed: readonly (Directive | MalformedDirective)[]): FileSuppressions {
  const malformed = parsed.filter(isMalformed)
  const directives = parsed.filter(isWellFormed)
  const ownLines = new Set(
    parsed
      .filter(({ facts }) => !facts.afterCode)
      .flatMap(({ facts }) => Array.from({ length: facts.endLine - facts.line + 1 }, (_, index) => facts.line + index)),
  )
  const suppressions: Suppression[] = []
  const open: Directive[] = []
  for (const directive of directives) {
    const { facts, kind } = directive
    if (kind === 'start') open.push(directive)
    else if (kind === 'end') malformed.push(...close(directive, open, suppressions))
    else {
      const [first, last] =
        kind === 'file' ? [1, Infinity] : kind === 'line' ? [facts.line, facts.endLine] : nextLine(facts.endLine, ownLines)
      suppressions.push(...directive.rules.map((rule) => ({ directive, rule, first, last })))
    }
  }
  for (const start of open) malformed.push({ facts: start.facts, problem: 'End the block with a comment parapet-ignore-end' })
  return { suppressions, directives, malformed }
}

/** Suppressions stacked above one line all speak of that line. */
function nextLine(endLine: number, ownLines: ReadonlySet<number>): [number, number] {
  let line = endLine + 1
  while (ownLines.has(line)) line++
  return [line, line]
}

/** An end without rules closes the last block that is open; one with rules closes the last block that names one of them. */
function close(end: Directive, open: Directive[], suppressions: Suppression[]): MalformedDirective[] {
  const index = open.findLastIndex((start) => end.rules.length === 0 || end.rules.some((rule) => start.rules.includes(rule)))
  const [start] = index < 0 ? [] : open.splice(index, 1)
  if (!start)
    return [{ facts: end.facts, problem: 'Begin the block with a comment parapet-ignore-start <rule> -- reason, or remove this end' }]
  suppressions.push(...start.rules.map((rule) => ({ directive: start, rule, first: start.facts.line, last: end.facts.endLine })))
  return []
}

function problemsOf(
  file: string,
  own: FileSuppressions,
  used: ReadonlySet<Suppression>,
  known: readonly string[],
  ran: ReadonlySet<string>,
): { rule: Rule; problem: Problem }[] {
  const at = (directive: { facts: { node: number } }): Location => ({ file, fn: '', node: directive.facts.node })
  const problems: { rule: Rule; problem: Problem }[] = own.malformed.map((directive) => ({
    rule: malformedSuppression,
    problem: { message: 'malformed', at: at(directive), confidence: 'high', data: { hint: directive.problem } },
  }))
  for (const directive of own.directives) {
    const unknown = directive.rules.filter((rule) => !known.includes(rule))
    const place = { at: at(directive), confidence: 'high' } as const
    if (directive.kind !== 'end' && directive.reason === '') {
      const example = `parapet-ignore-${directive.kind} ${directive.rules.join(', ')}`
      problems.push({
        rule: suppressionWithoutReason,
        problem: { ...place, message: 'missing', data: { rules: directive.rules.join(', '), example } },
      })
    }
    for (const name of unknown) {
      const guess = nearest(name, known)
      const hint = guess === null ? '`parapet rules` lists the rules.' : `Did you mean \`${guess}\`?`
      problems.push({ rule: unknownSuppressedRule, problem: { ...place, message: 'unknown', data: { rules: name, hint } } })
    }
    const unused = own.suppressions.filter(
      (suppression) => suppression.directive === directive && !used.has(suppression) && ran.has(suppression.rule),
    )
    if (unused.length > 0) {
      problems.push({
        rule: unusedSuppression,
        problem: { ...place, message: 'unused', data: { rules: unused.map((suppression) => suppression.rule).join(', ') } },
      })
    }
  }
  return problems
}

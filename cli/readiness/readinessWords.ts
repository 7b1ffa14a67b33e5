// The words and signs of a readiness report, the same in all its forms.
import type { Place } from '../../analyzer/readiness/readiness.js'
import type { Status } from '../../analyzer/readiness/control.js'
import type { RouteProtection } from '../../analyzer/readiness/attackSurface.js'

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  'in-place': 'in place',
  partly: 'partly',
  missing: 'missing',
  'not-applicable': 'not applicable',
  'not-known': 'not known',
  'not-judged': 'not judged',
}

export const STATUS_SIGNS: Readonly<Record<Status, string>> = {
  'in-place': '✓',
  partly: '◐',
  missing: '✗',
  'not-applicable': '–',
  'not-known': '?',
  'not-judged': '·',
}

export const SURFACE_WORDS = {
  'security-headers': 'Headers',
  cors: 'CORS',
  'rate-limit': 'Rate limit',
  auth: 'Authentication',
  validation: 'Validation',
  'error-handler': 'Error handler',
} as const

export function placeText({ file, line }: Place): string {
  return `${file}:${line}`
}

/** What stands in front of a route, in a few words. */
export function protectionText({ answer, isConditional, by }: RouteProtection): string {
  if (answer !== 'yes') return answer === 'no' ? 'no' : 'not known'
  const names = [...new Set(by.map(({ note }) => note))].join(', ')
  return `${isConditional ? 'sometimes: ' : ''}${names === '' ? 'yes' : names}`
}

export function scoreText(score: number | null): string {
  return score === null ? 'no score' : `${score} of 100`
}

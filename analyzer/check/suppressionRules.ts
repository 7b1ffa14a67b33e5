// The built-in rules about suppressions themselves. They have no check: suppressions.ts yields their problems.
import { defineRule, type Rule } from './rule.js'

const COMMON = {
  category: 'operations',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [],
  check: () => [],
} as const

export const suppressionWithoutReason = defineRule({
  ...COMMON,
  id: 'suppression-without-reason',
  summary: 'A suppression says why.',
  messages: {
    missing: {
      what: 'This suppression of {rules} gives no reason.',
      why: 'Whoever reads it later cannot tell a decision from an accident, nor when it may go.',
      how: 'Add the reason after two dashes: `{example} -- the reason`.',
    },
  },
})

export const unusedSuppression = defineRule({
  ...COMMON,
  id: 'unused-suppression',
  summary: 'A suppression suppresses something.',
  messages: {
    unused: {
      what: 'This suppression of {rules} suppresses nothing.',
      why: 'The weakness is gone or has moved. What stays behind hides the next one at this place.',
      how: 'Remove {rules} from the comment, or move the comment to where the finding is now.',
    },
  },
})

export const unknownSuppressedRule = defineRule({
  ...COMMON,
  id: 'unknown-suppressed-rule',
  summary: 'A suppression names rules that exist.',
  messages: {
    unknown: {
      what: 'There is no rule {rules} to suppress.',
      why: 'A misspelt name suppresses nothing, and the finding that was meant is still reported or will be.',
      how: '{hint}',
    },
  },
})

export const malformedSuppression = defineRule({
  ...COMMON,
  id: 'malformed-suppression',
  summary: 'A suppression is written so that it works.',
  messages: {
    malformed: {
      what: 'This comment suppresses nothing.',
      why: 'It begins like a suppression, so its writer meant one.',
      how: '{hint}.',
    },
  },
})

export const suppressionRules: readonly Rule[] = [suppressionWithoutReason, unusedSuppression, unknownSuppressedRule, malformedSuppression]

// Literals that stand in for secrets that the environment lacks.
import { cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { deployFallbacksOf } from '../../analyzer/model/secrets/deployFallbacks.js'
import { emptyKeysOf } from '../../analyzer/model/secrets/emptyKeys.js'
import { fallbackFix } from '../../analyzer/model/secrets/secretFallbackFix.js'
import { secretLiteralsOf } from '../../analyzer/model/secrets/secretLiterals.js'

export default defineRule({
  id: 'no-secret-fallback',
  summary: 'A secret that the environment lacks stops the start, and is not replaced by a literal.',
  category: 'secrets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(798), cwe(1188), owasp('Secrets Management')],
  messages: {
    fallback: {
      what: 'A literal stands in for {variable} where the environment lacks it.',
      why: 'One forgotten or misspelt variable, and production runs with a secret that everyone who has read the code knows. Nothing fails, so nobody notices.',
      how: 'Let the start fail while {variable} is missing. Give developers a value in a .env file that is not committed.',
    },
    compose: {
      what: 'A literal stands in for {variable} where nobody sets it.',
      why: 'Compose fills it in without a word: one forgotten variable on the server, and production runs with a secret that everyone who has read the file knows.',
      how: 'Write `{demand}`, so that compose refuses to start without it, and give developers a value in a .env file that is not committed.',
    },
    image: {
      what: 'A literal stands in for {variable} where nobody gives it to the build.',
      why: 'The image holds it then: one forgotten variable, and production runs with a secret that everyone who has read the file, or pulls the image, knows.',
      how: 'Take the instruction out, and give the container {variable} when it is started.',
    },
    script: {
      what: 'A literal stands in for {variable} where the environment lacks it.',
      why: 'The shell fills it in without a word: one forgotten variable on the server, and production runs with a secret that everyone who has read the script knows.',
      how: 'Write `{demand}`, so that the script ends there, and give developers a value in a .env file that is not committed.',
    },
    empty: {
      what: 'An empty text is the key where the environment lacks {variable}.',
      why: 'An empty key signs and encrypts like any other, and everyone knows it. One forgotten variable, and nothing fails: what is encrypted can be read, and what is signed can be made.',
      how: 'Let the start fail while {variable} is missing.',
    },
  },
  *check(model) {
    for (const secret of secretLiteralsOf(model)) {
      if (secret.fallbackOf === null) continue
      yield {
        message: 'fallback',
        at: secret.at,
        data: { variable: secret.fallbackOf },
        confidence: secret.confidence,
        related: secret.uses.slice(0, 3).map(({ at, note }) => evidence(at, note)),
        fix: fallbackFix(model, secret.at, secret.fallbackOf),
      }
    }
    for (const { at, by, variable, confidence, use } of deployFallbacksOf(model)) {
      const related = use === null ? [] : [evidence(use, 'It is used here as a key.')]
      yield { message: by, at, data: { variable, demand: `\${${variable}:?}` }, confidence, related }
    }
    for (const { at, variable, confidence, use } of emptyKeysOf(model)) {
      yield {
        message: 'empty',
        at,
        data: { variable },
        confidence,
        related: use === null ? [] : [evidence(use, 'It is used here as a key.')],
        fix: fallbackFix(model, at, variable),
      }
    }
  },
})

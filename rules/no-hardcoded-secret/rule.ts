// Secrets that stand in the code.
import { affected, asvs, cwe, defineRule, evidence, owasp, type RelatedPlace } from '../../analyzer/check/rule.js'
import { suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { demandVariables } from '../../analyzer/model/secrets/demandedVariables.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { isDemandable } from '../../analyzer/model/secrets/requireEnv.js'
import type { SecretLiteral } from '../../analyzer/model/secrets/secretCandidates.js'
import { secretLiteralsOf } from '../../analyzer/model/secrets/secretLiterals.js'

const how =
  'Read it from an environment variable that is checked at start ({variable}), and replace the old value everywhere: it is in the history.'

export default defineRule({
  id: 'no-hardcoded-secret',
  summary: 'Secrets come from the environment, not from the code.',
  category: 'secrets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(798), asvs('2.10.4'), owasp('Secrets Management')],
  messages: {
    sink: {
      what: 'The {what} is written in the code.',
      why: 'Whoever can read the code, its history or an image built from it has the {what} of production, and it cannot be changed without a release.',
      how,
    },
    code: {
      what: 'A one-time code that always opens is written in the code.',
      why: 'Whoever knows it, or tries it first, gets into every account, without the phone or the mailbox that codes are sent to.',
      how: 'Take the comparison out. Where reviewers or tests need a way in, give one account a code of its own, read from an environment variable.',
    },
    format: {
      what: 'This literal holds a {what}.',
      why: 'Its shape says what it is. Whoever can read the code, its history or an image built from it can use it.',
      how,
    },
    name: {
      what: 'The {what} looks like a secret that is written in the code.',
      why: 'Whoever can read the code, its history or an image built from it has it, and it cannot be changed without a release.',
      how,
    },
  },
  *check(model) {
    for (const group of sameSecrets(secretLiteralsOf(model).filter((secret) => secret.fallbackOf === null))) {
      const [first, ...others] = group
      if (first === undefined) continue
      yield {
        message: first.by,
        at: first.at,
        data: { what: first.what, variable: first.variable },
        confidence: first.confidence,
        related: [...others.map(({ at }) => affected(at, 'The same secret stands here.')), ...group.flatMap(usesOf)],
        fix: group.every((secret) => isDemandable(model, secret)) ? fixOf(model, group, first.variable) : null,
      }
    }
  },
})

function fixOf(model: ProjectModel, group: readonly SecretLiteral[], variable: string): Fix {
  return suggestion(`Read ${variable} from the environment`, (editor) =>
    demandVariables(
      editor,
      model,
      group.map(({ at }) => ({ at, variable })),
    ),
  )
}

/** One secret is one finding, however often it is written. */
function sameSecrets(secrets: readonly SecretLiteral[]): readonly (readonly SecretLiteral[])[] {
  const groups = new Map<string, SecretLiteral[]>()
  for (const secret of secrets) groups.set(secret.text, [...(groups.get(secret.text) ?? []), secret])
  return [...groups.values()]
}

function usesOf({ uses }: SecretLiteral): readonly RelatedPlace[] {
  return uses.slice(0, 3).map(({ at, note }) => evidence(at, note))
}

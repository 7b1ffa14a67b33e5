// Secrets in plain text in the files that say how the server is deployed.
import { affected, asvs, cwe, defineRule, owasp } from '../../analyzer/check/rule.js'
import { deploySecrets, type DeploySecret } from '../../analyzer/model/deployment/deploySecrets.js'

export default defineRule({
  id: 'no-plaintext-deploy-secret',
  summary: 'Files that describe a deployment name secrets, and do not hold them.',
  category: 'deployment',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(260), cwe(798), asvs('2.10.4'), owasp('Secrets Management')],
  messages: {
    shaped: {
      what: '{name} in {file} holds a {shape}.',
      why: 'Whoever clones the repository, or ever did, has it; of an image, whoever pulls it, since its history keeps every variable. Taking it out does not take it out of the history.',
      how: 'Replace the secret, and let the platform put the new one there: `${NAME}` in compose files and .npmrc, `sync: false` or `generateValue: true` on Render, `secretKeyRef` in Kubernetes, `secrets.NAME` in workflows.',
    },
    named: {
      what: '{name} in {file} looks like a secret in use.',
      why: 'Whoever clones the repository, or ever did, has it; of an image, whoever pulls it, since its history keeps every variable. Taking it out does not take it out of the history.',
      how: 'Replace the secret, and let the platform put the new one there: `${NAME}` in compose files and .npmrc, `sync: false` or `generateValue: true` on Render, `secretKeyRef` in Kubernetes, `secrets.NAME` in workflows.',
    },
  },
  *check(model) {
    const byFile = new Map<string, DeploySecret[]>()
    for (const secret of deploySecrets(model)) byFile.set(secret.at.file, [...(byFile.get(secret.at.file) ?? []), secret])
    for (const [file, secrets] of byFile) {
      const ranks = { high: 0, medium: 1, low: 2 }
      const [first, ...others] = secrets.toSorted((a, b) => ranks[a.confidence] - ranks[b.confidence])
      if (first === undefined) continue
      yield {
        message: first.shape === null ? 'named' : 'shaped',
        at: first.at,
        data: { name: first.name, file, shape: first.shape ?? '' },
        confidence: first.confidence,
        // A guess is not shown beside what is certain.
        related: others
          .filter(({ confidence }) => confidence !== 'low' || first.confidence === 'low')
          .map(({ at, name }) => affected(at, `${name} stands here.`)),
      }
    }
  },
})

// Secrets that are read from the environment and that nobody misses at start.
import { affected, cwe, defineRule, evidence, owasp, type RelatedPlace } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { environmentComment, GENERATED } from '../../analyzer/model/secrets/environmentComment.js'
import type { App } from '../../analyzer/model/model.js'
import { insertAtStart } from '../../analyzer/model/secrets/demandedVariables.js'
import { appsOf } from '../../analyzer/model/queries.js'
import { type SecretRead, uncheckedConfiguration, uncheckedSecretsOf } from '../../analyzer/model/secrets/secretReads.js'
import { packageFolderOf } from '../../analyzer/model/versions.js'
import { locationKey } from '../../analyzer/text/location.js'

export default defineRule({
  id: 'require-env-validation',
  summary: 'A server checks at start that the environment has its secrets.',
  category: 'secrets',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(1188), { name: 'The Twelve-Factor App: Config', url: 'https://12factor.net/config' }, owasp('Secrets Management')],
  messages: {
    unchecked: {
      what: 'Nothing checks at start that the environment has {first}{others}.',
      why: 'Without it the server starts and answers its health check, and fails with the first request that needs it, such as the first login, mail or payment.',
      how: 'Stop the start with a clear sentence while a variable is missing, for example with envalid, zod or a throw. Ask for at least 32 characters in keys.',
    },
  },
  *check(model) {
    const reported = new Set<string>()
    for (const app of appsOf(model)) {
      // One package asks once for a name, and so does one place that several processes load.
      const folder = packageFolderOf(model, app.entry)
      const waysOf = ({ name, at }: SecretRead): readonly string[] => [`${folder} ${name}`, locationKey(at)]
      const reads = uncheckedSecretsOf(model, app).filter((read) => !waysOf(read).some((way) => reported.has(way)))
      const [first, ...others] = reads
      if (first === undefined) continue
      for (const read of reads) for (const way of waysOf(read)) reported.add(way)
      const names = reads.map((read) => read.name)
      const configuration = uncheckedConfiguration(model, app)
      const elsewhere = configuration === null ? others : reads
      const related: RelatedPlace[] = elsewhere.map(({ name, at }) => affected(at, `${name} is read here.`))
      yield {
        message: 'unchecked',
        at: configuration ?? first.at,
        data: { first: first.name, others: othersText(others) },
        confidence: first.by === 'key' ? 'high' : 'medium',
        related: [...related, evidence(app.at, `${app.name} is made here.`), ...startOf(app)],
        fix: suggestion('Check the variables where the server starts', (editor) => {
          insertAtStart(editor, model, app.entry, [checkOf(names)])
          for (const { name, by } of reads)
            editor.addEnvironmentExample(app.entry, name, by === 'key' ? GENERATED : environmentComment(name))
        }),
      }
    }
  },
})

function othersText([only, ...rest]: readonly SecretRead[]): string {
  if (only === undefined) return ''
  return rest.length === 0 ? ` and ${only.name}` : ` and ${rest.length + 1} more`
}

/** Which process it is, where several make their application in the same place. */
function startOf({ at, entry, listeners: [listener] }: App): readonly RelatedPlace[] {
  return listener === undefined || at.file === entry ? [] : [evidence(listener.at, 'It listens here.')]
}

function checkOf(names: readonly string[]): string {
  const list = names.map((name) => `'${name}'`).join(', ')
  return `for (const name of [${list}]) {\n  if (!process.env[name]) throw new Error(\`Missing environment variable \${name}\`)\n}`
}

// Values that must not be guessed, made from what can be worked out.
import { cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { guessableSecretsOf, type GuessableSecret } from '../../analyzer/model/secrets/randomness.js'

export default defineRule({
  id: 'no-insecure-randomness',
  summary: 'Tokens, codes and ids of sessions come from a cryptographic generator.',
  category: 'secrets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(338), { name: 'Node.js crypto.randomBytes', url: 'https://nodejs.org/api/crypto.html#cryptorandombytessize-callback' }],
  messages: {
    guessable: {
      what: '{source} makes {name} guessable.',
      why: 'Whoever sees a few values, or knows roughly when one was made, can work out the next ones: the generator is made for speed, and time is no secret.',
      how: "Use crypto.randomBytes(32).toString('hex') for tokens and crypto.randomInt(100000, 1000000) for codes.",
    },
  },
  *check(model) {
    for (const secret of guessableSecretsOf(model)) {
      const { at, source, name, namedAt, confidence } = secret
      yield {
        message: 'guessable',
        at,
        data: { source, name },
        confidence,
        related: [evidence(namedAt, `It becomes ${name} here.`)],
        fix: fixOf(secret),
      }
    }
  },
})

/** The whole expression gives way, where it stands in one place. */
function fixOf({ whole, range, name }: GuessableSecret): Fix | null {
  if (whole === null) return null
  const isNumber = range !== null
  return suggestion(`Make ${name} with the generator of node:crypto`, (editor) => {
    const local = editor.addImport(
      whole.file,
      'node:crypto',
      isNumber ? 'randomInt' : 'randomBytes',
      isNumber ? 'randomInt' : 'randomBytes',
    )
    editor.replace(
      whole,
      isNumber ? `${local}(${range.least}, ${range.end})${range.isText ? '.toString()' : ''}` : `${local}(32).toString('hex')`,
    )
  })
}

// Passwords that are kept or checked in a way that gives them away with the database.
import { affected, evidence, asvs, cwe, defineRule, owasp } from '../../analyzer/check/rule.js'
import { suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { keptPasswords } from '../../analyzer/model/secrets/keptPasswords.js'
import { weakHashingOf } from '../../analyzer/model/secrets/passwordHashing.js'
import { sameLocation, type Location } from '../../analyzer/text/location.js'

export default defineRule({
  id: 'no-weak-password-hash',
  summary: 'Passwords are kept as slow, salted hashes.',
  category: 'secrets',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(916), asvs('2.4.1'), owasp('Password Storage')],
  messages: {
    fast: {
      what: 'A password is hashed with {algorithm}, which is made for speed.',
      why: 'A stolen table of such hashes is guessed at billions of tries a second, salted or not, and most passwords fall within hours.',
      how: 'Use bcrypt with 12 rounds or argon2id, and rehash old passwords when their owners log in.',
    },
    cheap: {
      what: '{what} are too few to slow an attacker down.',
      why: 'The cost is all that makes a stolen hash expensive to guess. Computers have become faster since this number was common.',
      how: 'Use at least {least}, and rehash old passwords when their owners log in.',
    },
    plain: {
      what: 'A password is compared as it was typed, so it is kept as it was typed.',
      why: 'Whoever reads the database, a backup or a log of queries has the passwords of all users, here and wherever else they use them.',
      how: 'Keep a hash of bcrypt or argon2id, and check it with compare or verify, which also take the same time for every answer.',
    },
    kept: {
      what: 'A password is stored as it was typed.',
      why: 'Whoever reads the database, a backup or a log of queries has the passwords of all users, here and wherever else they use them.',
      how: 'Store a hash of bcrypt or argon2id, and check it with compare or verify.',
    },
  },
  *check(model) {
    for (const { at, confidence } of keptPasswords(model)) yield { message: 'kept', at, confidence }
    for (const { weak, cause, others } of weakHashingOf(model)) {
      const { at, confidence } = weak
      const related = others.map((other) => affected(other, 'hashed in the same way'))
      if (weak.kind === 'plain') yield { message: 'plain', at, confidence }
      else if (weak.kind === 'fast')
        yield {
          message: 'fast',
          at,
          data: { algorithm: weak.algorithm },
          confidence,
          related: sameLocation(cause, at) ? related : [...related, evidence(cause, 'the digest is made here')],
        }
      else {
        const { argument, what, least, raised, isKeptInHash } = weak
        // With another number of PBKDF2 iterations no password would match what is stored.
        const fix = argument === null || !isKeptInHash ? null : raise(argument, weak.number, raised)
        yield { message: 'cheap', at: argument ?? at, data: { what, least }, confidence, related, fix }
      }
    }
  },
})

/** A constant keeps its name, so that nothing is left over. */
function raise(argument: Location, number: Location | null, raised: string): Fix {
  return suggestion(`Raise it to ${raised}`, (editor) => {
    const isConstant = number !== null && /^[\w$.]+$/.test(editor.text(argument)) && /^[\d_]+$/.test(editor.text(number))
    editor.replace(isConstant ? number : argument, raised)
  })
}

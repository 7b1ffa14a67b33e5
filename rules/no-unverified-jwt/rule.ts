// Tokens that are read and believed, and never verified.
import { asvs, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { verifyingCall } from '../../analyzer/model/tokens/tokenVerifyFix.js'
import { unverifiedTokens, type UnverifiedToken } from '../../analyzer/model/tokens/unverifiedTokens.js'

const uses = { identity: 'It is believed here.', rights: 'It decides here.', record: 'What is theirs is looked up here.' } as const

export default defineRule({
  id: 'no-unverified-jwt',
  summary: 'Nobody is believed for what stands in a token whose signature was not verified.',
  category: 'sessions',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(347),
    cwe(345),
    asvs('3.5.3'),
    { name: 'jsonwebtoken: decode', url: 'https://github.com/auth0/node-jsonwebtoken#jwtdecodetoken--options' },
  ],
  messages: {
    identity: {
      what: 'Whoever sends a token is who it says: its signature is not verified.',
      why: 'Reading a token takes no key, and neither does writing one. Anybody can send a token with the id of any user, and this server believes it.',
      how: 'Verify the token with the key that it is signed with, and go by what that gives.',
    },
    rights: {
      what: 'A token that is not verified decides what its sender may do.',
      why: 'Reading a token takes no key, and neither does writing one. Anybody can send a token that says admin.',
      how: 'Verify the token with the key that it is signed with, and go by what that gives.',
    },
    told: {
      what: 'The token is read with a key that is told not to verify.',
      why: 'The third argument of decode is noVerify. With true, the signature is not looked at, so anybody can write such a token.',
      how: 'Leave it false, and name the algorithm after it.',
    },
  },
  *check(model) {
    for (const one of unverifiedTokens(model)) {
      const { read, claim, confidence } = one
      const related = claim === null ? [] : [evidence(claim.call.at, uses[claim.by])]
      yield {
        message: claim === null ? 'told' : claim.by === 'record' ? 'identity' : claim.by,
        at: read.call.at,
        related,
        confidence,
        fix: fixOf(one),
      }
    }

    function fixOf({ read }: UnverifiedToken): Fix | null {
      const write = verifyingCall(model, read)
      return write === null ? null : suggestion('Verify the token', (editor) => write(editor))
    }
  },
})

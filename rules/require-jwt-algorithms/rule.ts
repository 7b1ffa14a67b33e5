// Verifications of tokens that leave it open by which algorithm.
import { affected, asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { algorithmFaults, type AlgorithmFault } from '../../analyzer/model/tokens/tokenAlgorithms.js'
import { algorithmFix } from '../../analyzer/model/tokens/tokenAlgorithmFix.js'

const HOW = 'Name the algorithm that the tokens are signed with, and no other: HS256 for a secret, RS256 or ES256 for a public key.'

export default defineRule({
  id: 'require-jwt-algorithms',
  summary: 'JSON web tokens are verified by the algorithm that they are signed with.',
  category: 'sessions',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(347),
    cwe(327),
    asvs('3.5.3'),
    { name: 'RFC 8725, section 3.1: Perform Algorithm Verification', url: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.1' },
    { name: 'CVE-2022-23540', url: 'https://github.com/advisories/GHSA-qwph-4952-7xr6' },
  ],
  messages: {
    none: {
      what: 'Tokens without a signature are accepted.',
      why: 'The list holds the algorithm none. Where the key is empty, whoever writes a token is whoever the token says.',
      how: HOW,
    },
    unsigned: {
      what: 'Tokens are made without a signature.',
      why: 'The algorithm none signs nothing, so a server that takes these tokens takes everybody’s.',
      how: 'Sign with HS256 and a secret of 32 bytes, or with RS256 or ES256 and a private key.',
    },
    mixed: {
      what: 'One key may check HMACs and signatures: {written}.',
      why: 'Everybody may have a public key. Where it passes for the secret of an HMAC, whoever has it signs tokens that this check takes.',
      how: HOW,
    },
    public: {
      what: 'A public key checks an HMAC, so whoever has it can sign tokens.',
      why: 'An HMAC is made and checked with the same key. A public key is handed to everybody, so it is no secret.',
      how: 'Verify with RS256 or ES256, or use a secret that only this server knows.',
    },
    guessed: {
      what: 'The token itself says by which algorithm it is verified.',
      why: 'jwt-simple takes the algorithm from the header of the token, which its sender writes. With a public key, that makes an HMAC of it that anybody can sign.',
      how: HOW,
    },
    missing: {
      what: 'Tokens are verified without naming the algorithm.',
      why: 'The package chooses by the key. jsonwebtoken 9 keeps secrets and public keys apart, so this opens no door by itself, but any algorithm of the family passes, and a key of another kind changes the check unseen.',
      how: HOW,
    },
    outdated: {
      what: 'Tokens are verified without naming the algorithm, by an old {library}.',
      why: 'Before version 9, jsonwebtoken takes tokens without a signature where the key is empty, as with a variable that nobody set (CVE-2022-23540), and guesses the algorithm from the text of the key.',
      how: `${HOW} Then update jsonwebtoken.`,
    },
  },
  *check(model) {
    for (const fault of algorithmFaults(model)) {
      const { at, confidence } = fault
      yield {
        message: fault.kind === 'missing' && fault.isOld ? 'outdated' : fault.kind,
        at,
        data: dataOf(fault),
        confidence,
        related: fault.affected.map((call) => affected(call.at, 'This verification names none either.')),
        ...(confidence === 'low' ? { severity: 'info' as const } : {}),
        fix: algorithmFix(model, fault),
      }
    }
  },
})

function dataOf({ written, verification }: AlgorithmFault): Readonly<Record<string, string>> {
  return { written: written.join(', '), library: verification?.library ?? '' }
}

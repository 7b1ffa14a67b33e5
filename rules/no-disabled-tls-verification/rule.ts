// Certificates of the servers that this one talks to are verified.
import { asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { suggestion, type Fix } from '../../analyzer/fix/fix.js'
import { deployedSwitches } from '../../analyzer/model/transport/tlsDeployment.js'
import { unverifiedTls, type UnverifiedTls } from '../../analyzer/model/transport/unverifiedTls.js'

export default defineRule({
  id: 'no-disabled-tls-verification',
  summary: 'Connections to databases and other servers verify the certificate of the other side.',
  category: 'transport',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(295),
    asvs('9.2.1'),
    { name: 'Node.js: tls.connect', url: 'https://nodejs.org/api/tls.html#tlsconnectoptions-callback' },
    { name: 'node-postgres: SSL', url: 'https://node-postgres.com/features/ssl' },
  ],
  messages: {
    option: {
      what: 'The certificate of the other side is not verified: `{what}`.',
      why: 'TLS encrypts the connection, but to whom nobody asks: whoever stands on the way answers with a certificate of their own, reads passwords and data, and changes them.',
      how: 'Take it out. Where the other side has a certificate of its own authority, give that with `ca`, as in `ca: fs.readFileSync(process.env.CA_CERT_PATH)`.',
    },
    default: {
      what: 'Certificates are verified only where the configuration asks for it.',
      why: 'Who forgets the setting, or mistypes it, has connections that whoever stands on the way can read and change, and nothing tells of it.',
      how: "Verify unless somebody says otherwise: compare with the value that switches it off, as in `!== 'false'`, and give a certificate of an own authority with `ca`.",
    },
    process: {
      what: '`{what}` switches the verification of certificates off for the whole process.',
      why: 'Every connection that the process makes, to databases, to payment services, to login servers, accepts any certificate: whoever stands on the way can read and change all of them.',
      how: 'Take it out, and give the certificate of an own authority with NODE_EXTRA_CA_CERTS.',
    },
    address: {
      what: 'This address switches the verification of certificates off: `{what}`.',
      why: 'Whoever stands between server and database answers with a certificate of their own, and reads and changes all that passes, the password included.',
      how: 'Use `sslmode=verify-full` or take the parameter out, and give the certificate of an own authority (`sslrootcert`, `tlsCAFile`, `ca`).',
    },
  },
  *check(model) {
    for (const one of unverifiedTls(model)) {
      yield { message: one.kind, at: one.at, data: { what: one.what }, confidence: one.confidence, fix: fixOf(one) }
    }
    for (const { at, what, isProcess, confidence } of deployedSwitches(model))
      yield { message: isProcess ? 'process' : 'address', at, data: { what }, confidence }
  },
})

function fixOf({ at, kind, value }: UnverifiedTls): Fix | null {
  if (value !== null) return suggestion('Verify the certificate', (editor) => editor.replace(value.at, value.instead))
  return kind === 'process' ? suggestion('Take it out', (editor) => editor.removeStatement(at)) : null
}

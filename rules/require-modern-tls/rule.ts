// Connections are made with TLS 1.2 or newer, and with ciphers that nobody breaks.
import { asvs, cwe, defineRule } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { oldTls } from '../../analyzer/model/transport/oldTls.js'

export default defineRule({
  id: 'require-modern-tls',
  summary: 'TLS is spoken from version 1.2 on, with ciphers that nobody breaks.',
  category: 'transport',
  severity: 'error',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(326),
    asvs('9.1.3'),
    { name: 'RFC 8996: Deprecating TLS 1.0 and TLS 1.1', url: 'https://www.rfc-editor.org/rfc/rfc8996' },
    { name: 'Node.js: tls.createSecureContext', url: 'https://nodejs.org/api/tls.html#tlscreatesecurecontextoptions' },
  ],
  messages: {
    version: {
      what: 'Versions of TLS before 1.2 are let in: `{what}`.',
      why: 'TLS 1.0 and 1.1 rest on MD5 and SHA-1 and on ciphers with known attacks, and whoever stands between can talk both sides down to them. Browsers and rules for payments have dropped both.',
      how: "Take it out, since Node begins at TLS 1.2, or write `minVersion: 'TLSv1.2'`.",
    },
    ciphers: {
      what: 'Weak ciphers are let in: `{what}`.',
      why: 'Level 0 lets in keys, hashes and versions of TLS that can be broken with little effort, and old ciphers give away what they encrypt.',
      how: "Take it out: Node's own list has the ciphers that are safe.",
    },
    proxy: {
      what: 'nginx lets in versions of TLS before 1.2: {what}.',
      why: 'TLS 1.0 and 1.1 rest on MD5 and SHA-1 and on ciphers with known attacks, and whoever stands between can talk both sides down to them.',
      how: 'Write `ssl_protocols TLSv1.2 TLSv1.3;`.',
    },
  },
  *check(model) {
    for (const { at, kind, what, confidence, isEffective, value } of oldTls(model))
      yield {
        message: kind,
        at,
        data: { what },
        confidence,
        ...(isEffective ? {} : { severity: 'warning' as const }),
        fix: value === null ? null : suggestion('Let in what is safe', (editor) => editor.replace(value.at, value.instead)),
      }
  },
})

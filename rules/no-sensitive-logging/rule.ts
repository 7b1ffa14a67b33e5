// Logs hold no credentials and no whole requests.
import { asvs, cwe, defineRule, evidence, owasp } from '../../analyzer/check/rule.js'
import { sensitiveAccessLogs, type SensitiveAccessLog } from '../../analyzer/model/logging/accessLogs.js'
import { errorBodyLogs } from '../../analyzer/model/logging/errorBodyLogs.js'
import { accessLogFix, errorBodyFix, redactionFix } from '../../analyzer/model/logging/redactionFix.js'
import type { Confidence } from '../../analyzer/model/model.js'
import { sensitiveLogs, type SensitiveLog } from '../../analyzer/model/logging/sensitiveLogs.js'
import { listed } from '../../analyzer/model/words.js'

export default defineRule({
  id: 'no-sensitive-logging',
  summary: 'Logs hold no passwords, tokens, cookies, whole requests or whole environments.',
  category: 'logging',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(532), asvs('7.1.1'), owasp('Logging', '#data-to-exclude')],
  messages: {
    logged: {
      what: 'The log gets {what}.',
      why: 'Logs are read by more people, copied to more places and kept longer than the data itself. Whoever reads them can act as the users whose passwords and tokens stand there.',
      how: 'Log the fields that are needed, or redact the others in the logger.',
    },
    access: {
      what: '{package} logs {what}.',
      why: 'It is written for every request, so whoever reads the access log can act as any user.',
      how: '{mend}.',
    },
    parsing: {
      what: 'The logged error carries the request body where JSON does not parse.',
      why: 'The parser of JSON puts the text that it could not read on its error, under body. A login with one comma too many leaves its password in the log.',
      how: 'Redact err.body in the logger, or log the errors of clients (status below 500) by their message.',
    },
  },
  *check(model) {
    for (const found of sensitiveLogs(model)) {
      const { log, parts, at, from } = found
      yield {
        message: 'logged',
        at,
        data: { what: whatOf(found) },
        confidence: confidenceOf(log, parts[0]?.confidence ?? 'medium'),
        related: from === null ? [] : [evidence(from, 'It is handed over here.')],
        fix: redactionFix(found),
      }
    }
    for (const found of errorBodyLogs(model)) {
      const fix = errorBodyFix(found)
      yield {
        message: 'parsing',
        at: found.at,
        related: [evidence(found.parserAt, 'JSON is parsed here.')],
        confidence: 'low',
        severity: 'info',
        fix,
      }
    }
    for (const found of sensitiveAccessLogs(model)) {
      const fix = accessLogFix(found)
      yield {
        message: 'access',
        at: found.at,
        data: { what: found.what, package: found.package, mend: mendOf(found) },
        confidence: found.confidence,
        fix,
      }
    }
  },
})

/** What pino writes is decided by its options, and there is no format. */
function mendOf(found: SensitiveAccessLog): string {
  return found.how === 'default' && found.package.includes('pino')
    ? 'Name what is secret in the redact option of pino, such as req.headers.authorization and req.headers.cookie'
    : 'Leave it out of the format, or redact it'
}

function whatOf({ parts }: SensitiveLog): string {
  const names = [...new Set(parts.map(({ what }) => what))]
  return listed(names, names.length > 2 ? 1 : 2)
}

/** Loggers known by name alone may be something else, and own ones are likely to be quiet in production below info. */
function confidenceOf({ how, level }: SensitiveLog['log'], known: Confidence): Confidence {
  if (how === 'own' && /^(debug|trace|verbose|silly)$/.test(level)) return 'low'
  return how === 'named' && known === 'high' ? 'medium' : known
}

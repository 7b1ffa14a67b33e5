// Whether findings and probes tell the same story: what reality shows must be reported, and what it refutes must not.
import type { Finding } from '../../analyzer/check/finding.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { ENOUGH_HEADERS } from './capabilities.js'
import type { VisitedRoute } from './modelRoutes.js'
import { SECURITY_HEADERS, type ProbeReport } from './probe.js'

/** What was seen of a running application. */
export interface Reality {
  readonly report: ProbeReport
  readonly visited: readonly VisitedRoute[]
}

/** Sentences about each contradiction; empty when they agree. `known` are the rules that ran: nothing is asked of others. */
export function contradictions(
  findings: readonly Finding[],
  { report, visited }: Reality,
  model: ProjectModel,
  known: Rules,
): readonly string[] {
  const reported = new Set(findings.map(({ ruleId }) => ruleId))
  const sure = new Set(findings.filter(({ confidence }) => confidence === 'high').map(({ ruleId }) => ruleId))
  const all = [
    ...aboutHeaders(reported, visited),
    ...aboutOrigins(reported, report, model),
    ...aboutLimits(reported, report),
    ...aboutErrors(reported, sure, report, model),
  ]
  return all.filter(({ rules }) => rules.every((rule) => known.has(rule))).map(({ text }) => text)
}

type Rules = ReadonlySet<string>

interface Contradiction {
  readonly rules: readonly string[]
  readonly text: string
}

function aboutHeaders(reported: Rules, visited: readonly VisitedRoute[]): readonly Contradiction[] {
  // Express's own error page sets headers of its own (domain fact A9).
  const bare = visited.filter(
    ({ status, headers }) => status < 400 && SECURITY_HEADERS.filter((name) => headers.has(name)).length < ENOUGH_HEADERS,
  )
  const named = visited.filter(({ headers }) => /express/i.test(headers.get('x-powered-by') ?? ''))
  return [
    ...unless(
      bare.length > 0 === reported.has('require-security-headers'),
      `without security headers: ${list(bare)}`,
      'require-security-headers',
      reported,
    ),
    ...unless(named.length > 0 === reported.has('no-powered-by'), `with X-Powered-By: ${list(named)}`, 'no-powered-by', reported),
  ]
}

function aboutOrigins(reported: Rules, report: ProbeReport, model: ProjectModel): readonly Contradiction[] {
  const { foreign, credentials } = report.origin
  const anyone = foreign === 'reflected' || foreign === 'any'
  const withCredentials = foreign === 'reflected' && credentials
  const isReadOnly = model.routes.every(({ method }) => method === 'GET' || method === 'HEAD')
  const says = `a foreign origin is ${foreign}${credentials ? ' with credentials' : ''}`
  return [
    ...unless(withCredentials === reported.has('no-credentialed-any-origin'), says, 'no-credentialed-any-origin', reported),
    ...unless(!anyone || withCredentials || isReadOnly || reported.has('no-permissive-cors'), says, 'no-permissive-cors', reported),
    ...unless(anyone || !reported.has('no-permissive-cors'), says, 'no-permissive-cors', reported),
  ]
}

function aboutLimits(reported: Rules, report: ProbeReport): readonly Contradiction[] {
  const about = ['require-rate-limit', 'no-ineffective-rate-limit', 'require-auth-rate-limit']
  return unless(
    report.limitedAt !== null || about.some((rule) => reported.has(rule)),
    'no request was answered 429',
    about.join(' or '),
    reported,
  )
}

function aboutErrors(reported: Rules, sure: Rules, report: ProbeReport, model: ProjectModel): readonly Contradiction[] {
  if (report.error === null) return []
  const { leaksStack, leaksMessage } = report.error
  const rules = ['no-stack-in-response', 'no-error-object-in-response']
  // Fastify's own handler sends the message (domain fact D16).
  const telling = model.apps.some((app) => app.framework === 'fastify') ? [...rules, 'require-error-handler'] : rules
  return [
    ...unless(!leaksStack || reported.has('no-stack-in-response'), 'the stack came back', 'no-stack-in-response', reported),
    ...unless(!leaksMessage || telling.some((rule) => reported.has(rule)), "the error's text came back", telling.join(' or '), reported),
    ...unless(
      leaksStack || leaksMessage || !rules.some((rule) => sure.has(rule)),
      'nothing of the error came back',
      rules.join(' or '),
      reported,
    ),
  ]
}

function unless(holds: unknown, reality: string, rule: string, reported: Rules): readonly Contradiction[] {
  if (holds) return []
  const rules = rule.split(' or ')
  const said = rules.filter((one) => reported.has(one))
  const findings = said.length > 0 ? `${said.join(', ')} is reported` : `${rule} is not reported`
  return [{ rules, text: `Reality: ${reality}. Findings: ${findings}.` }]
}

function list(visited: readonly VisitedRoute[]): string {
  return visited.length > 0 ? visited.map(({ request }) => request).join(', ') : 'no answer'
}

// Servers of sockets look at who connects, or at the site that the connection comes from.
import { affected, asvs, cwe, defineRule, evidence, owasp, type Problem } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { adapterOf } from '../../analyzer/model/sockets/messageSizes.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { admissions, type Admission } from '../../analyzer/model/sockets/socketAdmission.js'
import { checkOrigin } from '../../analyzer/model/sockets/socketOriginFix.js'

const what = '{name} lets pages of every site connect, and asks nobody who they are.'
const why =
  'CORS does not hold for WebSockets. Any page that a user visits can open a connection in the browser of that user, with the cookies and from the network of that user, and read and send whatever goes through it.'

export default defineRule({
  id: 'require-socket-origin-check',
  summary: 'Servers of sockets look at who connects, or at the site that the connection comes from.',
  category: 'sockets',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [cwe(1385), asvs('13.5.1'), owasp('WebSocket Security')],
  messages: {
    open: {
      what,
      why,
      how: 'Compare the origin with a list of yours in verifyClient, or authenticate each connection before anything is sent.',
    },
    polling: {
      what,
      why: `${why} The cors option keeps other sites from polling alone.`,
      how: 'Compare the origin with a list of yours in allowRequest, or authenticate each connection with io.use.',
    },
  },
  *check(model) {
    const open = admissions(model).filter(({ answer }) => answer === 'open')
    const gateways = open.filter(({ server }) => server.kind === 'gateway')
    for (const one of open) if (one.server.kind !== 'gateway') yield problem(model, one, [])
    const [first, ...rest] = [
      ...gateways.filter(({ confidence }) => confidence !== 'low'),
      ...gateways.filter(({ confidence }) => confidence === 'low'),
    ]
    if (first !== undefined) yield problem(model, first, rest)
  },
})

function problem(model: ProjectModel, { server, confidence, shown }: Admission, others: readonly Admission[]): Problem<'open' | 'polling'> {
  const takesOrigin = server.kind === 'ws' || server.kind === 'fastify' || (server.kind === 'gateway' && adapterOf(model) === 'ws')
  return {
    message: takesOrigin ? 'open' : 'polling',
    at: server.call.at,
    data: { name: server.name },
    confidence,
    related: [
      ...others.map((other) => affected(other.server.call.at, 'this gateway is open as well')),
      ...shown.slice(0, 3).map((at) => evidence(at, 'connections and messages are taken here')),
    ],
    ...(takesOrigin
      ? {
          fix: suggestion('Let pages of ALLOWED_ORIGINS connect alone', (editor) =>
            [server, ...others.map((other) => other.server)].forEach((one) => checkOrigin(editor, model, one)),
          ),
        }
      : {}),
  }
}

// A process that is asked to end answers the requests that are open.
import { affected, cwe, defineRule, evidence } from '../../analyzer/check/rule.js'
import { idiomTexts } from '../../analyzer/model/idioms.js'
import { lostSignals } from '../../analyzer/model/deployment/lostSignals.js'
import { shutdownFaults, type Shutdown } from '../../analyzer/model/operations/shutdown.js'
import { shutdownFix, startDirectly } from '../../analyzer/model/operations/shutdownFix.js'
import { listed } from '../../analyzer/model/words.js'

export default defineRule({
  id: 'require-graceful-shutdown',
  summary: 'On SIGTERM the server takes no more requests, and answers those that are open.',
  category: 'operations',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(404),
    { name: 'Node.js: server.close()', url: 'https://nodejs.org/api/http.html#serverclosecallback' },
    { name: 'Express: health checks and graceful shutdown', url: 'https://expressjs.com/en/advanced/healthcheck-graceful-shutdown.html' },
    { name: 'Kubernetes: termination', url: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination' },
  ],
  messages: {
    missing: {
      what: 'Nothing listens for SIGTERM, so each deployment cuts the open requests of {app}.',
      why: 'Platforms end a process with SIGTERM. Without a listener Node ends at once: open requests fail, transactions stay half done. As the first process of a container it ignores the signal instead, until it is killed.',
      how: 'Close the server when the signal comes: {close}.',
    },
    fails: {
      what: 'This {signal} listener calls close(), which an Express application does not have.',
      why: 'The call throws a TypeError in place of closing the server, and open requests are cut as without a listener.',
      how: 'Keep what `app.listen()` gives, and close that: `const server = app.listen(…)`, then `server.close()`.',
    },
    exits: {
      what: 'This {signal} listener {does}, and ends the process at once.',
      why: 'Requests that are open are cut, as without a listener.',
      how: 'Close the server first, and exit when it has: `server.close(() => process.exit(0))`, or `await app.close()`.',
    },
    stays: {
      what: 'This {signal} listener {does}, and the process goes on.',
      why: 'A listener takes the place of the end that Node would bring. The process serves on until the platform kills it, which cuts what is open then.',
      how: 'Close the server in it: `server.close()`, or `await app.close()`. The process ends when nothing is left to do.',
    },
    interrupt: {
      what: 'The server is closed on SIGINT alone, and platforms send SIGTERM.',
      why: 'SIGINT is the Ctrl+C of a terminal. Container platforms and process managers send SIGTERM, on which the process ends at once and open requests are cut.',
      how: 'Listen for SIGTERM in the same way.',
    },
    hooks: {
      what: 'These shutdown hooks leave out SIGTERM, which platforms send.',
      why: 'On SIGTERM the process ends at once: open requests are cut, and no hook such as onModuleDestroy runs.',
      how: 'Call `enableShutdownHooks()` without a list, or add SIGTERM to it.',
    },
    unheard: {
      what: 'In this image SIGTERM goes to {by}, and the server never hears of it.',
      why: '{taker} Open requests are cut, and what listens for the signal never runs.',
      how: 'Start Node itself: `CMD ["node", …]`; a shell hands over with `exec node …`.',
    },
  },
  *check(model) {
    for (const { shutdown, fault, at } of shutdownFaults(model))
      yield {
        message: fault,
        at,
        data: dataOf(shutdown),
        confidence: shutdown.confidence,
        related: [
          ...shutdown.listeners.slice(1).map((one) => affected(one.at, 'and so does this one')),
          shutdown.listeners.length === 0
            ? evidence(shutdown.app.at, `${shutdown.app.name} is made here`)
            : evidence(shutdown.at, 'it listens here'),
        ],
        fix: shutdownFix(model, shutdown),
      }
    for (const lost of lostSignals(model))
      yield {
        message: 'unheard',
        at: lost.at,
        data: { by: lost.by, taker: lost.by === 'the shell' ? shellTaker : npmTaker },
        // Whoever starts the container may give another command.
        confidence: 'medium',
        related: lost.listeners.slice(0, 3).map((one) => evidence(one.at, 'this waits for the signal')),
        fix: startDirectly(lost),
      }
  },
})

const npmTaker =
  'It runs the script in a shell, which ends by the signal without passing it on; then the container ends with all that is in it.'
const shellTaker = 'As the first process of a container the shell neither ends nor passes it on, until the platform kills everything.'

function dataOf({ app, listeners: [first] }: Shutdown): Readonly<Record<string, string>> {
  const texts = { ...idiomTexts(app), app: app.name }
  if (first === undefined || !('signal' in first)) return texts
  if (first.isHasty) return { ...texts, signal: first.signal ?? 'signal', does: 'does not wait until the server is closed' }
  const does = first.closed.length === 0 ? 'closes nothing' : `closes ${listed(first.closed)}, not the server`
  return { ...texts, signal: first.signal ?? 'signal', does }
}

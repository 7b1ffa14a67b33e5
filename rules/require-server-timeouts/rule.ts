// A server gives up on requests that do not arrive.
import { cwe, defineRule } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import type { App } from '../../analyzer/model/model.js'
import { isMadeByCommandLine } from '../../analyzer/model/operations/processes.js'
import { switchedOff, unboundedFastify, type TimeoutName } from '../../analyzer/model/operations/serverTimeouts.js'

/** Node's own times, but for the request, of which a minute is enough. */
const times: Readonly<Record<TimeoutName, string | null>> = {
  requestTimeout: '60_000',
  headersTimeout: '60_000',
  keepAliveTimeout: '5_000',
  setTimeout: null,
}

export default defineRule({
  id: 'require-server-timeouts',
  summary: 'The server gives up on requests that do not arrive in time.',
  category: 'operations',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(400),
    { name: 'Node.js: server.requestTimeout', url: 'https://nodejs.org/api/http.html#serverrequesttimeout' },
    { name: 'Fastify: requestTimeout', url: 'https://fastify.dev/docs/latest/Reference/Server/#requesttimeout' },
  ],
  messages: {
    off: {
      what: '{name} is switched off: {what}.',
      why: 'A client that sends a byte now and then, or nothing at all, keeps its connection for as long as it likes. Some thousands of them leave none for others.',
      how: "Leave Node's own time, or set one that fits the slowest honest request.",
    },
    fastify: {
      what: 'Fastify waits for requests of {app} for ever: requestTimeout is off unless it is set.',
      why: "Fastify switches Node's limit of five minutes off. A client that sends a body a byte at a time keeps its connection for as long as it likes, and some thousands of them leave none for others.",
      how: 'Set requestTimeout in {where}. Below `http` it has no effect.',
    },
  },
  *check(model) {
    for (const { at, name, valueAt } of switchedOff(model)) {
      const time = times[name]
      const fix = suggestion(`Set ${name} to ${(time ?? '').replace('_000', '')} seconds`, (editor) =>
        editor.replace(valueAt ?? at, time ?? ''),
      )
      const isNoted = valueAt !== null && time !== null
      yield {
        message: 'off',
        at,
        data: { name: name === 'setTimeout' ? 'The time after which idle connections end' : name, what: meanings[name] },
        confidence: name === 'setTimeout' ? 'medium' : 'high',
        fix: isNoted ? fix : null,
      }
    }
    for (const { app, at, confidence } of unboundedFastify(model))
      yield {
        message: 'fastify',
        at,
        data: { app: app.name, where: optionsOf(app) },
        confidence,
        fix: isMadeByCommandLine(app)
          ? null
          : suggestion('Give requests 60 seconds to arrive', (editor) => editor.setProperty(at, 'requestTimeout', '60_000')),
      }
  },
})

function optionsOf(app: App): string {
  if (isMadeByCommandLine(app)) return 'the `options` that the file exports, and start it with `--options`'
  return `the options of ${app.framework === 'nest' ? 'FastifyAdapter' : 'Fastify'}`
}

const meanings: Readonly<Record<TimeoutName, string>> = {
  requestTimeout: 'a request may take for ever to arrive',
  headersTimeout: 'headers may take for ever to arrive',
  keepAliveTimeout: 'idle connections stay open',
  setTimeout: 'they stay open',
}

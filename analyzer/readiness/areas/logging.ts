// What is written down, and what must not be.
import { loggingGap } from '../../model/logging/appLogging.js'
import { logCalls } from '../../model/logging/logCalls.js'
import { mayLogRequests } from '../../model/logging/nestRequestLogs.js'
import { oncePerPlace } from '../../model/productionCalls.js'
import { sameLocation } from '../../text/location.js'
import type { Finding } from '../../check/finding.js'
import type { Context, ControlDefinition, Judgement, Shown } from '../control.js'
import { coverage } from '../coverage.js'
import { unlessFound } from '../fromFindings.js'
import { eachApp } from './places.js'

export const logging: readonly ControlDefinition[] = [
  {
    id: 'structured-logger',
    area: 'logging',
    title: 'The server writes a structured log',
    weight: 2,
    rules: ['require-structured-logging'],
    concerns: (context, finding) => !speaksOfRequests(context, finding),
    judge: (context) => context.apps.map((app) => logger(context, app)),
  },
  {
    id: 'request-log',
    area: 'logging',
    title: 'Each request leaves a line',
    weight: 1,
    rules: ['require-structured-logging'],
    judge: (context) =>
      context.apps.map((app) => {
        const judgement = coverage(context, app, { capability: 'logging', noun: 'request logging' })
        if (judgement.status !== 'missing') return judgement
        const shown = [{ at: app.at, note: app.name }]
        if (app.framework === 'fastify' && loggingGap(context.model, app) === null)
          return { status: 'in-place', text: 'Fastify’s logger writes a line for each request.', shown, app }
        return app.framework === 'nest' && mayLogRequests(context.model)
          ? { status: 'in-place', text: 'A module or an interceptor writes a line for each request.', shown, app }
          : judgement
      }),
  },
  {
    id: 'no-sensitive-logs',
    area: 'logging',
    title: 'Logs hold no passwords, tokens or whole requests',
    weight: 3,
    rules: ['no-sensitive-logging'],
    judge: (context) =>
      unlessFound(context, ['no-sensitive-logging'], { text: 'No log call was found that writes them.', shown: logPlaces(context) }),
  },
  {
    id: 'no-forged-lines',
    area: 'logging',
    title: 'Requests cannot forge lines of the log',
    weight: 1,
    rules: ['no-log-injection'],
    judge: (context) =>
      unlessFound(context, ['no-log-injection'], {
        text: 'No log call was found that writes request text as it is.',
        shown: logPlaces(context),
      }),
  },
  {
    id: 'no-console',
    area: 'logging',
    title: 'Server code logs through the logger and not the console',
    weight: 1,
    rules: ['no-console'],
    judge: (context) =>
      unlessFound(context, ['no-console'], { text: 'No call of console was found in server code.', shown: eachApp(context) }),
  },
  {
    id: 'log-rotation',
    area: 'logging',
    title: 'Log files do not grow for ever',
    weight: 1,
    rules: ['require-log-rotation'],
    judge: (context) => unlessFound(context, ['require-log-rotation'], { text: 'No log file was found that only grows.', shown: [] }),
  },
]

/** There is a logger, and no line for each request. */
function speaksOfRequests({ model }: Context, { at }: Finding): boolean {
  return model.apps.some((app) => {
    const gap = loggingGap(model, app)
    return gap?.gap === 'requests' && sameLocation(gap.at, at)
  })
}

function logger(context: Context, app: Context['apps'][number]): Judgement {
  const gap = loggingGap(context.model, app)
  if (app.framework === 'nest') {
    const calls = logPlaces(context)
    return calls.length > 0
      ? { status: 'in-place', text: 'A logger is used.', shown: calls, app }
      : { status: 'not-judged', text: 'Nest writes its own log; whether it is structured is not looked at.', shown: [], app }
  }
  if (gap === null || gap.gap === 'requests') {
    const calls = logPlaces(context)
    return { status: 'in-place', text: 'A logger is used.', shown: calls.length > 0 ? calls : [{ at: app.at, note: app.name }], app }
  }
  const text = gap.gap === 'none' ? 'No logger was found.' : 'The logger is off in production.'
  return { status: 'missing', text, shown: [{ at: gap.at, note: app.name }], app }
}

/** A few calls of loggers other than the console. */
function logPlaces({ model }: Context): readonly Shown[] {
  const calls = oncePerPlace(
    logCalls(model).flatMap(({ how, record }) => (how !== 'console' && model.productionFiles.has(record.at.file) ? [record] : [])),
  )
  return calls.slice(0, 3).map(({ at }) => ({ at, note: `one of ${calls.length} log calls` }))
}

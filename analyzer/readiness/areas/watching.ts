// What watches a server: errors that are collected, figures, requests that can be told apart, logins that leave a line.
import { fastifyLogging } from '../../model/logging/fastifyLogger.js'
import { loginLines } from '../../model/operations/authEventLogs.js'
import { type Watch, watchPlaces } from '../../model/operations/watchers.js'
import { routeName } from '../../model/routePlaces.js'
import type { Context, ControlDefinition, Judgement, Shown } from '../control.js'
import { againstIt, withheld } from '../fromFindings.js'
import { eachApp } from './places.js'

export const watching: readonly ControlDefinition[] = [
  {
    id: 'error-tracking',
    area: 'errors',
    title: 'Errors are collected where somebody sees them',
    weight: 1,
    rules: ['require-error-tracking'],
    judge: (context) => watched(context, 'require-error-tracking', 'errors', 'A package collects them.'),
  },
  {
    id: 'metrics',
    area: 'operations',
    title: 'Requests, errors and times are counted',
    weight: 1,
    rules: ['require-metrics'],
    judge: (context) => watched(context, 'require-metrics', 'metrics', 'Something counts them.'),
  },
  {
    id: 'request-ids',
    area: 'logging',
    title: 'Lines of the log say to which request they belong',
    weight: 1,
    rules: ['require-request-id'],
    judge: (context) => watched(context, 'require-request-id', 'requests', 'Requests get an id.'),
  },
  {
    id: 'login-log',
    area: 'logging',
    title: 'Logins leave a line in the log',
    weight: 1,
    rules: ['require-auth-event-logging'],
    judge: logins,
  },
]

/** A package that is there and of which no call was found may do its work, and is shown nowhere. */
function watched(context: Context, rule: string, watch: Watch, text: string): readonly Judgement[] {
  const { model } = context
  const apps = context.apps.filter(({ kind }) => kind === 'server')
  if (apps.length === 0) return [{ status: 'not-applicable', text: 'No process of its own.', shown: [], app: null }]
  const found = missing(context, rule)
  if (found !== null) return found
  return apps.map((app): Judgement => {
    // Its numbers stand in the lines of its own logger, which is off unless it is asked for.
    if (watch === 'requests' && app.framework === 'fastify' && fastifyLogging(app) !== 'off')
      return { status: 'in-place', text: 'Fastify numbers its requests.', shown: [{ at: app.at, note: app.name }], app }
    const shown = watchPlaces(model, app, watch).slice(0, 3)
    return shown.length > 0
      ? { status: 'in-place', text, shown: shown.map((at) => ({ at, note: 'sees to it' })), app }
      : { status: 'not-known', text: 'Nothing was seen in the code that sees to it.', shown: [{ at: app.at, note: app.name }], app }
  })
}

function logins(context: Context): readonly Judgement[] {
  const found = missing(context, 'require-auth-event-logging')
  if (found !== null) return found
  const lines = context.apps.flatMap((app) => loginLines(context.model, app))
  if (lines.length === 0) return [{ status: 'not-applicable', text: 'No route takes passwords.', shown: [], app: null }]
  return lines.map(({ route, at }): Judgement => {
    const shown: Shown = { at: at ?? route.at, note: routeName(route) }
    const text = at === null ? `No line was seen that ${routeName(route)} leaves.` : `${routeName(route)} leaves one.`
    return { status: at === null ? 'not-known' : 'in-place', text, shown: [shown], app: route.app }
  })
}

/** What the rule found, or why it cannot say; null where it found nothing. There is nothing between having it and not. */
function missing(context: Context, rule: string): readonly Judgement[] | null {
  const found = againstIt(context, [rule])
  if (found.length > 0) return found.map((one) => (one.status === 'partly' ? { ...one, status: 'missing' } : one))
  const doubt = withheld(context, [rule])
  return doubt === null ? null : [{ ...doubt, shown: doubt.shown.length > 0 ? doubt.shown : eachApp(context) }]
}

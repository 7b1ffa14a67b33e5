// Servers beside the real one: a wizard that closes before the application starts, a port for probes and metrics, a page of API documentation.
import type { CallRecord, Value } from '../link/value.js'
import { effectsOf } from './effects.js'
import type { App, Confidence, ProjectModel } from './model.js'
import { callsThat } from './perPart.js'
import { isMonitorPath } from './probePaths.js'
import { routesOf } from './queries.js'
import { isProbesOnly } from './serving.js'

export type Auxiliary = 'temporary' | 'health' | 'documentation'

/** What an application is there for when it does not serve users; null for a real one. */
export function auxiliaryKind(model: ProjectModel, app: App): Auxiliary | null {
  if (isClosedByTheProgram(model, app)) return 'temporary'
  const routes = routesOf(model, app)
  if (
    routes.length > 0 &&
    app.scope.entries.every((entry) => entry.mounted === null) &&
    routes.every((route) => isMonitorPath(route.path) || isProbesOnly(model, [route]))
  )
    return 'health'
  const layers = app.scope.entries.flatMap((entry) => (entry.kind === 'layer' || entry.broughtBy !== undefined ? entry.handlers : []))
  const servesDocuments = layers.some((layer) => effectsOf(model, layer).some((effect) => effect.capability === 'docs'))
  return servesDocuments &&
    routes.every((route) => route.method === 'GET' && route.path.split('/').length <= 2) &&
    app.scope.entries.every((entry) => entry.mounted === null)
    ? 'documentation'
    : null
}

/** How sure a finding about something that an application lacks is: of a server beside the real one it hardly matters. */
export function confidenceFor(model: ProjectModel, app: App, confidence: Confidence): Confidence {
  return auxiliaryKind(model, app) === null ? confidence : 'low'
}

/** Closed while booting or by a request of its own: what a signal closes is a server that served until the end. */
function isClosedByTheProgram(model: ProjectModel, app: App): boolean {
  return closings(model).some(({ receiver }) => receiver !== null && isListenerOf(receiver, app))
}

const closings = callsThat(
  ({ callee, phase }) => callee.kind === 'member' && callee.name === 'close' && (phase === 'handler' || phase === 'boot'),
  { names: isClose, writes: isClose },
)

function isClose(name: string): boolean {
  return name === 'close'
}

function isListenerOf(value: Value, app: App): boolean {
  if (value.kind === 'choice') return value.options.some((option) => isListenerOf(option, app))
  if (value.kind === 'promise') return value.result !== null && isListenerOf(value.result, app)
  return value.kind === 'result' && listens(value.call, app)
}

function listens(call: CallRecord, app: App): boolean {
  return app.listeners.some((listener) => listener.at === call.at && listener.callee.kind === 'member' && listener.callee.name === 'listen')
}

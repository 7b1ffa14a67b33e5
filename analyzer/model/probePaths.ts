// Paths that platforms and monitors ask: one list of words, and three questions of different care.

/** Names that say nothing else. */
const names = 'health(?:z|[-_]?checks?)?|livez|liveness|readyz|readiness'
const likely = 'live|ready|ping|heartbeat|status|up|(?:is_?)?alive|is_?ready|monitor(?:ing)?'

// Probes stand at the root, or below what all paths of an API begin with.
const probe = new RegExp(`^(?:/(?:api|rest|internal|v\\d+))*/_?(?:(?:${names}|live|ready)(?:/|$)|(?:ping|metrics)/?$)`, 'i')
const status = /^\/_?(?:status|version|up|alive|is-?(?:alive|ready)|healthy|heartbeat|live|pulse)(?:\/|$)/i
const beside = new RegExp(`^/?(?:[\\w-]+/)?(?:${names}|health\\w*|live|ready|ping|alive|metrics|prometheus)/?$`, 'i')
const health = new RegExp(`(?:^|[/_-])(?:${names})/?$|/health(?:z|[-_]?checks?)?/|/_?(?:${likely})/?$`, 'i')

/** A path that is for probes, whatever stands behind it. */
export function isProbePath(path: string): boolean {
  return probe.test(path)
}

/** A path that is for probes where its handler tells of the process alone. */
export function isStatusPath(path: string): boolean {
  return status.test(path)
}

/** A path of a server that has none but such paths: one for monitors, beside the real server. */
export function isMonitorPath(path: string): boolean {
  return beside.test(path)
}

/** A path by which somebody may ask whether the server is well: enough not to miss such a route. */
export function isHealthPath(path: string): boolean {
  return health.test(path)
}

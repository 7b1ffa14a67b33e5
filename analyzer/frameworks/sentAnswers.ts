// What packages send for handlers that only return: a status, and the content as JSON.
import type { CallSite, Machine } from '../link/machine.js'
import type { Value } from '../link/value.js'

/** `response.status(…).json(…)` at the site; without content the answer is empty. */
export function sendJson(machine: Machine, site: CallSite, response: Value, status: Value, content: Value | undefined): void {
  const answered = machine.run.callMethod(machine, site, response, 'status', [status])
  const given = content === undefined ? [] : [content]
  machine.run.callMethod(machine, { ...site, argsAt: given.map(({ at }) => at) }, answered, 'json', given)
}

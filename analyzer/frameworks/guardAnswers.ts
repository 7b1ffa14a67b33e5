// Functions that decide by what they return: something true passes the request on, anything else refuses it.
import type { CallSite, Machine } from '../link/machine.js'
import type { Returned } from '../link/serving.js'
import { type Truth, truthOf } from '../link/truth.js'
import type { PathCondition, Value } from '../link/value.js'
import { literal, undefinedAt } from '../link/values.js'
import { parameterOf, recordNext } from './nestContext.js'

/** Records for each return that the request goes on, or is refused with the status. */
export function passOrRefuse(machine: Machine, site: CallSite, returns: readonly Returned[], status: number): void {
  const all = returns.length > 0 ? returns : [{ value: undefinedAt(site.at), guards: [], at: site.at }]
  for (const { value, guards, at } of all) {
    const settledValue = value.kind === 'promise' ? (value.result ?? value) : value
    const truth = settledValue.kind === 'promise' ? 'unknown' : truthOf(settledValue)
    under(machine, guards, () => {
      if (truth !== 'no') inCase(machine, { value: settledValue, holds: true }, truth, () => recordNext(machine, site, at))
      if (truth !== 'yes' && !isInherited(settledValue))
        inCase(machine, { value: settledValue, holds: false }, truth, () => refuse(machine, { ...site, at }, status))
    })
  }
}

/** Runs work under these conditions alone. */
export function under(machine: Machine, guards: Returned['guards'], work: () => void): void {
  const before = machine.guards.splice(0, machine.guards.length, ...guards)
  try {
    work()
  } finally {
    machine.guards.splice(0, machine.guards.length, ...before)
  }
}

function inCase(machine: Machine, { value, holds }: PathCondition, truth: Truth, work: () => void): void {
  if (truth !== 'unknown') work()
  else under(machine, [...machine.guards, { at: value.at, value, holds, kind: 'condition' }], work)
}

/** What the guard that it extends decides, that guard refuses. */
function isInherited(value: Value): boolean {
  return value.kind === 'result' && value.call.callee.kind === 'member' && value.call.callee.name === 'canActivate'
}

function refuse(machine: Machine, site: CallSite, status: number): void {
  const response = parameterOf(site.at, 'response', 'response')
  const answered = machine.run.callMethod(machine, site, response, 'status', [literal(site.at, status)])
  machine.run.callMethod(machine, site, answered, 'json', [literal(site.at, status === 401 ? 'Unauthorized' : 'Forbidden resource')])
}

// Handlers whose framework sends what they return: each return counts as a call of `send`.
import type { Frame, Machine } from './machine.js'
import { record } from './records.js'
import type { FunctionValue, Value } from './value.js'
import { memberValue } from './values.js'

/** Records `response.send(value)` for every value that the function returned, under the conditions of that return. */
export function recordReturned(
  machine: Machine,
  frame: Frame,
  fn: FunctionValue,
  parameters: readonly Value[],
  returns: Frame['returns'],
): void {
  const response = parameters.find((one) => one.kind === 'parameter' && one.role === 'response') ?? ownResponse(fn, parameters)
  for (const { value, guards, at } of returns) {
    if (isNothing(value) || isResponse(value)) continue
    const before = machine.guards
    machine.guards = [...guards]
    record(machine, frame, {
      at,
      callee: memberValue(at, response, 'send'),
      receiver: response,
      args: [value],
      argsAt: [value.at],
      isNew: false,
      isWrite: false,
      isAwaited: true,
    })
    machine.guards = before
  }
}

/** The response of a handler that does not name it. */
function ownResponse(fn: FunctionValue, parameters: readonly Value[]): Value {
  return { kind: 'parameter', at: fn.at, name: 'reply', index: parameters.length, role: 'response', type: null, fn: fn.at }
}

function isNothing(value: Value): boolean {
  if (value.kind === 'literal') return value.value === undefined
  if (value.kind === 'promise') return value.result === null || isNothing(value.result)
  return value.kind === 'choice' && value.options.every((one) => isNothing(one) || isResponse(one))
}

/** `return reply`, `return reply.code(404).send(…)`: what is sent was sent there. */
function isResponse(value: Value): boolean {
  if (value.kind === 'promise') return value.result !== null && isResponse(value.result)
  if (value.kind === 'parameter') return value.role === 'response'
  return value.kind === 'result' && value.call.receiver !== null && isResponse(value.call.receiver)
}

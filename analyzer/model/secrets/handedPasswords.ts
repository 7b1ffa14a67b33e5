// Passwords that functions are given by name: whether they are what somebody typed, the handlers that lead there say.
import type { FunctionValue, ParameterValue, Value } from '../../link/value.js'
import type { FunctionPlace, Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { givenIn, inputsWithin } from '../input/inputsWithin.js'
import { ownHandlers } from '../input/routeHandlers.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'
import { possibleValues } from '../values.js'
import { isPasswordName } from './secretNames.js'

/** `password`, `dto.password` of a parameter, as it is. */
export function isHandedPassword(value: Value): boolean {
  const set = possibleValues(value).filter((one) => one.kind !== 'literal')
  return (
    set.length > 0 &&
    set.every((one) => (one.kind === 'member' || one.kind === 'parameter') && isPasswordName(one.name) && parameterOf(one) !== null)
  )
}

/** Where a handler leads here with a password of a body that nothing made anything else of: the call that hands it on last. null where none does. */
export function handedFrom(model: ProjectModel, values: readonly Value[]): Location | null {
  const functions = new Set(
    values
      .flatMap((value) => possibleValues(value))
      .flatMap((value) => parameterOf(value) ?? [])
      .map(({ fn }) => keyOf(fn)),
  )
  for (const fn of handlersOf(model)) {
    const { summary, records } = conductOf(model, fn)
    const last = summary.deliveries?.filter(({ callee }) => functions.has(keyOf({ file: callee.source.file, fn: callee.facts.id }))) ?? []
    if (last.length === 0) continue
    const calls = records.filter(({ args }) => args.some((arg) => values.includes(arg)))
    for (const delivery of last) {
      const given = givenIn({ deliveries: [...(summary.deliveries ?? []).filter((one) => one === delivery || !last.includes(one))] })
      const inputs = (calls.length === 0 ? [null] : calls).flatMap((record) =>
        values.flatMap((value) => inputsWithin(value, { given, record, seen: new Set() })),
      )
      if (inputs.some(({ part, field }) => part === 'body' && field !== null && isPasswordName(field))) return delivery.at
    }
  }
  return null
}

function keyOf({ file, fn }: FunctionPlace): string {
  return `${file}#${fn}`
}

const handlersOf = recordedOnce((model: ProjectModel): readonly FunctionValue[] => [
  ...new Set(model.routes.flatMap((route) => ownHandlers(route))),
])

function parameterOf(value: Value): ParameterValue | null {
  let root = value
  while (root.kind === 'member') root = root.object
  return root.kind === 'parameter' && root.role === 'unknown' ? root : null
}

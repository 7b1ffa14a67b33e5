// Reading names: variables, imports, what Node gives every module, globals.
import type { Location } from '../text/location.js'
import { type Environment, holderOf, moduleOf } from './environment.js'
import { type Frame, type Machine, ROOT } from './machine.js'
import { readModuleName } from './moduleExports.js'
import type { Value } from './value.js'
import { arrayValue, globalValue, literal, undefinedAt } from './values.js'

export function readName(machine: Machine, frame: Frame, environment: Environment, name: string, at: Location): Value {
  const holder = holderOf(environment, name)
  if (holder !== null) return holder.variables.get(name) ?? undefinedAt(at)
  const file = moduleOf(environment)
  switch (name) {
    case '__dirname':
      return literal(at, file.includes('/') ? `${ROOT}/${file.slice(0, file.lastIndexOf('/'))}` : ROOT)
    case '__filename':
      return literal(at, `${ROOT}/${file}`)
    case 'arguments':
      return arrayValue(at, [...frame.args], frame.args.length === 0)
    case 'NaN':
      return literal(at, Number.NaN)
    case 'Infinity':
      return literal(at, Number.POSITIVE_INFINITY)
    case 'global':
    case 'globalThis':
      return globalValue(at, 'globalThis')
    default:
      return readModuleName(machine, { at, frame, argsAt: [], isAwaited: false }, file, name)
  }
}

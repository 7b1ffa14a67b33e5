// What helmet is told about one header, wherever it is called.
import type { CallRecord, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { packageOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { productionCalls } from '../productionCalls.js'
import { helmetOptionsFor, helmetPackages, isWholeHelmet } from './helmetOptions.js'
import { possibleValues, property } from '../values.js'

export interface HelmetSetting {
  readonly call: CallRecord
  /** The object that holds the option; null where a part of helmet was called by itself: `helmet.hsts({ … })`. */
  readonly holder: Value | null
  /** The option's name as written. '' for a part that was called by itself. */
  readonly option: string
  readonly value: Value
}

/** Calls of helmet itself, in production. */
export function helmetCalls(model: ProjectModel): readonly CallRecord[] {
  return productionCalls(model, callsToHelmet(model)).filter((call) => isWholeHelmet(packageOf(call.callee)?.path ?? ['?']))
}

/** Options for a header (lower-case name) in calls of helmet, and arguments of the part of helmet that sets it. */
export function helmetSettings(model: ProjectModel, header: string): readonly HelmetSetting[] {
  const inWhole = helmetCalls(model).flatMap((call) =>
    possibleValues(call.args[0] ?? null).flatMap((holder) =>
      helmetOptionsFor(model, call, header).flatMap((option): HelmetSetting[] => {
        const value = holder.kind === 'object' ? property(holder, option) : null
        return value === null ? [] : [{ call, holder, option, value }]
      }),
    ),
  )
  const parts = productionCalls(model, callsToHelmet(model)).flatMap((call): HelmetSetting[] => {
    const path = packageOf(call.callee)?.path ?? []
    const value = call.args[0]
    return path.length === 1 && helmetOptionsFor(model, call, header).includes(path[0] ?? '') && value !== undefined
      ? [{ call, holder: null, option: '', value }]
      : []
  })
  return [...inWhole, ...parts]
}

function callsToHelmet(model: ProjectModel): readonly CallRecord[] {
  return helmetPackages.flatMap((name) => callsTo(model, name))
}

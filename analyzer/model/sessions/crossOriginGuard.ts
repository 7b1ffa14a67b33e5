// Nest's own protection against forged requests (domain fact G13).
import type { CallRecord } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { App, ProjectModel } from '../model.js'
import { callsThat } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { oneOf } from '../sorted.js'
import { isTrue, possibleValues, property } from '../values.js'
import { versionOf } from '../versions.js'

export interface CrossOriginGuard {
  readonly call: CallRecord
  /** False where it excludes every request. */
  readonly isOn: boolean
}

/** `app.enableCsrfProtection(…)` of an application that production makes; null where it is not called. */
export function crossOriginGuard(model: ProjectModel, app: App): CrossOriginGuard | null {
  const call = guardCalls(model).find(
    (one) => isInProduction(model, one) && one.receiver?.kind === 'scope' && one.receiver.scope === app.scope,
  )
  return call === undefined ? null : { call, isOn: !excludesAll(model, call) }
}

/** Whether the installed Nest has the method. */
export function hasCrossOriginGuard(model: ProjectModel, app: App): boolean {
  const version = app.framework === 'nest' ? versionOf(model, app.at.file, '@nestjs/core') : null
  return version !== null && (version.major > 12 || (version.major === 12 && version.minor >= 1))
}

const guardCalls = callsThat(({ callee, isWrite }) => !isWrite && callee.kind === 'member' && callee.name === 'enableCsrfProtection', {
  names: oneOf(['enableCsrfProtection']),
})

function excludesAll(model: ProjectModel, call: CallRecord): boolean {
  const exclude = possibleValues(property(call.args[0] ?? null, 'exclude'))
  return (
    exclude.length > 0 &&
    exclude.every((one) => {
      if (one.kind !== 'function') return false
      const { returns } = conductOf(model, one).summary
      return returns.length > 0 && returns.every(({ value }) => isTrue(value) === 'yes')
    })
  )
}

// Variables of a project's own that name where it is deployed, `APP_ENV` beside `NODE_ENV`.
import type { Location } from '../text/location.js'
import { stageOfWord } from './deploymentNames.js'
import type { Machine } from './machine.js'
import type { Value } from './value.js'
import { literal } from './values.js'

/**
 * What `APP_ENV === 'prod'` comes to where NODE_ENV is taken to be production: such a variable says the same in words of its own, and nobody
 * knows whether they are `prod`, `production` or `live`, so that each of them is what it equals. null where the comparison is about something else.
 */
export function stageEquals(machine: Machine, at: Location, left: Value, right: Value): Value | null {
  if (machine.world.settings.environment['NODE_ENV'] !== 'production') return null
  const holds = isStage(left) ? isProductionWord(right) : isStage(right) ? isProductionWord(left) : null
  if (holds === null) return null
  const value = literal(at, holds)
  machine.assumed.add(value)
  return value
}

/** The same for operators that ask for equality, or for its opposite. */
export function comparedStage(machine: Machine, at: Location, operator: string, left: Value, right: Value): Value | null {
  if (!/^[!=]==?$/.test(operator)) return null
  const equal = stageEquals(machine, at, left, right)
  if (equal?.kind !== 'literal' || operator.startsWith('=')) return equal
  const value = literal(at, !equal.value)
  machine.assumed.add(value)
  return value
}

const stageName = /^(?:[A-Z\d]+_)*(?:ENV|ENVIRONMENT|STAGE)$/

/** The variable itself, or what stands in for it where nobody sets it: production does. */
function isStage(value: Value): boolean {
  if (value.kind === 'environment') return stageName.test(value.name)
  if (value.kind !== 'choice' || !/^(?:\|\||\?\?|join)$/.test(value.operator)) return false
  const open = value.options.filter((option) => option.kind !== 'literal')
  return open.length > 0 && open.every(isStage)
}

function isProductionWord(value: Value): boolean | null {
  if (value.kind !== 'literal' || typeof value.value !== 'string') return null
  const stage = stageOfWord(value.value)
  return stage === null ? null : stage === 'production'
}

// The names of models that an ORM made, by which folders of models are put together: `db[model.name] = model`.
import type { Location } from '../text/location.js'
import type { ResultValue, Value } from './value.js'
import { literal } from './values.js'

/** `sequelize.define('User', …).name`, `mongoose.model('User', …).modelName`; null for every other member. */
export function modelName(at: Location, { call: { callee, args } }: ResultValue, member: string): Value | null {
  const maker = member === 'name' ? 'define' : member === 'modelName' ? 'model' : null
  const [name] = args
  const called = callee.kind === 'member' ? callee.name : callee.kind === 'package' ? callee.path.at(-1) : undefined
  if (maker === null || called !== maker || args.length < 2) return null
  return name?.kind === 'literal' && typeof name.value === 'string' ? literal(at, name.value) : null
}

// Variables of the environment that a schema makes numbers of.
import type { Value } from '../../link/value.js'
import { environmentSchemas } from '../secrets/environmentSchemas.js'
import type { ProjectModel } from '../model.js'
import { methodName, originOf } from '../origins.js'
import { property, stringsOf } from '../values.js'

/** True where a schema reads the variable as a number: `{ type: 'number' }`, `Type.Number()`, `z.coerce.number()`, `Joi.number()`, `num()`. */
export function isNumberVariable(model: ProjectModel, name: string): boolean {
  return environmentSchemas(model).some(({ keys }) => keys?.some((key) => key.name === name && isNumber(key.rule)) === true)
}

function isNumber(rule: Value, depth = 0): boolean {
  if (depth > 12) return false
  if (rule.kind === 'object') {
    const type = property(rule, 'type')
    const types = type?.kind === 'array' ? type.elements.flatMap(stringsOf) : stringsOf(type)
    return types.some((one) => one === 'number' || one === 'integer')
  }
  if (rule.kind === 'member') return isNumber(rule.object, depth + 1)
  if (rule.kind !== 'result') return false
  const { callee, args } = rule.call
  const called = methodName(callee) ?? originOf(callee)?.path.at(-1) ?? ''
  if (/^(?:number|integer|int|num|port|asIntPositive|asInt|asPortNumber)$/i.test(called)) return true
  // `Type.Optional(Type.Number())`, and chains: `z.coerce.number().default(100)`.
  return isNumber(callee, depth + 1) || (/^optional$/i.test(called) && args[0] !== undefined && isNumber(args[0], depth + 1))
}

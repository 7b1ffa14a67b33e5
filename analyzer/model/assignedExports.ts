// What a CommonJS module gives away, by what is assigned at its top.
import type { Expression, SourceFacts } from '../extract/facts.js'

/** `module.exports = f`, `module.exports = { f }`, `module.exports.f = …`, `exports.f = …`; `default` stands for the whole. */
export function assignedExports(facts: SourceFacts): readonly { readonly exported: string; readonly value: Expression }[] {
  return (facts.functions['']?.body ?? []).flatMap((statement) => {
    if (statement[0] !== 'expression' || statement[2][0] !== 'assign' || statement[2][2] !== '=') return []
    const [, , , target, value] = statement[2]
    if (target[0] !== 'member') return []
    const [, , object, name] = target
    if (isWhole(object)) return [{ exported: name, value }]
    if (name !== 'exports' || object[0] !== 'name' || object[2] !== 'module') return []
    if (value[0] !== 'object') return [{ exported: 'default', value }]
    return value[2].flatMap((property) =>
      property.kind === 'property' && typeof property.key === 'string' ? [{ exported: property.key, value: property.value }] : [],
    )
  })
}

/** `exports` or `module.exports`. */
function isWhole(object: Expression): boolean {
  if (object[0] === 'name') return object[2] === 'exports'
  return object[0] === 'member' && object[3] === 'exports' && object[2][0] === 'name' && object[2][2] === 'module'
}

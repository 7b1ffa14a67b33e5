// Values that are the body of a request as a whole, or hold all of it.
import type { MemberValue, ObjectValue, Value } from '../../link/value.js'
import { isRequest, requestPartsIn } from '../requests.js'
import { isRight } from '../tokens/trustedClaims.js'

/**
 * The body of a request where the value is all of it, alone or with properties beside it: `req.body`, `{ ...req.body, owner }`.
 * null for parts of it, for what a function made of it, and where properties were left out (`const { role, ...rest } = req.body`) or a right is the server's
 * to give (`{ ...req.body, role: 'member' }`).
 */
function wholeBody(value: Value | null | undefined, depth = 0): MemberValue | null {
  if (value === null || value === undefined || depth > 6) return null
  switch (value.kind) {
    case 'member':
      return value.name === 'body' && isRequest(value.object) ? value : null
    case 'promise':
      return wholeBody(value.result, depth + 1)
    case 'choice':
      return value.options.map((option) => wholeBody(option, depth + 1)).find((one) => one !== null) ?? null
    case 'object': {
      const leavesOut = [...value.properties.values()].some((one) => one.kind === 'literal' && one.value === undefined)
      return leavesOut || decidesRights(value) ? null : wholeBody(value.properties.get('...'), depth + 1)
    }
    default:
      return null
  }
}

/** True where a right stands behind the body, so that it takes its place, and is not what the body said: a condition decides of that. */
function decidesRights({ properties }: ObjectValue): boolean {
  const names = [...properties.keys()]
  return names.slice(names.indexOf('...') + 1).some((name) => {
    const value = properties.get(name) ?? null
    if (value === null || !isRight(name)) return false
    return (value.kind === 'choice' && value.operator === '?:') || requestPartsIn(value).every(({ part }) => part !== 'body')
  })
}

/** As `wholeBody`, also below the keys under which stores take what is to be written: `{ data: req.body }`, `{ $set: req.body }`. */
export function writtenBody(value: Value): MemberValue | null {
  const own = wholeBody(value)
  if (own !== null || value.kind !== 'object') return own
  for (const key of DATA_KEYS) {
    const found = wholeBody(value.properties.get(key))
    if (found !== null) return found
  }
  return null
}

const DATA_KEYS = ['data', '$set', '$setOnInsert', 'create', 'update', 'values', 'doc']

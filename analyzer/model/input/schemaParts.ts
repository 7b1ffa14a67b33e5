// What a schema of a Fastify route looks at.
import type { Value } from '../../link/value.js'
import type { Input } from './inputsWithin.js'
import { hasProperty } from '../values.js'

/** True where it certainly says nothing of the part. */
export function leavesOut(schema: Value | null, part: Input['part']): boolean {
  const names = part === 'query' ? ['querystring', 'query'] : [part]
  return names.every((name) => hasProperty(schema, name) === 'no')
}

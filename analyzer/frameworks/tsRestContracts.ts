// Contracts of ts-rest as they are written: what its builders give back.
import type { CallSite } from '../link/machine.js'
import type { CallRecord, ObjectValue, Value } from '../link/value.js'
import { literal, objectValue } from '../link/values.js'
import { propertyOf } from './nestValues.js'

/** `c.router(…)`, `c.query(…)` and `s.router(…)` give what they are given; a prefix is put in front of paths. null for any other call. */
export function answerContract(site: CallSite, { callee, args }: CallRecord): Value | null {
  if (callee.kind !== 'member' || callee.object.kind !== 'result') return null
  const maker = callee.object.call.callee
  if (maker.kind !== 'package') return null
  const [first, second] = args
  if (maker.package === '@ts-rest/express' && maker.path.at(-1) === 'initServer')
    return callee.name === 'router' || callee.name === 'route' ? (second ?? null) : null
  if (maker.package !== '@ts-rest/core' || maker.path.at(-1) !== 'initContract') return null
  if (callee.name === 'query' || callee.name === 'mutation' || callee.name === 'responses') return first ?? null
  if (callee.name !== 'router' || first?.kind !== 'object') return null
  const prefix = propertyOf(second, 'pathPrefix')
  return prefix === undefined ? first : prefixed(site, first, prefix, 0)
}

function prefixed(site: CallSite, router: ObjectValue, prefix: Value, depth: number): ObjectValue {
  const made = objectValue(router.at)
  made.isOpen = router.isOpen
  for (const [name, value] of router.properties) {
    const written = router.writtenAt.get(name)
    if (written !== undefined) made.writtenAt.set(name, written)
    made.properties.set(name, value.kind === 'object' && depth < 8 ? withPrefix(site, value, prefix, depth) : value)
  }
  return made
}

function withPrefix(site: CallSite, value: ObjectValue, prefix: Value, depth: number): ObjectValue {
  const path = value.properties.get('path')
  if (path === undefined || !value.properties.has('method')) return prefixed(site, value, prefix, depth + 1)
  const made = objectValue(value.at)
  for (const [name, property] of value.properties) made.properties.set(name, property)
  made.properties.set('path', joined(path, prefix))
  return made
}

function joined(path: Value, prefix: Value): Value {
  if (path.kind === 'literal' && prefix.kind === 'literal') return literal(path.at, `${String(prefix.value)}${String(path.value)}`)
  return { kind: 'template', at: path.at, parts: [prefix, path] }
}

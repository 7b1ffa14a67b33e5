// What @Throttle and @SkipThrottle say of one throttler of the module (domain fact C28).
import type { Value } from '../link/value.js'
import { objectValue } from '../link/values.js'
import type { NestDecorator } from './nestDecorators.js'
import { propertyOf } from './nestValues.js'

/** What `@SkipThrottle` says of a throttler; null where it says nothing. Without an argument it speaks of the one named default. */
export function isSkipped(name: string, decorators: readonly NestDecorator[]): boolean | null {
  for (const one of decorators) {
    if (one.name !== 'SkipThrottle') continue
    const [options] = one.args
    if (options === undefined) {
      if (name === 'default') return true
      continue
    }
    const value = options.kind === 'literal' ? (name === 'default' ? options : undefined) : propertyOf(options, name)
    if (value?.kind === 'literal') return Boolean(value.value)
  }
  return null
}

/** The numbers that `@Throttle` gives; earlier versions take them as `(limit, ttl)`. */
export function override(name: string, decorators: readonly NestDecorator[]): Value | null {
  for (const one of decorators) {
    if (one.name !== 'Throttle') continue
    const [first, second] = one.args
    const changed = propertyOf(first, name)
    if (changed !== undefined) return changed
    if (first === undefined || first.kind === 'object' || name !== 'default') continue
    const options = objectValue(one.at)
    options.properties.set('limit', first)
    if (second !== undefined) options.properties.set('ttl', second)
    return options
  }
  return null
}

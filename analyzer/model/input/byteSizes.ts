// Sizes of bodies and files as options give them.
import type { Value } from '../../link/value.js'
import { valueWhenUnset } from '../defaults.js'
import { numberOf, stringOf } from '../values.js'

const MEGABYTE = 1024 * 1024
/** Above this a handful of requests at once fills the memory of a small server. */
export const LARGE_BODY = 10 * MEGABYTE

/** The number of bytes, as the package bytes reads texts: `1mb`, `100 kb`. Infinity is a number. null where it is not known. */
function bytesOf(value: Value | null): number | null {
  const number = numberOf(value)
  if (number !== null) return number
  const [, amount = '', unit = 'b'] = /^\s*([\d.]+)\s*(b|kb|mb|gb|tb|pb)?\s*$/i.exec(stringOf(value) ?? '') ?? []
  const factor = 1024 ** Math.max(0, ['b', 'kb', 'mb', 'gb', 'tb', 'pb'].indexOf(unit.toLowerCase()))
  return amount === '' ? null : Number(amount) * factor
}

/** The size that counts where nobody sets a variable of the environment, and the value that says so: `process.env.LIMIT || '50mb'`. */
export function sizeWhenUnset(value: Value | null): { readonly bytes: number | null; readonly value: Value | null } {
  const known = valueWhenUnset(value)
  return { bytes: bytesOf(known), value: known }
}

/** `50 MB`, `100 kB`. */
export function sizeText(bytes: number): string {
  if (bytes === Infinity) return 'any size'
  return bytes >= MEGABYTE ? `${Math.round(bytes / MEGABYTE)} MB` : `${Math.round(bytes / 1024)} kB`
}

// Which parts and fields of a request something checks.
import type { Input } from './inputsWithin.js'

/** `body.name` for a field, `body.*` for a part with all that is in it. */
export type Checked = 'all' | ReadonlySet<string>

export const EVERYTHING: Checked = 'all'
export const NOTHING: ReadonlySet<string> = new Set<string>()

/** What one of them checks. */
export function together(all: readonly Checked[]): Checked {
  const fields = new Set<string>()
  for (const one of all) {
    if (one === 'all') return EVERYTHING
    for (const field of one) fields.add(field)
  }
  return fields.size === 0 ? NOTHING : fields
}

/** A field that is computed may be any of those that are checked. */
export function covers(checked: Checked, { part, field }: Input): boolean {
  if (checked === 'all' || checked.has(`${part}.*`)) return true
  if (field === '*') return checksAnyOf(checked, part)
  return field !== null && checked.has(`${part}.${field}`)
}

export function checksAnyOf(checked: Checked, part: Input['part']): boolean {
  return checked === 'all' || [...checked].some((one) => one.startsWith(`${part}.`))
}

/** What a call checks that gets these: all of a part that it gets whole. */
export function checkedWith(inputs: readonly Input[]): Checked {
  if (inputs.length === 0) return NOTHING
  return inputs.some(({ field }) => field === '*') ? EVERYTHING : new Set(inputs.map(({ part, field }) => `${part}.${field ?? '*'}`))
}

// Places that controls without a place of their own point at.
import type { Context, Shown } from '../control.js'

/** Where each application is made. */
export function eachApp({ apps }: Context): readonly Shown[] {
  return apps.map(({ at, name }) => ({ at, note: `${name} is made here` }))
}

// A file of the project that is asked for inside a `try` and is not there: the code goes on in `catch`.
import type { Frame } from './machine.js'

/** Thrown by a require or an import, caught by the `try` around it in the same function. */
export class MissingModule extends Error {}

/**
 * Counts the `try` blocks around a place. Only those of the same function count: a file that is missing because it is generated
 * must not take away everything that a distant `try` holds. A frame is copied while it waits, its list of returns is not.
 */
const trying = new WeakMap<Frame['returns'], number>()

export function isTrying(frame: Frame): boolean {
  return (trying.get(frame.returns) ?? 0) > 0
}

/** Runs a block with a handler. null when a module was missing. */
export function tryBlock<Result>(frame: Frame, work: () => Result): Result | null {
  const depth = trying.get(frame.returns) ?? 0
  trying.set(frame.returns, depth + 1)
  try {
    return work()
  } catch (error) {
    if (error instanceof MissingModule) return null
    throw error
  } finally {
    trying.set(frame.returns, depth)
  }
}

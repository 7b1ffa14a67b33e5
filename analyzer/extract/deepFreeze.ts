// Facts are shared by everyone who computes from them, so nobody may change them; and they are kept for long, so they hold no more than they say.
import { sharedText } from './sharedTexts.js'

/**
 * Freezes a plain value with all that it holds, and gives it back. Texts in it become shared ones.
 * Measured on 14 MB of backend code: 0.15 s beside 2.3 s for parsing and extracting it, so it is always done.
 */
export function deepFreeze<T extends object>(value: T): T {
  // What many facts hold is frozen once.
  if (Object.isFrozen(value)) return value
  if (Array.isArray(value)) freezeItems(value)
  else
    for (const key in value) {
      const part = value[key]
      if (typeof part === 'string') value[key] = sharedText(part) as typeof part
      else if (typeof part === 'object' && part !== null) value[key] = frozenPart(part) as typeof part
    }
  return Object.freeze(value)
}

/** Lists of offsets hold numbers alone and are long: looking at the first one is enough. */
function freezeItems(items: unknown[]): void {
  if (typeof items[0] === 'number') return
  for (let index = 0; index < items.length; index++) {
    const part = items[index]
    if (typeof part === 'string') items[index] = sharedText(part)
    else if (typeof part === 'object' && part !== null) items[index] = frozenPart(part)
  }
}

/** Every tenth list has nothing in it. */
const NO_ITEMS: readonly never[] = Object.freeze([])

function frozenPart(part: object): object {
  return Array.isArray(part) && part.length === 0 ? NO_ITEMS : deepFreeze(part)
}

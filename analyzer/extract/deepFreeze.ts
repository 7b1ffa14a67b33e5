// Facts are shared by everyone who computes from them, so nobody may change them.

/**
 * Freezes a plain value with all that it holds, and gives it back.
 * Measured on 14 MB of backend code: 0.15 s beside 2.3 s for parsing and extracting it, so it is always done.
 */
export function deepFreeze<T extends object>(value: T): T {
  Object.freeze(value)
  if (Array.isArray(value)) freezeItems(value)
  else for (const key in value) freezePart(value[key])
  return value
}

/** Lists of offsets hold numbers alone and are long: looking at the first one is enough. */
function freezeItems(items: readonly unknown[]): void {
  if (typeof items[0] === 'number') return
  for (let index = 0; index < items.length; index++) freezePart(items[index])
}

function freezePart(part: unknown): void {
  if (typeof part === 'object' && part !== null) deepFreeze(part)
}

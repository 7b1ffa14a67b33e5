// Where two plain values first differ, for messages of comparisons.

/** The path to the first difference and both sides of it; '' when the values are equal. */
export function firstDifference(left: unknown, right: unknown, path = ''): string {
  if (Object.is(left, right)) return ''
  if (typeof left === 'object' && typeof right === 'object' && left !== null && right !== null) {
    const keys = new Set([...Object.keys(left), ...Object.keys(right)])
    for (const key of keys) {
      const found = firstDifference((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key], `${path}/${key}`)
      if (found !== '') return found
    }
    return ''
  }
  return `${path}: ${JSON.stringify(left)?.slice(0, 200)} ≠ ${JSON.stringify(right)?.slice(0, 200)}`
}

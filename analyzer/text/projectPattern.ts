// Regular expressions that stand in a project, for texts of our own.

/** The expression, without what depends on earlier matches; null for what does not compile, and for what might take for ever. */
export function projectPattern(pattern: string, flags: string): RegExp | null {
  if (/[+*}]\)[+*{]/.test(pattern) || pattern.length > 200) return null
  try {
    return new RegExp(pattern, flags.replaceAll(/[gy]/g, ''))
  } catch {
    return null
  }
}

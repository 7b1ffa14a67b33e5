// Makes a Content-Security-Policy stricter: the fixes.
import { suggestion, type Fix } from '../../fix/fix.js'
import { comesAfter } from '../../text/location.js'
import type { ContentPolicy } from './contentPolicies.js'
import type { UnsafeDirective } from './policyWeakness.js'
import { listed } from '../words.js'

/** Enforces what is only reported. */
export function enforcePolicy({ isText, at, reportOnlyAt, value }: ContentPolicy): Fix | null {
  if (isText || reportOnlyAt === value.at) return null
  return suggestion('Enforce the policy', (editor) => editor.removeOption(at, 'reportOnly'))
}

/** Takes the unsafe sources out of an array that is written as one. What inline scripts need in their place, a person decides. */
export function tightenDirective({ directive, unsafe }: UnsafeDirective): Fix | null {
  const { array, sources } = directive
  if (array === null) return null
  const kept = sources.filter((source) => !unsafe.includes(source))
  // A source that is written elsewhere has no text here that could be kept.
  if (kept.some(({ at }) => !comesAfter(at, array))) return null
  return suggestion(`Remove ${unsafe.map(({ text }) => text).join(', ')} from ${directive.name}`, (editor) => {
    const codes = kept.map(({ at }) => editor.text(at))
    editor.replace(array, `[${codes.length === 0 ? `"'self'"` : codes.join(', ')}]`)
  })
}

/** Adds directives that helmet would have set. */
export function addDirectives({ value }: ContentPolicy, names: readonly string[]): Fix {
  return suggestion(`Add ${listed(names)}`, (editor) => {
    for (const name of names) {
      const [key, source] = name === 'object-src' ? ['objectSrc', `["'none'"]`] : ['baseUri', `["'self'"]`]
      editor.setProperty(value.at, key, source)
    }
  })
}

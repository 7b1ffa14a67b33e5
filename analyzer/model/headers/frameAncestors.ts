// Whether a Content-Security-Policy keeps other sites from framing pages, with or without X-Frame-Options.
import type { Value } from '../../link/value.js'
import { isAbsent, isFalse, isTrue, possibleValues, property } from '../values.js'

/**
 * True unless the options of helmet's policy are known to leave `frame-ancestors` out: helmet's own directives hold `frame-ancestors 'self'` (domain fact A1), and
 * browsers that know the directive do not look at X-Frame-Options. null stands for options that are not given.
 */
export function restrictsFraming(policy: Value | null): boolean {
  return possibleValues(policy).every((one) => {
    if (isFalse(one) === 'yes' || isTrue(property(one, 'reportOnly')) === 'yes') return false
    const unsaid = isFalse(property(one, 'useDefaults')) === 'yes' ? 'left out' : 'by default'
    const directives = possibleValues(property(one, 'directives'))
    return directives.length === 0 ? unsaid === 'by default' : directives.every((written) => isRestricted(written, unsaid))
  })
}

function isRestricted(directives: Value, unsaid: 'by default' | 'left out'): boolean {
  if (directives.kind !== 'object') return true
  const written = property(directives, 'frameAncestors') ?? property(directives, 'frame-ancestors')
  if (written === null) return unsaid === 'by default' || directives.isOpen || directives.properties.has('...')
  if (isAbsent(written) === 'yes' || isFalse(written) === 'yes') return false
  return !possibleValues(written).some((one) => (one.kind === 'array' ? one.elements : [one]).some(isEverySite))
}

function isEverySite(source: Value): boolean {
  return possibleValues(source).some((one) => one.kind === 'literal' && one.value === '*')
}

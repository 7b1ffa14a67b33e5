// Whether a Content-Security-Policy keeps other sites from framing pages, with or without X-Frame-Options.
import type { Value } from '../../link/value.js'
import type { PolicyDefaults } from './helmetVersion.js'
import { isAbsent, isFalse, isTrue, possibleValues, property } from '../values.js'

/**
 * True unless the options of helmet's policy are known to leave `frame-ancestors` out: helmet's own directives hold `frame-ancestors 'self'` (domain fact A1), and
 * browsers that know the directive do not look at X-Frame-Options. null stands for options that are not given.
 */
export function restrictsFraming(policy: Value | null, defaults: PolicyDefaults): boolean {
  const hasOwn = defaults !== 'none'
  if (policy === null) return hasOwn
  return possibleValues(policy).every((one) => {
    if (isFalse(one) === 'yes' || isTrue(property(one, 'reportOnly')) === 'yes') return false
    const directives = possibleValues(property(one, 'directives'))
    if (directives.length === 0) return hasOwn && isFalse(property(one, 'useDefaults')) !== 'yes'
    return directives.every((written) => isRestricted(written, addsOwn(one, defaults) ? 'by default' : 'left out'))
  })
}

/** Whether helmet adds its directives to those that are written. `useDefaults` came with version 4. */
export function addsOwn(policy: Value, defaults: PolicyDefaults): boolean {
  if (defaults === 'none') return false
  const wanted = property(policy, 'useDefaults')
  return defaults === 'added' ? isFalse(wanted) !== 'yes' : wanted !== null && isFalse(wanted) !== 'yes'
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

// What is somebody's password, and what a password is only part of the way to.
import type { Value } from '../../link/value.js'
import { methodName } from '../origins.js'
import { givenPart } from '../input/givenInput.js'
import { mayBeTyped } from '../../text/secretShapes.js'
import { rememberedByName } from '../names.js'
import { isPasswordName, wordsOf } from './secretNames.js'
import { possibleValues } from '../values.js'

/** True for what a person typed as a password: `req.body.password`, a parameter `password`, `this.password`; also trimmed, salted or encoded. */
export function isPassword(value: Value): boolean {
  return isMadeOf(value, isPasswordName, 0)
}

/** As `isPassword`, for what is hashed to be kept: a PIN is a password of few digits. */
export function isKeptSecret(value: Value): boolean {
  return isMadeOf(value, (name) => isPasswordName(name) || isPinName(name), 0)
}

const isPinName = rememberedByName((name) => mayBeTyped(name) && /^(pin|pincode|passcode)$/.test(wordsOf(name).at(-1) ?? ''))

function isMadeOf(value: Value, fits: (name: string) => boolean, depth: number): boolean {
  if (depth > 8) return false
  const inner = (one: Value): boolean => isMadeOf(one, fits, depth + 1)
  switch (value.kind) {
    case 'parameter':
    case 'member':
      return fits(value.name)
    case 'template':
      return value.parts.some(inner) && !value.parts.some(isRealm)
    case 'operation':
      return value.operator === '+' && value.operands.some(inner)
    case 'choice':
      return possibleValues(value).some((one) => one.kind !== 'choice' && inner(one))
    case 'promise':
      return value.result !== null && inner(value.result)
    case 'result': {
      const { callee, args } = value.call
      const name = methodName(callee) ?? ''
      if (callee.kind === 'member' && /^(trim|toString|normalize|concat|slice)$/.test(name)) return inner(callee.object)
      return /^(from|String|encode|encodeURIComponent)$/.test(name) && args.slice(0, 1).some(inner)
    }
    default:
      return false
  }
}

/** `user:realm:password` is digested as HTTP's digest authentication prescribes (RFC 7616, section 3.4.2). */
function isRealm(value: Value): boolean {
  return (value.kind === 'parameter' || value.kind === 'member') && /^realm$/i.test(value.name)
}

/** True for a password that came with the request, or that a function was given. */
export function isGivenPassword(value: Value): boolean {
  return isPassword(value) && (givenPart(value) !== null || value.kind === 'parameter')
}

/** `user.password`: the password of something that was looked up. */
export function isStoredPassword(value: Value): boolean {
  return value.kind === 'member' && isPasswordName(value.name) && givenPart(value) === null && !isEnvironment(value.object)
}

function isEnvironment(value: Value): boolean {
  return value.kind === 'environment' || value.kind === 'global'
}

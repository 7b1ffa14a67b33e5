// Who decides that a check is left out, by the words of the conditions around it.
import type { Surroundings } from './surroundings.js'

/**
 * `nobody`: production comes by whenever it comes near. `user`: an option that is there to leave the check out, or surroundings that are not production.
 * `default`: the check is left out unless an option asks for it.
 */
export type Decision = 'nobody' | 'user' | 'default'

/** Of a place where the check is left out. */
export function whoDecides({ tests }: Surroundings): Decision {
  let decision: Decision = 'nobody'
  for (const { words, holds, isAnswered } of tests) {
    if (words.some((word) => leavingOut.test(word) && !checking.test(word))) return 'user'
    if (words.some((word) => (holds ? beside : production).test(word))) return 'user'
    if (words.some((word) => checking.test(word))) {
      if (holds || isAnswered) return 'user'
      decision = 'default'
    }
  }
  return decision
}

/** `insecureAgent`: something else is there for what is to be secure. */
export function isNamedInsecure({ names }: Surroundings): boolean {
  return names.some((name) => leavingOut.test(name) && !checking.test(name))
}

const leavingOut =
  /in_?secure|un_?safe|un_?auth|self_?-?sign|no-?_?verif|un_?verified|un_?trusted|lax|(ignore|skip|disable|bypass|allow|accept|without|invalid|trust)\w*(tls|ssl|cert|verif|valid|https|security|server)/i
const checking = /reject|^verif|verify(?!.*(skip|ignore))|strict|^validat|check_?(cert|server)/i
const beside =
  /^_?(is_?)?(dev|develop|development|local|localhost|test|tests|testing|e2e|debug)(_?(mode|env|environment|host|machine))?$|127\.0\.0\.1/i
const production = /^_?(is_?)?(prod|production)(_?(mode|env|environment))?$/i

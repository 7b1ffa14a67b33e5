// Calls that compare a password with what is stored: of packages, by the names that projects give them, and strategies of passport.
import type { CallRecord } from '../../link/value.js'
import { rememberedByName } from '../names.js'
import { methodName, originOf } from '../origins.js'
import { stringsOf } from '../values.js'

/** The call among those of a function that compares a password with what is stored. */
export function passwordCheckAmong(records: readonly CallRecord[]): CallRecord | undefined {
  return checksAmong(records).find(isPasswordComparison)
}

/** `passport.authenticate('local')`. */
export function isPasswordStrategy(call: CallRecord): boolean {
  return stringsOf(call.args[0] ?? null).some((name) => /local|ldap|magic|login/i.test(name))
}

function isPasswordComparison(record: CallRecord): boolean {
  if (record.isWrite) return false
  const origin = originOf(record.callee)
  if (
    origin !== null &&
    /^(bcrypt|bcryptjs|argon2|@node-rs\/argon2|@node-rs\/bcrypt|bcrypt-nodejs|passport-local-mongoose)$/.test(origin.package)
  )
    return /^(compare|compareSync|verify|verifySync)$/.test(origin.path.at(-1) ?? '')
  return /^(comparePassword|matchPassword|checkPassword|isPasswordMatch|validatePassword|isPasswordCorrect|isValidPassword|verifyPassword|correctPassword|isPasswordValid)$/i.test(
    methodName(record.callee) ?? '',
  )
}

/** The calls of a handler that may check something, by their names alone. */
export function checksAmong(records: readonly CallRecord[]): readonly CallRecord[] {
  return records.filter(({ callee }) => callee.kind !== 'member' || speaksOfChecks(callee.name))
}

/** One test for the names of all calls of a handler; most say nothing of the kind. */
const speaksOfChecks = rememberedByName((name) => /password|compare|verify|check|^authenticate$/i.test(name))

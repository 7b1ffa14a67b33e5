// Expensive work that a route does for whoever asks: mail, files, writes to a database, hashing.
import { effectOf, mayBe } from '../frameworks/knownPackages.js'
import { functionsBehind } from '../link/handlers.js'
import type { CallRecord } from '../link/value.js'
import { conductOf } from './conduct.js'
import type { ProjectModel, Route } from './model.js'
import { rememberedByName } from './names.js'
import { methodName, originOf } from './origins.js'
import { isResponse } from './requests.js'

export interface Work {
  readonly kind: 'mail' | 'sms' | 'file system' | 'database write' | 'hashing' | 'child process' | 'payment' | 'media'
  readonly record: CallRecord
  /** `nodemailer.sendMail`, `user.save`. */
  readonly what: string
}

/** The expensive calls that a route's own handlers and middleware lead to, in order, one of each kind. */
export function expensiveWork(model: ProjectModel, route: Route): readonly Work[] {
  const found = new Map<Work['kind'], Work>()
  for (const link of route.chain) {
    if (link.entry !== route.entry) continue
    for (const fn of functionsBehind(link.value)) {
      for (const work of workAmong(conductOf(model, fn).records)) if (!found.has(work.kind)) found.set(work.kind, work)
    }
  }
  return [...found.values()]
}

// Lists of records never change, and many routes share what stands in front of them.
const known = new WeakMap<readonly CallRecord[], readonly Work[]>()

/** The first of each kind, in the order in which the kinds come. */
export function workAmong(records: readonly CallRecord[]): readonly Work[] {
  let all = known.get(records)
  if (all === undefined) {
    const found = new Map<Work['kind'], Work>()
    for (const record of records) {
      const kind = workOf(record)
      if (kind !== null && !found.has(kind)) found.set(kind, { kind, record, what: nameOf(record) })
    }
    known.set(records, (all = [...found.values()]))
  }
  return all
}

const writing =
  /^(create|createMany|insert|insertOne|insertMany|save|update|updateOne|updateMany|upsert|delete|deleteOne|deleteMany|destroy|remove|bulkWrite|bulkCreate|findOneAndUpdate|findByIdAndUpdate|findOneAndDelete|findByIdAndDelete|replaceOne|findOrCreate|increment|set|run|exec|execute)$/
const sending =
  /^(send|sendMail|sendEmail|sendMultiple|sendTemplate|sendEmailWithTemplate|messages|create|publish|notify|sendText|sendSms|sendNotification)$/i
const hashing = /^(hash|hashSync|compare|compareSync|verify|genSalt|genSaltSync|pbkdf2|pbkdf2Sync|scrypt|scryptSync)$/

function workOf(record: CallRecord): Work['kind'] | null {
  if (record.isWrite || record.isNew) return null
  const name = methodName(record.callee) ?? ''
  if (record.callee.kind === 'member' && isResponse(record.callee.object))
    return /^(sendFile|sendfile|download)$/.test(name) ? 'file system' : null
  const origin = originOf(record.callee)
  if (origin === null) return byMethodName(name)
  if (!mayWork(origin.package)) return null
  switch (effectOf(origin.package, origin.path)?.kind) {
    case 'mail':
      return sending.test(name) ? 'mail' : null
    case 'sms':
      return sending.test(name) ? 'sms' : null
    case 'file system':
      return /^(exists|existsSync|join|resolve|basename|access|accessSync|stat|statSync)$/.test(name) ? null : 'file system'
    case 'orm':
    case 'database':
      return writing.test(name) && origin.calls.length > 0 ? 'database write' : null
    case 'hash':
    case 'crypto':
      return hashing.test(name) ? 'hashing' : null
    case 'child process':
      return 'child process'
    case 'payment':
      return origin.calls.length > 0 && !/constructEvent/.test(name) ? 'payment' : null
    case 'media':
      return 'media'
    default:
      return null
  }
}

/** False for packages of which no export is of a kind that costs anything. */
const mayWork = rememberedByName((name) =>
  (['mail', 'sms', 'file system', 'orm', 'database', 'hash', 'crypto', 'child process', 'payment', 'media'] as const).some((kind) =>
    mayBe(name, kind),
  ),
)

/** Receivers of which nothing is known: only names that say nothing else count. */
const byMethodName = rememberedByName((name): Work['kind'] | null => {
  if (/^(sendMail|sendEmail|sendVerificationEmail|sendResetPasswordEmail)$/.test(name)) return 'mail'
  if (/^(sendSms|sendSMS|sendOtp|sendOTP)$/.test(name)) return 'sms'
  return /^(save|insertOne|insertMany|updateOne|updateMany|deleteOne|deleteMany|bulkCreate|findByIdAndUpdate|findOneAndUpdate|findByIdAndDelete)$/.test(
    name,
  )
    ? 'database write'
    : null
})

function nameOf(record: CallRecord): string {
  const origin = originOf(record.callee)
  const name = methodName(record.callee) ?? 'a call'
  return origin === null ? name : `${origin.package} ${name}`
}

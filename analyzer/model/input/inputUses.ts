// Where handlers hand what a request brings to a store, or look something up by it.
import { effectOf } from '../../frameworks/knownPackages.js'
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel } from '../model.js'
import { rememberedByName } from '../names.js'
import { methodName, originOf, type PackagePath } from '../origins.js'
import { recorded } from '../recorded.js'
import { startOf } from '../values.js'
import { givenIn, type Input, inputsWithin } from './inputsWithin.js'

export interface InputUse {
  readonly record: CallRecord
  /** Parts of the request in its arguments. */
  readonly inputs: readonly Input[]
  /** `write`: it is stored. `maybe-write`: by the name of a method of something that is not known. `lookup`: it only says what is wanted. */
  readonly kind: 'write' | 'maybe-write' | 'lookup'
}

/** Calls of a store with parts of the request, in order. */
export const inputUses: (model: ProjectModel, fn: FunctionValue) => readonly InputUse[] = recorded((model, fn) => {
  const { records, summary } = conductOf(model, fn)
  const given = givenIn(summary)
  return records.flatMap((record) => {
    const kind = storeCallOf(record) ?? (isKept(record, records) ? 'write' : null)
    if (kind === null) return []
    const search = { given, record, seen: new Set<Value>() }
    const { stored, asked } = kind === 'write' ? sides(record) : { stored: handedTo(record), asked: [] }
    return [
      { record, inputs: stored.flatMap((arg) => inputsWithin(arg, search)), kind },
      { record, inputs: asked.flatMap((arg) => inputsWithin(arg, search)), kind: 'lookup' as const },
    ].filter(({ inputs }) => inputs.length > 0)
  })
})

/** What is written, and what says which rows are meant: the first argument of `updateOne`, `where` beside `data`. */
function sides(record: CallRecord): { readonly stored: readonly Value[]; readonly asked: readonly Value[] } {
  const args = handedTo(record)
  const [first, ...others] = args
  if (
    first !== undefined &&
    others.length > 0 &&
    filtering.has(methodName(record.callee) ?? '') &&
    originOf(record.callee)?.package !== 'sequelize'
  )
    return { stored: others, asked: [first] }
  const where = args.flatMap((arg) => (arg.kind === 'object' ? (arg.properties.get('where') ?? []) : []))
  if (where.length === 0) return { stored: args, asked: [] }
  const rest = (arg: Value): readonly Value[] =>
    arg.kind === 'object' && arg.properties.has('where') ? [...arg.properties.values()] : [arg]
  return { stored: args.flatMap(rest).filter((arg) => !where.includes(arg)), asked: where }
}

const filtering = new Set(
  'update updateOne updateMany findOneAndUpdate findByIdAndUpdate replaceOne findOneAndReplace patchAndFetchById updateAndFetchById'.split(
    ' ',
  ),
)

/** `user.name = body.name; await user.save()`: a property of what a store gave, which is stored then. */
function isKept({ isWrite, callee }: CallRecord, records: readonly CallRecord[]): boolean {
  if (!isWrite || callee.kind !== 'member' || callee.object.kind !== 'result') return false
  const row = callee.object.call
  const origin = storeCallOf(row) === null ? null : originOf(row.callee)
  if (origin === null || !isStore(origin.package)) return false
  return records.some(
    ({ callee: saving, receiver, args }) =>
      /^(save|persist|persistAndFlush)$/.test(methodName(saving) ?? '') &&
      [receiver, ...args].some((one) => one?.kind === 'result' && one.call === row),
  )
}

/** The arguments; of a statement that is put together the parts, since a text may say anything within it. */
function handedTo({ callee, args }: CallRecord): readonly Value[] {
  const [text] = args
  if (text === undefined || kindOfName(methodName(callee) ?? '') !== 'statement') return args
  const texts = text.kind === 'choice' ? text.options : [text]
  return [...texts.flatMap((one) => (one.kind === 'template' ? one.parts : [one])), ...args.slice(1)]
}

/** What a call does with a store; null for calls of anything else. */
export function storeCallOf(record: CallRecord): InputUse['kind'] | null {
  if (record.isWrite) return null
  const name = methodName(record.callee) ?? ''
  const origin = originOf(record.callee)
  const kind = record.isNew ? 'write' : (kindOfName(name) ?? (isDocument(origin) && /^(?:add|set)$/.test(name) ? 'write' : null))
  if (kind === null) return null
  if (record.isNew) return origin !== null && isStore(origin.package) && isModel(record.callee) ? 'write' : null
  const certainty = origin === null ? certaintyOf(record.callee, name) : isStore(origin.package) || isDocument(origin) ? 'certain' : 'none'
  if (certainty === 'none') return null
  if (kind === 'statement') return isWritingStatement(record.args[0] ?? null) && certainty === 'certain' ? 'write' : 'lookup'
  return kind === 'write' && certainty !== 'certain' ? 'maybe-write' : kind
}

const writing = new Set(
  `create createMany createManyAndReturn insert insertOne insertMany insertGraph save update updateOne updateMany upsert upsertGraph bulkWrite bulkCreate
  bulkInsert findOneAndUpdate findByIdAndUpdate findOneAndReplace replaceOne findOrCreate findOrBuild patch patchAndFetch patchAndFetchById
  updateAndFetch updateAndFetchById insertAndFetch merge assign persist persistAndFlush build values`.split(/\s+/),
)
const reading = new Set(
  `find findOne findOneBy findOneOrFail findBy findById findByPk findAll findMany findFirst findUnique findUniqueOrThrow findFirstOrThrow findAndCountAll count
  countDocuments exists where whereIn andWhere delete deleteOne deleteMany destroy remove findByIdAndDelete findOneAndDelete findByIdAndRemove aggregate`.split(
    /\s+/,
  ),
)
const statements = new Set('query execute run exec raw $queryRaw $executeRaw $queryRawUnsafe $executeRawUnsafe'.split(' '))

function kindOfName(name: string): 'write' | 'lookup' | 'statement' | null {
  if (writing.has(name)) return 'write'
  if (reading.has(name)) return 'lookup'
  return statements.has(name) ? 'statement' : null
}

/** True for names of calls that may ask a store. */
export function isStoreName(name: string): boolean {
  return kindOfName(name) !== null
}

const isStore = rememberedByName((name): boolean => {
  const kind = effectOf(name, [])?.kind
  return kind === 'orm' || kind === 'database'
})

/** Documents and collections of Firestore, whose words mean other things elsewhere. */
function isDocument(origin: PackagePath | null): boolean {
  if (origin === null || !/^(?:firebase-admin(?:\/firestore)?|@google-cloud\/firestore)$/.test(origin.package)) return false
  return effectOf(origin.package, origin.path)?.kind === 'database'
}

/** `mongoose.model('User')` and classes that extend one, not the connection that holds them. */
function isModel(callee: Value): boolean {
  return (
    callee.kind === 'class' || (callee.kind === 'result' && /^(model|define|getModelForClass)$/.test(methodName(callee.call.callee) ?? ''))
  )
}

/** Names that only stores have, and declared types that only they have; `create` of something unknown may be anything. */
function certaintyOf(callee: Value, name: string): 'certain' | 'likely' | 'none' {
  if (callee.kind !== 'member') return 'none'
  let root: Value = callee.object
  while (root.kind === 'member' || (root.kind === 'result' && root.call.callee.kind === 'member'))
    root = root.kind === 'member' ? root.object : (root.call.callee as Extract<Value, { kind: 'member' }>).object
  if (root.kind === 'typed') return storeType.test(root.type.name) ? 'certain' : 'likely'
  if (root.kind === 'global' || root.kind === 'literal' || root.kind === 'array' || root.kind === 'regex') return 'none'
  return telling.test(name) ? 'certain' : 'likely'
}

const storeType =
  /(^|\.)(\w*Repository|\w*Prisma(Service|Client)\w*|EntityManager|DataSource|QueryRunner|Model|\w+Model|Knex|Collection|Db|Pool|PoolClient|Sequelize|Kysely)$/
const telling =
  /^(insertOne|insertMany|updateOne|updateMany|findByIdAndUpdate|findOneAndUpdate|findOneAndReplace|bulkCreate|findOrCreate|replaceOne|createMany|findByPk|findUnique|deleteMany|countDocuments)$/

function isWritingStatement(text: Value | null): boolean {
  return /^\s*(insert|update|replace|merge|delete)\b/i.test(startOf(text))
}

// Bodies that handlers hand to a store as a whole, so that whoever sends one decides which fields are written.
import { addToGroup } from '../../grouped.js'
import { mergesIntoFirst } from '../../link/builtins/mergePackages.js'
import type { CallRecord, FunctionValue, MemberValue, Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { describe } from '../describe.js'
import { storeCallOf } from './inputUses.js'
import { keepsUnnamed } from './fastifySchemas.js'
import { leavesUnnamed } from './looseSchemas.js'
import type { App, ProjectModel, Route } from '../model.js'
import { isDeletedFrom } from './deletedProperties.js'
import { nestInputs } from './nestInputs.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { linksWith, protectsRoute, routesOf } from '../queries.js'
import { recorded } from '../recorded.js'
import { ownHandlers, rewritesBody } from './routeHandlers.js'
import { leavesOut } from './schemaParts.js'
import { goesByType, hasNoTypeFor } from './typePipes.js'
import { hasProperty, stringOf } from '../values.js'
import { writtenBody } from './wholeBodies.js'

export interface MassAssignment {
  readonly route: Route
  /** The call that writes. */
  readonly record: CallRecord
  /** The argument. */
  readonly at: Location
  readonly body: MemberValue
  /** `create()`, `new User()`. */
  readonly name: string
}

/** Each place once, those of one file together, in order of registration. */
export const assignedBodies: (model: ProjectModel, app: App) => readonly (readonly MassAssignment[])[] = recorded((model, app) => {
  const places = new Map<string, MassAssignment>()
  for (const route of routesOf(model, app))
    for (const one of massAssignmentsOf(model, route)) if (!places.has(locationKey(one.at))) places.set(locationKey(one.at), one)
  const groups = new Map<string, MassAssignment[]>()
  for (const one of places.values()) addToGroup(groups, one.at.file, one)
  return [...groups.values()]
})

/** Of one route. */
export const massAssignmentsOf: (model: ProjectModel, route: Route) => readonly MassAssignment[] = recorded((model, route: Route) => {
  if (route.entry.isOff || route.method === 'GET' || route.method === 'HEAD' || route.method === 'OPTIONS') return []
  const found = ownHandlers(route).flatMap((fn) => written(model, fn).map((one) => ({ ...one, route, fn })))
  if (found.length === 0 || mayBeStripped(model, route)) return []
  return found.filter(
    ({ fn }) => !isDeletedFrom(model, fn, 'body') && (fn.owner === null || getsInstances(route) || takesAnything(model, fn)),
  )
})

/** Bodies within arguments of calls that write. */
const written: (model: ProjectModel, fn: FunctionValue) => readonly Omit<MassAssignment, 'route'>[] = recorded((model, fn) => {
  const { records } = conductOf(model, fn)
  return records.flatMap((record) => {
    if (!writes(record, records)) return []
    const first = record.args.length > 1 && filtering.has(methodName(record.callee) ?? '') ? 1 : 0
    const bodyIn = (arg: Value): MemberValue | null => writtenBody(arg) ?? bodyOfColumns(record, arg)
    const position = record.args.findIndex((arg, index) => index >= first && bodyIn(arg) !== null)
    const body = record.args[position] === undefined ? null : bodyIn(record.args[position])
    if (body === null || record.args.slice(position + 1).some(namesFields)) return []
    const name = methodName(record.callee) ?? ''
    return [{ record, at: record.argsAt[position] ?? record.at, body, name: record.isNew ? 'the constructor of a model' : `${name}()` }]
  })
})

/** `query('UPDATE pilots SET ? WHERE id = ?', [req.body, id])`: mysql and mysql2 make an assignment of each property (run with mysql2 3.24). */
function bodyOfColumns({ callee, args: [text] }: CallRecord, values: Value): MemberValue | null {
  const isMysql = /^mysql2?(\/|$)/.test(originOf(callee)?.package ?? '') && methodName(callee) === 'query'
  if (!isMysql || values.kind !== 'array' || values.isOpen) return null
  const statement = stringOf(text ?? null) ?? ''
  const bodies = [...statement.matchAll(/\?\??/g)].map(([sign], index, all) => {
    const value = values.elements[index]
    const isSet = sign === '?' && /\b(set|update)\s+$/i.test(statement.slice(0, all[index]?.index))
    return isSet && value !== undefined ? writtenBody(value) : null
  })
  return bodies.find((one) => one !== null) ?? null
}

/** `Pilot.create(req.body, { fields: ['name'] })` of Sequelize. */
function namesFields(options: Value): boolean {
  return options.kind === 'object' && hasProperty(options, 'fields') !== 'no'
}

/** Their first argument says which records are meant. */
const filtering = new Set(
  'updateOne updateMany findOneAndUpdate findByIdAndUpdate replaceOne findOneAndReplace patchAndFetchById updateAndFetchById merge assign extend'.split(
    ' ',
  ),
)

/** What only says which records are meant is no write; `Object.assign` and `set` write to what a store gave, or to what is saved then. */
function writes(record: CallRecord, records: readonly CallRecord[]): boolean {
  if (record.isWrite) return false
  const { callee, args, receiver } = record
  const merges = globalOf(callee) === 'Object.assign' || (callee.kind === 'package' && mergesIntoFirst(callee))
  if (merges) return isOfStore(args[0] ?? null) || isSaved(args[0], records)
  return (methodName(callee) === 'set' && isOfStore(receiver)) || storeCallOf(record) === 'write'
}

/** `_.extend(req.user, req.body); req.user.save()`: what is saved is a record, wherever it came from. */
function isSaved(target: Value | undefined, records: readonly CallRecord[]): boolean {
  if (target === undefined || (target.kind !== 'member' && target.kind !== 'parameter')) return false
  const text = describe(target)
  return records.some(
    ({ callee, receiver }) => methodName(callee) === 'save' && receiver?.kind === target.kind && describe(receiver) === text,
  )
}

function isOfStore(value: Value | null): boolean {
  const made = value?.kind === 'promise' ? value.result : value
  const call = made?.kind === 'result' ? made.call : null
  return call !== null && storeCallOf(call) !== null && originOf(call.callee) !== null
}

/** Schemas give back what they name, or refuse the rest; express-validator only looks. Checks by hand leave what they do not look at. */
function mayBeStripped(model: ProjectModel, route: Route): boolean {
  const { answer } = protectsRoute(model, route, 'validation')
  const isReplaced = rewritesBody(model, route)
  const links = linksWith(model, route, 'validation')
  if (
    answer === 'yes' &&
    links.every(({ effect }) => leavesUnnamed(effect, isReplaced || getsInstances(route) ? 'replaced' : 'as it came'))
  )
    return false
  if (answer === 'unknown' || isReplaced) return true
  return links.some(
    ({ link, effect }) =>
      !/^express-validator/.test(effect.package ?? '') &&
      effect.detail !== 'checks its input itself' &&
      !(effect.package === 'fastify.schema' && (leavesOut(effect.options, 'body') || keepsUnnamed(model, route, effect.options))) &&
      !(goesByType(link.value) && hasNoTypeFor(model, route, ['body'])),
  )
}

/** Actions of routing-controllers get an instance of the class in place of the body: what was stripped is not there. */
function getsInstances({ entry }: Route): boolean {
  return entry.call !== null && originOf(entry.call.callee)?.package === 'routing-controllers'
}

/** Handlers of Nest that declare a class lack a pipe that strips, which is told once for all of them. */
function takesAnything(model: ProjectModel, fn: FunctionValue): boolean {
  const bodies = nestInputs(model, fn).filter(({ part, key }) => part === 'body' && key === null)
  return bodies.length === 0 || bodies.some(({ by }) => by === 'nothing')
}

// Packages that merge objects, as configurations are put together: `_.merge({}, base, require('./production'))`.
import { write } from '../heapLog.js'
import type { CallSite, Machine } from '../machine.js'
import type { ObjectValue, PackageValue, Value } from '../value.js'
import { choice, objectValue, SPREAD } from '../values.js'
import { lodashFunction } from './lodashNames.js'
import { assignAll } from './objectMethods.js'

/** How a function merges: into its first argument or a new object, with the objects inside, and who wins where both have a property. */
interface Way {
  readonly into: 'first' | 'new'
  readonly depth: 'deep' | 'shallow'
  readonly winner: 'last' | 'first'
  /** What `undefined` does to a value that is there. */
  readonly unset: 'replaces' | 'gives way'
}

const SHALLOW: Way = { into: 'first', depth: 'shallow', winner: 'last', unset: 'replaces' }
const DEEP: Way = { into: 'first', depth: 'deep', winner: 'last', unset: 'replaces' }
const NEW_DEEP: Way = { into: 'new', depth: 'deep', winner: 'last', unset: 'replaces' }
const DEFAULTS = { winner: 'first', unset: 'gives way' } as const

/** Functions of lodash and underscore by their lower-case name. */
const LODASH: ReadonlyMap<string, Way> = new Map<string, Way>([
  ['merge', { ...DEEP, unset: 'gives way' }],
  ['assign', SHALLOW],
  ['assignin', SHALLOW],
  ['extend', SHALLOW],
  ['extendown', SHALLOW],
  ['defaults', { ...SHALLOW, ...DEFAULTS }],
  ['defaultsdeep', { ...DEEP, ...DEFAULTS }],
])

const PACKAGES: ReadonlyMap<string, Way> = new Map<string, Way>([
  ['object-assign', SHALLOW],
  ['extend', SHALLOW],
  ['utils-merge', SHALLOW],
  ['merge-descriptors', SHALLOW],
  ['xtend', { ...SHALLOW, into: 'new' }],
  ['deep-extend', DEEP],
  ['mixin-deep', DEEP],
  ['deepmerge', NEW_DEEP],
  ['deepmerge-ts', NEW_DEEP],
  ['ts-deepmerge', NEW_DEEP],
  ['merge-deep', NEW_DEEP],
  ['merge-options', NEW_DEEP],
  ['defu', { ...NEW_DEEP, ...DEFAULTS }],
])

/** What a call of such a package gives; null where it is none, or where what it merges is not known to be objects. */
export function mergedByPackage(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const way = wayOf(callee)
  if (way === null) return null
  const isFlagged = callee.package === 'extend' && args[0]?.kind === 'literal' && args[0].value === true
  const list = callee.path.at(-1) === 'all' && args[0]?.kind === 'array' ? args[0].elements : isFlagged ? args.slice(1) : args
  // The third argument of deepmerge holds its options.
  const given = callee.package === 'deepmerge' && list === args ? list.slice(0, 2) : list
  const [first] = given
  if (first?.kind !== 'object' || first.role === 'map' || first.role === 'set') return null
  const target = way.into === 'first' ? first : objectValue(site.at)
  const sources = way.into === 'first' ? given.slice(1) : given
  const isDeep = way.depth === 'deep' || isFlagged
  for (const source of sources) {
    if (source.kind === 'object') mergeInto(machine, site, target, source, { ...way, depth: isDeep ? 'deep' : 'shallow' })
    else assignAll(machine, site, [target, source])
  }
  return target
}

/** True for functions of such packages that write into their first argument, as `Object.assign` does. */
export function mergesIntoFirst(callee: PackageValue): boolean {
  return wayOf(callee)?.into === 'first'
}

function wayOf(callee: PackageValue): Way | null {
  const ofLodash = lodashFunction(callee)
  if (ofLodash !== null) return LODASH.get(ofLodash) ?? null
  const { package: name, path } = callee
  const member = path.findLast((part) => part !== 'default') ?? ''
  return /^(?:|all|defu|merge|deepmerge)$/.test(member) ? (PACKAGES.get(name) ?? null) : null
}

function mergeInto(machine: Machine, site: CallSite, target: ObjectValue, source: ObjectValue, way: Way): void {
  for (const [key, value] of source.properties) {
    const before = target.properties.get(key) ?? variableOf(machine, site, target, key)
    const [winner, loser] = way.winner === 'first' && before !== undefined ? [before, value] : [value, before]
    const where = winner === before ? target.writtenAt.get(key) : source.writtenAt.get(key)
    write(machine, target.properties, key, key === SPREAD ? value : merged(machine, site, winner, loser, way))
    target.writtenAt.set(key, where ?? site.at)
  }
  if (source.isOpen) target.isOpen = true
}

/** `_.defaults({}, process.env, { PORT: 3000 })`: the whole environment was there before. */
function variableOf(machine: Machine, site: CallSite, target: ObjectValue, key: string): Value | undefined {
  const spread = target.properties.get(SPREAD)
  return spread?.kind === 'environment' && spread.name === '*' ? machine.run.getMember(machine, site, spread, key) : undefined
}

/** Of two values of a property; what is not set gives way to the other, which is how an environment variable gets its default. */
function merged(machine: Machine, site: CallSite, winner: Value, loser: Value | undefined, way: Way): Value {
  if (loser === undefined) return winner
  if (way.unset === 'gives way' && winner.kind === 'literal' && winner.value === undefined) return loser
  if (way.unset === 'gives way' && winner.kind === 'environment') return choice(winner.at, '??', [winner, loser])
  if (way.depth === 'shallow' || !isPlain(winner) || !isPlain(loser)) return winner
  const made = objectValue(winner.at)
  made.isOpen = loser.isOpen
  for (const [key, value] of loser.properties) {
    made.properties.set(key, value)
    made.writtenAt.set(key, loser.writtenAt.get(key) ?? site.at)
  }
  mergeInto(machine, site, made, winner, { ...way, winner: 'last' })
  return made
}

function isPlain(value: Value): value is ObjectValue {
  return value.kind === 'object' && value.role === 'plain' && value.instanceOf === null
}

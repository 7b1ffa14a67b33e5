// Controllers of awilix-express: what `createController(…)` and its methods, or the decorators of a class, say of each handler (run with versions 3, 5 and 9).
import type { CallRecord, ClassValue, FunctionValue, Value } from '../link/value.js'
import type { Location } from '../text/location.js'
import { decoratorsOf, memberDecorators, type NestDecorator } from './nestDecorators.js'
import { propertyOf, textsOf } from './nestValues.js'

export const AWILIX_EXPRESS = 'awilix-express'

interface Link {
  readonly value: Value
  readonly at: Location
}

/** What is said of the controller as a whole, or of one of its methods. */
interface Settings {
  readonly paths: (string | null)[]
  readonly before: Link[]
  readonly after: Link[]
  readonly verbs: string[]
  /** The call that asked for the route. */
  call: CallRecord | null
  at: Location | null
}

export interface Controller {
  readonly target: ClassValue | FunctionValue
  readonly root: Settings
  readonly methods: ReadonlyMap<string, Settings>
}

interface Draft {
  readonly root: Settings
  readonly methods: Map<string, Settings>
}

/** null for what is no controller. */
export function controllerOf(value: Value): Controller | null {
  if (value.kind === 'class') {
    const draft = decorated(value)
    return draft === null ? null : { target: value, ...draft }
  }
  return value.kind === 'result' ? built(value.call) : null
}

const VERB = /^(?:get|post|put|patch|delete|head|options|connect|all)$/i

/** `createController(api).prefix('/notes').get('', 'list').before([check])`: where in the chain the whole is spoken of makes no difference. */
function built(last: CallRecord): Controller | null {
  const calls: CallRecord[] = []
  let call = last
  while (call.callee.kind === 'member') {
    if (call.callee.object.kind !== 'result') return null
    calls.unshift(call)
    call = call.callee.object.call
  }
  const [target] = call.args
  if (call.callee.kind !== 'package' || call.callee.package !== AWILIX_EXPRESS || call.callee.path.at(-1) !== 'createController')
    return null
  if (target?.kind !== 'class' && target?.kind !== 'function') return null
  const draft: Draft = { root: settings(), methods: new Map() }
  for (const one of calls) {
    const name = one.callee.kind === 'member' ? one.callee.name : ''
    const [first, second, third, fourth] = one.args
    if (name === 'prefix') draft.root.paths.push(...unlisted(draft.root.paths, first))
    else if (name === 'before' || name === 'after') add(draft.root[name], first, one.argsAt[0] ?? one.at)
    else if (name === 'verbs') route(draft, textsOf(first), second, third, fourth, one)
    else if (VERB.test(name)) route(draft, [name.toUpperCase()], first, second, third, one)
  }
  return { target, ...draft }
}

function route(
  draft: Draft,
  verbs: readonly (string | null)[],
  path: Value | undefined,
  method: Value | undefined,
  options: Value | undefined,
  call: CallRecord,
): void {
  const name = method?.kind === 'literal' ? String(method.value) : null
  if (name === null) return
  const own = renewed(draft, name)
  own.paths.push(...unlisted(own.paths, path))
  addVerbs(own, verbs, call, call.at)
  for (const where of ['before', 'after'] as const) {
    const given = propertyOf(options, where)
    if (given !== undefined) add(own[where], given, given.at)
  }
}

/** Decorators of methods in the order of the methods, then those of the class, each from the bottom; what an ancestor says comes first. */
function decorated(target: ClassValue): Draft | null {
  const inherited = target.superClass?.kind === 'class' ? decorated(target.superClass) : null
  const draft: Draft = inherited ?? { root: settings(), methods: new Map() }
  let isSaid = inherited !== null
  const read = (decorators: readonly NestDecorator[], of: () => Settings): void => {
    for (const { package: name, ...decorator } of decorators.toReversed()) {
      if (name !== AWILIX_EXPRESS) continue
      isSaid = true
      say(of(), decorator)
    }
  }
  const names = target.facts.members.flatMap(({ key, isStatic }) => (typeof key === 'string' && !isStatic ? [key] : []))
  for (const name of new Set(names)) read(memberDecorators(target, name), () => renewed(draft, name))
  read(decoratorsOf(target), () => draft.root)
  return isSaid ? draft : null
}

function say(of: Settings, { name, args: [first], call, at }: Omit<NestDecorator, 'package'>): void {
  if (name === 'route') of.paths.push(...unlisted(of.paths, first))
  else if (name === 'before' || name === 'after') add(of[name], first, call?.argsAt[0] ?? at)
  else if (name === 'verbs') addVerbs(of, textsOf(first), call, at)
  else if (VERB.test(name)) addVerbs(of, [name], call, at)
}

function settings(): Settings {
  return { paths: [], before: [], after: [], verbs: [], call: null, at: null }
}

/** The settings of a method, which goes behind the others whenever something is said of it. */
function renewed({ methods }: Draft, name: string): Settings {
  const own = methods.get(name) ?? settings()
  methods.delete(name)
  methods.set(name, own)
  return own
}

function unlisted(paths: readonly (string | null)[], given: Value | undefined): readonly (string | null)[] {
  const [path = null] = given === undefined ? [] : textsOf(given)
  return path !== null && paths.includes(path) ? [] : [path]
}

function add(links: Link[], given: Value | undefined, at: Location): void {
  if (given?.kind === 'array') links.push(...given.elements.map((value) => ({ value, at: value.kind === 'function' ? at : value.at })))
  else if (given !== undefined) links.push({ value: given, at })
}

function addVerbs(of: Settings, verbs: readonly (string | null)[], call: CallRecord | null, at: Location): void {
  for (const verb of verbs) if (verb !== null && !of.verbs.includes(verb)) of.verbs.push(verb)
  of.call = call
  of.at = at
}

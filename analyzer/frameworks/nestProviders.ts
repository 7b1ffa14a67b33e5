// Nest's container: what a token gives, made once for each module that provides it.
import type { FunctionFacts, ParameterFacts } from '../extract/facts.js'
import type { CallSite, Machine } from '../link/machine.js'
import { write } from '../link/heapLog.js'
import { placeOf } from '../link/places.js'
import { awaitValue } from '../link/promises.js'
import type { ClassValue, ObjectValue, Value } from '../link/value.js'
import { objectValue, undefinedAt, unknown } from '../link/values.js'
import { lineage, memberDecorators } from './nestDecorators.js'
import { instanceOf, type NestApplication, type NestModule, type Provider } from './nestState.js'
import { evaluateIn, frameOf, settled, tokenKey } from './nestValues.js'

// Classes that nobody provides are made all the same, so that what uses them is read.
const unprovided = new WeakMap<NestApplication, Map<ClassValue, Value>>()

/** What the container of `module` gives for a token. */
export function resolveToken(machine: Machine, site: CallSite, app: NestApplication, module: NestModule | null, token: Value): Value {
  const wanted = settled(machine, site, token)
  const key = tokenKey(wanted)
  const provider = key === null ? null : findProvider(app, module, key)
  if (provider !== null) return make(machine, site, app, provider)
  if (wanted.kind === 'class') return makeUnprovided(machine, site, app, module, wanted)
  if (wanted.kind === 'package') return instanceOf(site.at, wanted)
  return unknown(site.at, 'a provider by an unknown token')
}

/** Makes what a provider provides, once. */
export function make(machine: Machine, site: CallSite, app: NestApplication, provider: Provider): Value {
  if (provider.made !== null) return provider.made
  const { target } = provider
  switch (provider.how) {
    case 'value':
      provider.made = target
      break
    case 'existing':
      provider.made = unknown(site.at, 'a provider that stands for itself')
      provider.made = resolveToken(machine, site, app, provider.module, target)
      break
    case 'factory': {
      provider.made = unknown(site.at, 'a factory that needs itself')
      const args = provider.inject.map((token) => injectedBy(machine, site, app, provider.module, token))
      provider.made = awaitValue(machine, machine.run.call(machine, { ...site, isAwaited: true }, target, null, args))
      break
    }
    case 'class':
      if (target.kind === 'class')
        provider.made = instantiate(machine, site, app, provider.module, target, (early) => (provider.made = early))
      else provider.made = target.kind === 'package' ? instanceOf(site.at, target) : unknown(site.at, 'a provider of an unknown class')
  }
  return provider.made
}

function injectedBy(machine: Machine, site: CallSite, app: NestApplication, module: NestModule, token: Value): Value {
  const optional = token.kind === 'object' && token.role === 'plain' ? token.properties.get('token') : undefined
  return resolveToken(machine, site, app, module, optional ?? token)
}

function makeUnprovided(machine: Machine, site: CallSite, app: NestApplication, module: NestModule | null, target: ClassValue): Value {
  let made = unprovided.get(app)
  if (made === undefined) unprovided.set(app, (made = new Map()))
  const known = made.get(target)
  if (known !== undefined) return known
  const instance = instantiate(machine, site, app, module, target, (early) => void made.set(target, early))
  made.set(target, instance)
  return instance
}

/** An instance with what its constructor and fields ask for. `early` gets an object that stands for it while it is made, for classes that need each other. */
export function instantiate(
  machine: Machine,
  site: CallSite,
  app: NestApplication,
  module: NestModule | null,
  target: ClassValue,
  early: (instance: ObjectValue) => void,
): Value {
  const standIn = objectValue(site.at, 'instance', target)
  early(standIn)
  const args = constructorArguments(machine, site, app, module, target)
  const made = machine.run.construct(machine, { ...site, at: target.at, argsAt: args.map((arg) => arg.at) }, target, args)
  if (made.kind !== 'object') return made
  injectFields(machine, site, app, module, target, made)
  for (const [name, value] of made.properties) standIn.properties.set(name, value)
  standIn.external = made.external
  return made
}

function constructorArguments(
  machine: Machine,
  site: CallSite,
  app: NestApplication,
  module: NestModule | null,
  target: ClassValue,
): readonly Value[] {
  for (const owner of lineage(target)) {
    const member = owner.facts.members.find((one) => one.kind === 'constructor' && one.function !== null)
    const facts = member?.function == null ? undefined : owner.source.functions[member.function]
    if (facts === undefined) continue
    return facts.parameters.map((parameter) => injected(machine, site, app, module, owner, facts, parameter))
  }
  return []
}

/** What `@Inject(token)` names, else what the declared type is. Decorators of packages (`@InjectRepository(User)`) give something of the declared type. */
function injected(
  machine: Machine,
  site: CallSite,
  app: NestApplication,
  module: NestModule | null,
  owner: ClassValue,
  facts: FunctionFacts,
  parameter: ParameterFacts,
): Value {
  const at = placeOf(owner.source.file, facts, parameter.node)
  const name = (expression: ParameterFacts['decorators'][number]['expression']): string =>
    expression[0] === 'call' && expression[2][0] === 'name' ? expression[2][2] : ''
  const inject = parameter.decorators.find((one) => name(one.expression) === 'Inject')
  if (inject?.expression[0] === 'call' && inject.expression[3][0] !== undefined) {
    const token = evaluateIn(machine, owner, facts, inject.expression[3][0])
    const found = resolveToken(machine, site, app, module, token)
    // A token of a package that no module provides says less than what is declared: `@Inject(WINSTON_MODULE_NEST_PROVIDER) logger: LoggerService`.
    const isOpaque =
      found.kind === 'unknown' || (found.kind === 'typed' && token.kind === 'package' && found.type.name === token.path.at(-1))
    return isOpaque && parameter.type !== null ? { kind: 'typed', at, type: parameter.type } : found
  }
  const isSpecial = parameter.decorators.some((one) => !/^(?:Optional|Self|SkipSelf|Host|)$/.test(name(one.expression)))
  if (parameter.type === null) return isSpecial ? unknown(at, 'a provider by a decorator') : undefinedAt(at)
  if (isSpecial) return { kind: 'typed', at, type: parameter.type }
  const type = namedClass(machine, owner, parameter.type.name)
  if (type?.kind !== 'class' && type?.kind !== 'package') return { kind: 'typed', at, type: parameter.type }
  const found = resolveToken(machine, site, app, module, type)
  return found.kind === 'typed' ? { kind: 'typed', at, type: parameter.type } : found
}

function namedClass(machine: Machine, owner: ClassValue, name: string): Value | null {
  const [first = '', ...rest] = name.split('.')
  const frame = frameOf(owner)
  let value = machine.run.readName(machine, frame, owner.environment, first, owner.at)
  for (const part of rest) value = machine.run.getMember(machine, { at: owner.at, frame, argsAt: [], isAwaited: false }, value, part)
  return value
}

/** Fields with `@Inject(token)`. */
function injectFields(
  machine: Machine,
  site: CallSite,
  app: NestApplication,
  module: NestModule | null,
  target: ClassValue,
  instance: ObjectValue,
): void {
  for (const owner of lineage(target)) {
    for (const member of owner.facts.members) {
      if (member.kind !== 'field' || member.isStatic || typeof member.key !== 'string') continue
      const inject = memberDecorators(owner, member.key).find((one) => one.name === 'Inject')
      if (inject === undefined) continue
      const [token] = inject.args
      const type = member.type === null ? null : namedClass(machine, owner, member.type.name)
      const wanted = token ?? (type?.kind === 'class' || type?.kind === 'package' ? type : null)
      if (wanted !== null) write(machine, instance.properties, member.key, resolveToken(machine, site, app, module, wanted))
    }
  }
}

/** The provider of a key: the module's own, then what it imports, then global modules, then any other. */
export function findProvider(app: NestApplication, module: NestModule | null, key: string): Provider | null {
  const inModule = (one: NestModule): Provider | null => one.providers.findLast((provider) => provider.key === key) ?? null
  const seen = new Set<NestModule>()
  const search = (one: NestModule): Provider | null => {
    if (seen.has(one)) return null
    seen.add(one)
    const own = inModule(one)
    if (own !== null) return own
    for (const imported of one.imports) {
      const found = search(imported)
      if (found !== null) return found
    }
    return null
  }
  const near = module === null ? null : search(module)
  if (near !== null) return near
  for (const one of [...app.modules.filter((each) => each.isGlobal), ...app.modules]) {
    const found = inModule(one)
    if (found !== null) return found
  }
  return null
}

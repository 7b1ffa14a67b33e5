// Reading properties of symbolic values.
import { step } from './budget.js'
import type { ClassMemberFacts } from '../extract/facts.js'
import { accessorOf, findMethod } from './classMembers.js'
import { isFunctionKind, kindOfFunction } from './functionKinds.js'
import { getterOf } from './getters.js'
import { type CallSite, type Machine, ROOT } from './machine.js'
import { isFilledByServing, write } from './heapLog.js'
import { exportedValue } from './moduleExports.js'
import { modelName } from './modelNames.js'
import { isPrototype, isSymbolName } from './propertyKeys.js'
import { classMember, putOnPrototype, symbolOfPrototype } from './staticMembers.js'
import type { ChoiceValue, ObjectValue, ScopeValue, Value } from './value.js'
import { choice, environmentVariable, globalValue, literal, memberValue, objectValue, packageValue, SPREAD, undefinedAt } from './values.js'

/** `object.name`. Properties of opaque values stay symbolic. */
export function getMember(machine: Machine, site: CallSite, object: Value, name: string): Value {
  const { at } = site
  switch (object.kind) {
    case 'object':
      return objectMember(machine, site, object, name)
    case 'array':
      if (name === 'length')
        return object.isOpen || object.mayLack !== undefined || isFilledByServing(machine, object)
          ? memberValue(at, object, name)
          : literal(at, object.elements.length)
      if (/^\d+$/.test(name))
        return (
          object.elements[Number(name)] ??
          (object.isOpen || isFilledByServing(machine, object) ? memberValue(at, object, '*') : undefinedAt(at))
        )
      return memberValue(at, object, name)
    case 'literal':
      // Reached by `?.` alone; else the program would have thrown.
      if (object.value === undefined || object.value === null) return undefinedAt(at)
      return name === 'length' && typeof object.value === 'string' ? literal(at, object.value.length) : memberValue(at, object, name)
    case 'function': {
      const own = object.properties.get(name)
      if (own !== undefined) return own
      if (name === 'name') return literal(at, object.facts.name)
      if (name === 'length') return literal(at, object.facts.arity)
      if (name === 'constructor') return globalValue(at, kindOfFunction(object.facts))
      if (isSymbolName(name)) return undefinedAt(at)
      if (name !== 'prototype') return memberValue(at, object, name)
      const prototype = objectValue(object.at)
      write(machine, object.properties, 'prototype', prototype)
      return prototype
    }
    case 'class':
      return classMember(machine, site, object, name)
    case 'package':
      if (object.package === 'process') return getMember(machine, site, globalValue(at, 'process'), name)
      if (object.package === 'path' && name === 'sep') return literal(at, '/')
      // The same program runs as either.
      if (object.package === 'cluster' && /^is(?:Master|Primary|Worker)$/.test(name)) return memberValue(at, object, name)
      return packageValue(at, object.package, object.path.concat(name))
    case 'global':
      return globalMember(machine, site, object.name, object, name)
    case 'environment':
      return object.name === '*' ? readEnvironment(machine, site, name) : memberValue(at, object, name)
    case 'scope':
      return object.properties.get(name) ?? memberOfScope(machine, site, object, name) ?? memberValue(at, object, name)
    case 'result':
      return modelName(at, object, name) ?? memberValue(at, object, name)
    case 'choice': {
      // Choices within choices share their options: without a count, thirty of them are a billion members.
      step(machine)
      const options = object.options.filter((option) => !isNothing(option))
      if (options.length < object.options.length && options.some(isError)) return memberOfSome(machine, site, object, name)
      const living = options.length === 0 ? object.options : options
      const conditions =
        object.conditions === undefined ? [] : living.map((option) => object.conditions?.[object.options.indexOf(option)] ?? [])
      return choice(
        at,
        object.operator === '&&' ? '&&' : 'join',
        living.map((option) => getMember(machine, site, option, name)),
        object.test,
        conditions,
      )
    }
    case 'member':
      if (isPrototype(object) && isSymbolName(name)) return symbolOfPrototype(machine, site, object.object, name)
      if (object.name === 'prototype' && object.object.kind === 'class')
        return name === 'constructor'
          ? object.object
          : (findMethod(machine, object.object, null, name) ?? putOnPrototype(object.object, name) ?? memberValue(at, object, name))
      return memberValue(at, object, name)
    default:
      return memberValue(at, object, name)
  }
}

function memberOfScope(machine: Machine, site: CallSite, scope: ScopeValue, name: string): Value | null {
  for (const framework of machine.frameworks) {
    const answer = framework.memberOf?.(machine, site, scope, name) ?? null
    if (answer !== null) return answer
  }
  return null
}

function isNothing(value: Value): boolean {
  return value.kind === 'literal' && (value.value === null || value.value === undefined)
}

function isError(value: Value): boolean {
  return value.kind === 'parameter' && value.role === 'error'
}

/** `known?.message` of an error or nothing: what decides which one it is says whether the error was made for clients, so nothing stays an option. */
function memberOfSome(machine: Machine, site: CallSite, { operator, options, test, conditions }: ChoiceValue, name: string): Value {
  const members = options.map((option) => (isNothing(option) ? undefinedAt(site.at) : getMember(machine, site, option, name)))
  return choice(site.at, operator === '&&' ? 'join' : operator, members, test, conditions)
}

/** `process.env.NAME`: what the configuration assumes, else a variable. */
export function readEnvironment(machine: Machine, site: CallSite, name: string): Value {
  const assumed = assumedVariable(machine, name)
  if (assumed === undefined && !isOfEmulators(machine, name)) return environmentVariable(site.at, name)
  const value = assumed === undefined ? undefinedAt(site.at) : literal(site.at, assumed)
  machine.assumed.add(value)
  return value
}

/** Set by nobody but emulators of a platform (Firebase, serverless-offline, AWS SAM) and runners of tests (Jest, Vitest). */
function isOfEmulators(machine: Machine, name: string): boolean {
  return emulated.has(name) && machine.world.settings.environment['NODE_ENV'] === 'production'
}

const emulated: ReadonlySet<string> = new Set(['FUNCTIONS_EMULATOR', 'IS_OFFLINE', 'AWS_SAM_LOCAL', 'JEST_WORKER_ID', 'VITEST'])

/** Schemas (envalid) add answers about NODE_ENV to the environment that they give. */
function assumedVariable(machine: Machine, name: string): string | boolean | undefined {
  const { environment } = machine.world.settings
  const mode = environment['NODE_ENV']
  if (/^isProd(?:uction)?$/.test(name)) return mode === 'production'
  if (/^isDev(?:elopment)?$/.test(name)) return mode === 'development'
  if (/^(?:IS_)?PROD(?:UCTION)?$/.test(name) && mode === 'production') return environment[name] ?? 'true'
  return name === 'isTest' ? mode === 'test' : environment[name]
}

function objectMember(machine: Machine, site: CallSite, object: ObjectValue, name: string): Value {
  const getter = getterOf(machine, object, name)
  if (getter !== null) return machine.run.call(machine, site, getter, object, [])
  const own = object.properties.get(name)
  if (own !== undefined) return own
  const file = machine.namespaces.get(object)
  if (file !== undefined) return exportedValue(machine, site, file, name) ?? undefinedAt(site.at)
  if (object.instanceOf !== null) {
    const method = findMethod(machine, object.instanceOf, object, name)
    if (method !== null) return method
    const getter = accessorOf(machine, object.instanceOf, object, 'getter', name)
    if (getter !== null) return machine.run.call(machine, site, getter, object, [])
    const put = putOnPrototype(object.instanceOf, name)
    if (put !== null) return put
    if (name === 'constructor') return object.instanceOf
    if (isSymbolName(name)) return symbolOfPrototype(machine, site, object.instanceOf, name)
  }
  if (object.external !== null)
    return object.external.kind === 'object' ? objectMember(machine, site, object.external, name) : memberValue(site.at, object, name)
  if (name === 'size' && (object.role === 'map' || object.role === 'set') && !object.isOpen && machine.phase === 'boot')
    return literal(site.at, object.properties.size)
  const spread = object.properties.get(SPREAD)
  if (spread !== undefined) return getMember(machine, site, spread, name)
  const declared = object.instanceOf?.facts.members.find((one) => one.key === name)
  // `private app?: Express` holds nothing until the start puts something there.
  const isDeclared = declared !== undefined && !(machine.phase === 'boot' && isEmptyField(declared))
  if (object.isOpen || object.role === 'map' || object.role === 'set' || isDeclared || OBJECT_METHODS.has(name))
    return memberValue(site.at, object, name)
  return undefinedAt(site.at)
}

function isEmptyField({ kind, value, decorators, isStatic }: ClassMemberFacts): boolean {
  return kind === 'field' && value === null && decorators.length === 0 && !isStatic
}

const OBJECT_METHODS = new Set(['hasOwnProperty', 'toString', 'valueOf', 'toJSON', 'isPrototypeOf'])

function globalMember(machine: Machine, site: CallSite, global: string, object: Value, name: string): Value {
  if (global === 'process' && name === 'env') return environmentVariable(site.at, '*')
  if (global === 'import.meta') {
    const file = site.frame.source.file
    if (name === 'url') return literal(site.at, `file://${ROOT}/${file}`)
    if (name === 'filename') return literal(site.at, `${ROOT}/${file}`)
    if (name === 'dirname') return literal(site.at, file.includes('/') ? `${ROOT}/${file.slice(0, file.lastIndexOf('/'))}` : ROOT)
    if (name === 'env') return environmentVariable(site.at, '*')
  }
  if (global === 'require' && name === 'main')
    return (machine.main === null ? undefined : machine.modules.get(machine.main)?.module) ?? undefinedAt(site.at)
  if (name === 'name' && isFunctionKind(global)) return literal(site.at, global)
  if (global === 'globalThis' || global === 'global') return machine.globals.get(name) ?? globalValue(site.at, name)
  return memberValue(site.at, object, name)
}

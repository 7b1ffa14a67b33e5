// `Reflect.defineMetadata` and its kind, of the package reflect-metadata: a heap keyed by class or function, member and name.
import type { CallSite, Machine } from '../machine.js'
import { write } from '../heapLog.js'
import type { ClassValue, Value } from '../value.js'
import { literal, undefinedAt } from '../values.js'
import { locationKey } from '../../text/location.js'

/** The result of a function of Reflect that is about metadata; null where a key or a target is not known. */
export function metadataMethod(machine: Machine, site: CallSite, name: string, args: readonly Value[]): Value | null {
  const [key, second] = args
  const isWrite = name === 'defineMetadata'
  const target = isWrite ? args[2] : second
  const member = args[isWrite ? 3 : 2]
  const keyText = key === undefined ? null : textOf(key)
  if (keyText === null || target === undefined) return null
  const suffix = `${member === undefined ? '' : (textOf(member) ?? '*')} ${keyText}`
  const own = ownerOf(target)
  if (own === null && target.kind !== 'function') return null
  if (isWrite) {
    const value = second ?? undefinedAt(site.at)
    if (own !== null) write(machine, machine.containers, metadataKey(own.class, own.side, suffix), value)
    else if (target.kind === 'function') write(machine, target.properties, functionKey(suffix), value)
    return undefinedAt(site.at)
  }
  const found =
    own !== null
      ? find(machine, own.class, own.side, suffix, name.includes('Own') ? 'own' : 'inherited')
      : target.kind === 'function'
        ? (target.properties.get(functionKey(suffix)) ?? null)
        : null
  return name.startsWith('has') ? literal(site.at, found !== null) : (found ?? undefinedAt(site.at))
}

function find(machine: Machine, start: ClassValue, side: string, suffix: string, reach: 'own' | 'inherited'): Value | null {
  for (let current: Value | null = start; current?.kind === 'class'; current = current.superClass) {
    const value = machine.containers.get(metadataKey(current, side, suffix))
    if (value !== undefined) return value
    if (reach === 'own') return null
  }
  return null
}

function metadataKey(owner: ClassValue, side: string, suffix: string): string {
  return `metadata ${owner.source.file}#${owner.facts.id}${side} ${suffix}`
}

/** Functions keep theirs among their properties, under a name that no program writes: two closures of one text are two owners. */
function functionKey(suffix: string): string {
  return `metadata ${suffix}`
}

/** A class, or the prototype of one. */
function ownerOf(target: Value): { readonly class: ClassValue; readonly side: string } | null {
  if (target.kind === 'class') return { class: target, side: '' }
  if (target.kind === 'member' && target.name === 'prototype' && target.object.kind === 'class')
    return { class: target.object, side: '.prototype' }
  return target.kind === 'object' && target.instanceOf !== null ? { class: target.instanceOf, side: '.prototype' } : null
}

function textOf(key: Value): string | null {
  if (key.kind === 'literal') return String(key.value)
  if (key.kind !== 'result') return null
  const { callee, args } = key.call
  const [name] = args
  const isShared = callee.kind === 'member' && callee.name === 'for' && name?.kind === 'literal'
  return isShared ? `Symbol.for ${String(name.value)}` : locationKey(key.call.at)
}

// What a framework could call of a module from outside.
import type { SourceFacts } from '../extract/facts.js'
import { genericInstance } from './instances.js'
import type { Machine, World } from './machine.js'
import { findMethod } from './classMembers.js'
import { exportedValue } from './moduleExports.js'
import { conventionalRoles, symbolicArguments } from './roles.js'
/** What a framework could call from outside: exported functions, and methods of exported classes. */
export function callables(world: World, file: string): readonly Callable[] {
  const source = world.sources.get(file)
  if (source === undefined) return []
  const classMethods = Object.values(source.classes).flatMap((one) =>
    one.members
      .filter((member) => member.kind === 'method' && typeof member.key === 'string' && member.function !== null)
      .map((member) => ({ owner: one.id, member })),
  )
  const methods = classMethods.map(({ owner, member }) => ({
    name: String(member.key),
    work: (machine: Machine): void => {
      const target = machine.classes.get(`${file}#${owner}`)
      if (target === undefined) return
      const self = member.isStatic ? target : genericInstance(machine, target)
      const method = member.isStatic ? target.properties.get(String(member.key)) : findMethod(machine, target, self, String(member.key))
      if (method?.kind === 'function')
        machine.run.call(machine, siteIn(machine, file), method, self, symbolicArguments(method, conventionalRoles(method.facts)))
    },
  }))
  const names = new Set([
    ...source.exports.flatMap((one) => (one.kind === 'local' ? [one.exported] : [])),
    ...(source.hasModuleSyntax ? [] : ['default', ...commonNames(source)]),
  ])
  const functions = [...names].map((name) => ({
    name,
    work: (machine: Machine): void => {
      const value = exportedValue(machine, siteIn(machine, file), file, name)
      if (value?.kind === 'function')
        machine.run.call(machine, siteIn(machine, file), value, null, symbolicArguments(value, conventionalRoles(value.facts)))
    },
  }))
  const order = ['run', 'start', 'bootstrap', 'main', 'default', 'handler', 'init', 'createApp', 'createServer', 'app']
  const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...methods, ...functions].toSorted((a, b) => rank(a.name) - rank(b.name))
}

export interface Callable {
  readonly name: string
  readonly work: (machine: Machine) => void
}

function siteIn(
  machine: Machine,
  file: string,
): { at: { file: string; fn: string; node: number }; frame: ReturnType<typeof frameIn>; argsAt: []; isAwaited: boolean } {
  return { at: { file, fn: '', node: 0 }, frame: frameIn(machine, file), argsAt: [], isAwaited: true }
}

function frameIn(machine: Machine, file: string): ReturnType<Machine['run']['loadModule']>['frame'] {
  return machine.run.loadModule(machine, file).frame
}

/** Names assigned to `exports` and `module.exports`. */
function commonNames(source: SourceFacts): readonly string[] {
  return Object.values(source.functions)
    .map((one) => one.name)
    .filter((name) => name !== '')
}

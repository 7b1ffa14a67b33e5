// Controllers, resolvers and gateways that no module of an application names.
import type { Machine } from '../link/machine.js'
import { registerIn } from '../link/registrations.js'
import type { ClassValue } from '../link/value.js'
import type { Entry } from '../model/model.js'
import { classDecorator, decoratorsOf, memberDecorators } from './nestDecorators.js'
import { newScope } from '../link/newScope.js'
import { routesIn } from './nestHandlers.js'
import { textsOf } from './nestValues.js'
import { joined } from './nestPaths.js'

const served = new WeakMap<Machine, Set<string>>()

/** Notes that an application serves the class. */
export function noteServed(machine: Machine, target: ClassValue): void {
  const known = served.get(machine)
  if (known === undefined) served.set(machine, new Set([keyOf(target)]))
  else known.add(keyOf(target))
}

/** Registers what nothing serves on scopes that nobody mounts. */
export function addUnreached(machine: Machine): void {
  for (const target of [...machine.classes.values()]) {
    if (served.get(machine)?.has(keyOf(target)) === true || target.facts.isAbstract) continue
    const decorator = decoratorsOf(target).find(
      (one) => /^(?:Controller|Resolver|WebSocketGateway)$/.test(one.name) && one.package.startsWith('@nestjs/'),
    )
    if (decorator === undefined) continue
    const scope = newScope(machine, 'nest', 'controller', decorator.at, target.facts.name)
    const prefix = textsOf(classDecorator(target, /^Controller$/)?.args[0])[0] ?? ''
    for (const member of target.facts.members) {
      if (member.kind !== 'method' || typeof member.key !== 'string') continue
      for (const route of routesIn(memberDecorators(target, member.key), member.key)) {
        const entry: Entry = {
          kind: 'route',
          at: route.decorator.at,
          scope,
          order: machine.order++,
          path: joined(prefix, route.paths[0] ?? null),
          methods: [route.method],
          handlers: [],
          handlersAt: [],
          mounted: null,
          guards: [],
          isOff: false,
          call: route.decorator.call,
          stack: [],
        }
        registerIn(machine, scope, 'entries', entry)
      }
    }
  }
}

function keyOf(target: ClassValue): string {
  return `${target.source.file}#${target.facts.id}`
}

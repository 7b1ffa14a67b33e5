// What gateways of Nest do when a connection comes or goes: hooks that are known by their names, and no messages.
import { findMethod } from '../link/classMembers.js'
import type { Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import { defer } from '../link/promises.js'
import type { ClassValue, Value } from '../link/value.js'
import { parameterOf } from './nestContext.js'
import { handlerArguments } from './nestParameters.js'
import type { NestApplication } from './nestState.js'

const HOOKS = ['afterInit', 'handleConnection', 'handleDisconnect']

/** Runs the hooks of a gateway once the application has started, as listeners of a server of sockets are run. */
export function runConnectionHooks(machine: Machine, app: NestApplication, gateway: ClassValue, instance: Value | null): void {
  for (const name of HOOKS) {
    const method = findMethod(machine, gateway, instance, name)
    if (method === null) continue
    defer(machine, () => {
      machine.phase = 'callback'
      // Nobody in the project calls them: what the start of the application led to is another flow.
      machine.stack = []
      const args = handlerArguments(machine, app.site, method).map((arg, index) => {
        const parameter = method.facts.parameters[index]
        const isConnection = index === 0 && name !== 'afterInit' && parameter !== undefined
        return isConnection ? parameterOf(placeOf(method.source.file, method.facts, parameter.node), 'socket', 'client') : arg
      })
      machine.run.call(machine, { ...app.site, at: method.at, isAwaited: true }, method, instance, args)
    })
  }
}

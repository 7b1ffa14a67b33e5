// With what the sweep calls a function that nobody called.
import type { Scope } from '../model/model.js'
import type { Machine } from './machine.js'
import { conventionalRoles, parameterName, symbolicParameter } from './roles.js'
import type { FunctionValue, Value } from './value.js'
import { Table } from './table.js'

/** Symbolic arguments; what is declared as an application or a router, or conventionally named so, is one that nobody mounts. */
export function sweptArguments(machine: Machine, fn: FunctionValue): readonly Value[] {
  const roles = conventionalRoles(fn.facts)
  return fn.facts.parameters.map((parameter, index) => {
    const type = parameter.type?.name.split('.').at(-1) ?? ''
    const name = parameterName(fn, index)
    const isApp =
      /^(?:Express|Application|Express\.Application)$/.test(type) || (parameter.type === null && /^(?:app|expressApp)$/.test(name))
    const isRouter = /^I?Router$/.test(type) || (parameter.type === null && name === 'router')
    const isFastify = isFastifyContext(machine, type, parameter.type === null ? name : '')
    if (!isApp && !isRouter && !isFastify) return symbolicParameter(fn, index, roles[index] ?? 'unknown')
    const at = { file: fn.source.file, fn: fn.facts.id, node: parameter.node }
    const scope: Scope = {
      id: machine.scopes.length,
      kind: isFastify ? 'plugin' : isApp ? 'app' : 'router',
      framework: isFastify ? 'fastify' : 'express',
      at,
      name,
      entries: [],
      settings: [],
      gaps: [],
      mounts: [],
    }
    return { kind: 'scope', at, scope, properties: new Table() }
  })
}

/** By its type, or by its name: `app` is one of Fastify where no package asks for Express. */
function isFastifyContext(machine: Machine, type: string, name: string): boolean {
  if (/^FastifyInstance$/.test(type) || name === 'fastify') return true
  const asks = (wanted: string): boolean => machine.world.packages.some((one) => wanted in one.dependencies)
  return name === 'app' && asks('fastify') && !asks('express')
}

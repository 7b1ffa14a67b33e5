// Lexical environments of the boot.
import { noteBirth } from './births.js'
import { Table } from './table.js'
import type { Value } from './value.js'

/** One lexical scope. Module environments have no parent; what they do not hold is an import or a global. */
export interface Environment {
  readonly variables: Map<string, Value>
  readonly parent: Environment | null
  /** The file whose module this is, on module environments only. */
  readonly module: string | null
  /** True for the body of a function or a module: `var` declarations land here. */
  readonly isFunction: boolean
}

export function childEnvironment(parent: Environment, kind: 'block' | 'function'): Environment {
  const variables = new Table<Value>()
  noteBirth(variables)
  return { variables, parent, module: null, isFunction: kind === 'function' }
}

export function moduleEnvironment(file: string): Environment {
  return { variables: new Table(), parent: null, module: file, isFunction: true }
}

/** The environment that holds `name`, or null when it is an import or a global. */
export function holderOf(environment: Environment, name: string): Environment | null {
  for (let current: Environment | null = environment; current !== null; current = current.parent) {
    if (current.variables.has(name)) return current
  }
  return null
}

export function moduleOf(environment: Environment): string {
  let current = environment
  while (current.parent !== null) current = current.parent
  return current.module ?? ''
}

export function functionEnvironment(environment: Environment): Environment {
  let current = environment
  while (!current.isFunction && current.parent !== null) current = current.parent
  return current
}

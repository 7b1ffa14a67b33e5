// Where a literal is written that a function was given: functions that many call are run once for equal arguments, and know the parameter alone.
import { addToGroup } from '../../grouped.js'
import type { FunctionFacts } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { productionCode } from '../productionCode.js'

/** The places of the argument in production code where the value's own place is a parameter; its own place otherwise, and where no caller is found. */
export function writtenPlacesOf(model: ProjectModel, at: Location, value: string): readonly Location[] {
  const called = functionWithParameter(model, at)
  if (called === null || called.name === '') return [at]
  const places = productionCode(model).flatMap(({ file, functions }) =>
    Object.values(functions).flatMap((fn) =>
      (callsByName(fn).get(called.name) ?? []).flatMap((args) => literalsAmong(args, value).map((node) => ({ file, fn: fn.id, node }))),
    ),
  )
  return places.length === 0 ? [at] : places
}

/** True where a value stands for whatever callers hand over, so that its own place is not where it was written. */
export function isParameterPlace(model: ProjectModel, at: Location): boolean {
  return functionWithParameter(model, at) !== null
}

function functionWithParameter(model: ProjectModel, at: Location): FunctionFacts | null {
  const facts = model.files.get(at.file)
  const fn = facts?.kind === 'source' ? facts.functions[at.fn] : undefined
  return fn?.parameters.some((parameter) => parameter.node === at.node) === true ? fn : null
}

/** Node numbers of arguments that are this literal. */
function literalsAmong(args: readonly unknown[], value: string): readonly number[] {
  return args.flatMap((arg) =>
    Array.isArray(arg) && arg[0] === 'literal' && arg[2] === value && typeof arg[1] === 'number' ? [arg[1]] : [],
  )
}

// Facts never change, and each secret that is a parameter asks all of them.
const known = new WeakMap<FunctionFacts, ReadonlyMap<string, readonly (readonly unknown[])[]>>()

/** Arguments of calls by the name that is called. Facts are tagged tuples, so one walk over arrays and records meets every expression. */
function callsByName(fn: FunctionFacts): ReadonlyMap<string, readonly (readonly unknown[])[]> {
  const before = known.get(fn)
  if (before !== undefined) return before
  const found = new Map<string, (readonly unknown[])[]>()
  const pending: unknown[] = [fn.body]
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (Array.isArray(part)) {
      const tuple: readonly unknown[] = part
      const name = tuple[0] === 'call' ? nameOf(tuple[2]) : null
      if (typeof name === 'string' && Array.isArray(tuple[3])) addToGroup(found, name, tuple[3])
      for (const one of tuple) if (isHolder(one)) pending.push(one)
    } else if (isHolder(part)) for (const one of Object.values(part)) if (isHolder(one)) pending.push(one)
  }
  known.set(fn, found)
  return found
}

function isHolder(part: unknown): part is object {
  return typeof part === 'object' && part !== null
}

function nameOf(callee: unknown): unknown {
  if (!Array.isArray(callee)) return null
  if (callee[0] === 'name') return callee[2]
  return callee[0] === 'member' ? callee[3] : null
}

// Where a literal is written that a function was given: functions that many call are run once for equal arguments, and know the parameter alone.
import type { FunctionFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import type { ProjectModel } from './model.js'

/** The places of the argument in production code where the value's own place is a parameter; its own place otherwise, and where no caller is found. */
export function writtenPlacesOf(model: ProjectModel, at: Location, value: string): readonly Location[] {
  const called = functionWithParameter(model, at)
  if (called === null || called.name === '') return [at]
  const places = [...model.productionFiles].flatMap((file) => {
    const facts = model.files.get(file)
    if (facts?.kind !== 'source') return []
    return Object.values(facts.functions).flatMap((fn) =>
      argumentsIn(fn.body, called.name, value).map((node) => ({ file, fn: fn.id, node })),
    )
  })
  return places.length === 0 ? [at] : places
}

function functionWithParameter(model: ProjectModel, at: Location): FunctionFacts | null {
  const facts = model.files.get(at.file)
  const fn = facts?.kind === 'source' ? facts.functions[at.fn] : undefined
  return fn?.parameters.some((parameter) => parameter.node === at.node) === true ? fn : null
}

/** Node numbers of literal arguments of calls to that name. Facts are tagged tuples, so one walk over arrays and records meets every expression. */
function argumentsIn(root: unknown, name: string, value: string): readonly number[] {
  const found: number[] = []
  const pending: unknown[] = [root]
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    if (Array.isArray(part)) {
      const tuple: readonly unknown[] = part
      if (tuple[0] === 'call' && nameOf(tuple[2]) === name && Array.isArray(tuple[3]))
        for (const arg of tuple[3] as readonly unknown[])
          if (Array.isArray(arg) && arg[0] === 'literal' && arg[2] === value && typeof arg[1] === 'number') found.push(arg[1])
      pending.push(...tuple.filter(isHolder))
    } else if (isHolder(part)) pending.push(...Object.values(part).filter(isHolder))
  }
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

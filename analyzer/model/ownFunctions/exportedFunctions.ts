// The functions at the top of a module, and the names under which it gives them away.
import type { Expression, FunctionFacts, SourceFacts } from '../../extract/facts.js'
import { assignedExports } from '../assignedExports.js'

export interface ExportedFunction {
  /** `default` for the whole of a CommonJS module. */
  readonly exported: string
  readonly fn: FunctionFacts
}

export function exportedFunctions(facts: SourceFacts): readonly ExportedFunction[] {
  const own = topFunctions(facts)
  const behind = (value: Expression): FunctionFacts | undefined =>
    value[0] === 'name' ? own.get(value[2]) : value[0] === 'function' ? facts.functions[value[2]] : undefined
  const pairs = facts.hasModuleSyntax
    ? facts.exports.flatMap((one) => (one.kind === 'local' ? [{ exported: one.exported, fn: own.get(one.local) }] : []))
    : assignedExports(facts).map(({ exported, value }) => ({ exported, fn: behind(value) }))
  return pairs.flatMap(({ exported, fn }) => (fn === undefined ? [] : [{ exported, fn }]))
}

/** Functions at the top of a file, by name. */
export function topFunctions(facts: SourceFacts): ReadonlyMap<string, FunctionFacts> {
  const found = new Map<string, FunctionFacts>()
  for (const statement of facts.functions['']?.body ?? []) {
    const [kind] = statement
    const fn =
      kind === 'functionDeclaration'
        ? facts.functions[statement[2]]
        : kind === 'declare' && statement[3][0] === 'name' && statement[4]?.[0] === 'function'
          ? facts.functions[statement[4][2]]
          : undefined
    const name = kind === 'declare' && statement[3][0] === 'name' ? statement[3][2] : fn?.name
    if (fn !== undefined && name !== undefined) found.set(name, fn)
  }
  return found
}

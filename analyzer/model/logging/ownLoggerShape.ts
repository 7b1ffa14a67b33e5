// How a logger that the project wrote wants to be called.
import type { FunctionFacts, SourceFacts } from '../../extract/facts.js'
import type { ProjectModel } from '../model.js'
import { isHandlerShaped } from './ownLoggers.js'

export interface OwnMethod {
  readonly name: string
  /** True where the first argument says which part of the program speaks. */
  readonly isScoped: boolean
}

/** The method of the own logger in `file` for one of these levels, the first that it has. null where its parameters say nothing. */
export function ownMethod(model: ProjectModel, file: string, levels: readonly string[]): OwnMethod | null {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source') return null
  for (const level of levels) {
    const first = methodsNamed(facts, level)[0]?.parameters[0]
    if (first === undefined) continue
    const pattern = first.pattern[0] === 'rest' || first.pattern[0] === 'default' ? first.pattern[2] : first.pattern
    const name = pattern[0] === 'name' ? pattern[2] : ''
    if (first.pattern[0] === 'rest' || /^(m|msg|message|text|args?|data|content|str|line|what)$/i.test(name))
      return { name: level, isScoped: false }
    return /^(module|tag|scope|context|category|namespace|source|label|prefix|component)$/i.test(name)
      ? { name: level, isScoped: true }
      : null
  }
  return null
}

function methodsNamed(facts: SourceFacts, name: string): readonly FunctionFacts[] {
  return Object.values(facts.functions).filter((fn) => fn.name === name && !isHandlerShaped(fn))
}

// Classes that say what the environment has to hold, field by field: class-validator checks what class-transformer fills in.
import type { ClassMemberFacts, SourceFacts } from '../../extract/facts.js'
import type { ClassValue, LiteralValue, Value } from '../../link/value.js'
import type { SchemaKey } from './schemaKeys.js'

/** A key for each field with decorators, of the class and what it extends; null where no class is known. What a field starts with stays where the environment lacks it. */
export function classKeys(target: Value | null): readonly SchemaKey[] | null {
  if (target?.kind !== 'class') return null
  const own = target.facts.members.flatMap((member): readonly SchemaKey[] => {
    const names = decoratorNames(target.source, member)
    if (member.kind !== 'field' || member.isStatic || typeof member.key !== 'string' || names.length === 0) return []
    const fallback = startOf(target, member)
    return [
      {
        name: member.key,
        at: { file: target.source.file, fn: target.facts.owner, node: member.node },
        isRequired: member.value === null && names.some((name) => demanding.test(name)) && !names.some((name) => lenient.test(name)),
        fallback,
        isFilledIn: startsFilled(member),
        rule: fallback ?? target,
        isConverted: names.some((name) => name === 'Transform' || name === 'Type') || member.type?.name === 'Array',
      },
    ]
  })
  const inherited = classKeys(target.superClass) ?? []
  const keys = [...own, ...inherited.filter(({ name }) => own.every((one) => one.name !== name))]
  return keys.length === 0 ? null : keys
}

const demanding = /^(Is|Min|Max|Length|Matches|Contains|Equals|NotEquals|Array|Validate|Not)/
const lenient = /^(IsOptional|ValidateIf)$/

/** Names of the decorators of class-validator and class-transformer. */
function decoratorNames({ imports }: SourceFacts, { decorators }: ClassMemberFacts): readonly string[] {
  return decorators.flatMap(({ expression }) => {
    const callee = expression[0] === 'call' ? expression[2] : expression
    const local = callee[0] === 'name' ? callee[2] : null
    const found = imports.find((one) => one.local === local)
    return found !== undefined && /^class-(validator|transformer)$/.test(found.specifier) ? [found.imported] : []
  })
}

function startsFilled({ value }: ClassMemberFacts): boolean {
  if (value === null) return false
  return value[0] !== 'literal' || (value[2] !== '' && value[2] !== null && value[2] !== undefined)
}

function startOf({ source, facts }: ClassValue, { value }: ClassMemberFacts): LiteralValue | null {
  if (value?.[0] !== 'literal' || typeof value[2] !== 'string' || value[2] === '') return null
  return { kind: 'literal', at: { file: source.file, fn: facts.owner, node: value[1] }, value: value[2] }
}

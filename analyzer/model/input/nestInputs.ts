// What handlers of Nest take of a request, and what a ValidationPipe can check of it.
import type { Expression, ParameterFacts } from '../../extract/facts.js'
import type { FunctionValue } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { type DtoClass, isChecked, isTypeOnly, typeBehind } from './dtoClasses.js'
import type { ProjectModel } from '../model.js'
import { recorded } from '../recorded.js'

export interface NestInput {
  readonly at: Location
  readonly part: 'body' | 'query' | 'params'
  /** `id` for `@Param('id')`; null for the whole part. */
  readonly key: string | null
  /** The type as it is declared, by name. */
  readonly type: string | null
  /** The class of the type, where one was found. */
  readonly dto: DtoClass | null
  /**
   * What a ValidationPipe finds to check by: decorators; a class without any; a type of which nothing is left at run time, as of interfaces, lists and `any`;
   * a class that is imported as a type; a single text or number.
   */
  readonly by: 'decorators' | 'bare class' | 'nothing' | 'type import' | 'primitive' | 'unknown'
}

const PARTS: Readonly<Record<string, NestInput['part']>> = { Body: 'body', Query: 'query', Param: 'params' }

/** Parameters of a handler that bring a body, a query or parameters of the path, in order. */
export const nestInputs: (model: ProjectModel, handler: FunctionValue) => readonly NestInput[] = recorded((model, handler) =>
  handler.facts.parameters.flatMap((parameter) => {
    const decorator = parameter.decorators.flatMap(({ expression }) => {
      if (expression[0] !== 'call' || expression[2][0] !== 'name') return []
      const part = PARTS[expression[2][2]]
      return part === undefined ? [] : [{ part, args: expression[3] }]
    })[0]
    if (decorator === undefined) return []
    const { file } = handler.source
    const [first] = decorator.args
    const type = parameter.type?.name ?? null
    return [
      {
        at: { file, fn: handler.facts.id, node: parameter.node },
        part: decorator.part,
        key: first?.[0] === 'literal' && typeof first[2] === 'string' ? first[2] : null,
        type,
        ...(decorator.args.some(checksItems) ? { by: 'unknown' as const, dto: null } : checkedBy(model, file, parameter.type)),
      },
    ]
  }),
)

/** `new ParseArrayPipe({ items: NewPiece })` is told the class of what is in the list, of which the type says nothing at run time. */
function checksItems(pipe: Expression): boolean {
  if (pipe[0] !== 'new' || pipe[2][0] !== 'name' || pipe[2][2] !== 'ParseArrayPipe') return false
  const [options] = pipe[3]
  return options?.[0] === 'object' && options[2].some((one) => 'key' in one && one.key === 'items')
}

const primitives: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'bigint', 'String', 'Number', 'Boolean', 'Date'])
/** Of these a decorator of a parameter knows no more than Object or Array (domain fact K34). */
const erased: ReadonlySet<string> = new Set(
  'any unknown object Object Array ReadonlyArray Record Partial Required Readonly Pick Omit | &'.split(' '),
)

function checkedBy(model: ProjectModel, file: string, type: ParameterFacts['type']): Pick<NestInput, 'by' | 'dto'> {
  if (type === null || erased.has(type.name)) return { by: 'nothing', dto: null }
  if (primitives.has(type.name)) return { by: 'primitive', dto: null }
  const found = typeBehind(model, file, type.name)
  if (typeof found === 'string') return { by: found === 'none' ? 'nothing' : 'unknown', dto: null }
  if (isTypeOnly(model, file, type.name)) return { by: 'type import', dto: found }
  return { by: names[isChecked(model, found)], dto: found }
}

const names = { yes: 'decorators', no: 'bare class', unknown: 'unknown' } as const

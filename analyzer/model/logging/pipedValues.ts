// Values of requests that Nest hands to a handler as something else than they came: through pipes, or as decorators of class-validator allow.
import type { Expression, ParameterFacts } from '../../extract/facts.js'
import type { Value } from '../../link/value.js'
import { decoratorName, typeBehind } from '../input/dtoClasses.js'
import type { ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { productionCalls } from '../productionCalls.js'
import { recordedOnce } from '../recorded.js'
import { isTrue, property } from '../values.js'

/** Pipes that leave texts as they are. What others make of a text, those of the project among them, is not what the client sent. */
const keeping = /^(?:ValidationPipe|DefaultValuePipe|ParseArrayPipe)$/

/** Decorators of class-validator whose values have no text behind a line break. `IsEmail` is none: its local part may be quoted, and hold one (run with 0.15). */
const oneLine =
  /^(?:Is(?:UUID|Int|Number|Boolean|Enum|In|Date|DateString|ISO8601|MongoId|Positive|Negative|NumberString|Alpha|Alphanumeric|Hexadecimal|ULID|Port|IP|JWT)|Min|Max|Matches)$/

export function isPiped(model: ProjectModel, value: Value): boolean {
  let root = value
  while (root.kind === 'member') root = root.object
  if (root.kind !== 'parameter') return false
  const { file, fn, node } = root.at
  const source = model.files.get(file)
  const parameter = source?.kind === 'source' ? source.functions[fn]?.parameters.find((one) => one.node === node) : undefined
  if (parameter === undefined || parameter.decorators.length === 0) return false
  return parameter.decorators.some(hasPipe) || isNumber(model, parameter) || isOneLine(model, file, parameter, value)
}

function hasPipe({ expression }: ParameterFacts['decorators'][number]): boolean {
  return expression[0] === 'call' && expression[3].some((argument) => isPipe(argument))
}

function isPipe(argument: Expression): boolean {
  const named = argument[0] === 'new' ? argument[2] : argument
  return (named[0] === 'name' && !keeping.test(named[2])) || (named[0] === 'member' && !keeping.test(named[3]))
}

/** `@Param('id') id: number` is a text, unless a ValidationPipe makes what the type says of it. */
function isNumber(model: ProjectModel, { type }: ParameterFacts): boolean {
  return (type?.name === 'number' || type?.name === 'boolean') && transforms(model)
}

const transforms: (model: ProjectModel) => boolean = recordedOnce((model) =>
  productionCalls(model, callsTo(model, '@nestjs/common', ['ValidationPipe'])).some(
    ({ args: [options = null] }) => isTrue(property(options, 'transform')) !== 'no',
  ),
)

function isOneLine(model: ProjectModel, file: string, { type }: ParameterFacts, value: Value): boolean {
  const found = type === null || value.kind !== 'member' ? 'unknown' : typeBehind(model, file, type.name)
  if (typeof found === 'string' || value.kind !== 'member') return false
  const field = found.facts.members.find(({ key, kind }) => kind === 'field' && key === value.name)
  return field?.decorators.some((decorator) => oneLine.test(decoratorName(decorator))) ?? false
}

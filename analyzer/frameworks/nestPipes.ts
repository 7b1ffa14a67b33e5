// Pipes on single parameters: `@Body(new ValidationPipe())`, `@Param('id', ParseIntPipe)`.
import type { Machine } from '../link/machine.js'
import { placeOf } from '../link/places.js'
import type { FunctionValue } from '../link/value.js'
import type { Enhancer, NestModule } from './nestState.js'
import { evaluateIn } from './nestValues.js'

/** Pipes that decorators of parameters bring, in the order of the parameters. */
export function parameterPipes(machine: Machine, fn: FunctionValue, module: NestModule): readonly Enhancer[] {
  const { owner } = fn
  if (owner === null) return []
  return fn.facts.parameters.flatMap((parameter) =>
    parameter.decorators.flatMap(({ expression }) => {
      if (
        expression[0] !== 'call' ||
        expression[2][0] !== 'name' ||
        !/^(?:Body|Query|Param|UploadedFiles?|Args|Headers)$/.test(expression[2][2])
      )
        return []
      return expression[3].flatMap((argument): readonly Enhancer[] => {
        if (argument[0] === 'literal' || argument[0] === 'object' || argument[0] === 'template') return []
        const value = evaluateIn(machine, owner, fn.facts, argument)
        const isPipe =
          value.kind === 'class' ||
          value.kind === 'package' ||
          value.kind === 'result' ||
          (value.kind === 'object' && value.role === 'instance')
        return isPipe ? [{ value, at: placeOf(fn.source.file, fn.facts, argument[1]), module }] : []
      })
    }),
  )
}

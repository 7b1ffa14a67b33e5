// What Nest's Logger writes: lines of plain text, unless the application was given a logger that does otherwise.
import type { Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { methodName, originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { productionCalls } from '../productionCalls.js'
import { recordedOnce } from '../recorded.js'
import { oneOf } from '../sorted.js'
import { hasProperty, isFalse, possibleValues, property } from '../values.js'

const factories = ['create', 'createMicroservice', 'createApplicationContext'] as const

/** True where all loggers that applications get are Nest's own, writing text: line breaks of what is logged are written raw, by 10 and 11 alike (run). */
export const nestWritesText: (model: ProjectModel) => boolean = recordedOnce((model) => {
  const made = factories.flatMap((name) => callsTo(model, '@nestjs/core', ['NestFactory', name]))
  const overriding = callsTo(model, '@nestjs/common', ['Logger', 'overrideLogger'])
  return (
    productionCalls(model, made).every(({ args }) => args.slice(1).every((options) => isTextOption(options))) &&
    productionCalls(model, [...usingCalls(model), ...overriding]).every(({ args: [logger] }) => logger === undefined || isText(logger))
  )
})

const usingCalls = callsThat(({ callee }) => methodName(callee) === 'useLogger', { names: oneOf(['useLogger']) })

/** `{ logger: … }`; what holds none leaves Nest its own. An adapter of a platform is no object of options. */
function isTextOption(options: Value): boolean {
  const logger = property(options, 'logger')
  if (logger !== null) return isText(logger)
  return (options.kind === 'result' && options.call.isNew) || hasProperty(options, 'logger') === 'no'
}

/** Levels, or a ConsoleLogger that is not told to write JSON. */
function isText(logger: Value): boolean {
  return possibleValues(logger).every((one) => {
    if (one.kind === 'array') return true
    if (one.kind === 'literal') return one.value === undefined || one.value === null
    if (one.kind !== 'result' || !one.call.isNew || originOf(one.call.callee)?.path.at(-1) !== 'ConsoleLogger') return false
    return one.call.args.every((arg) => property(arg, 'json') === null || isFalse(property(arg, 'json')) === 'yes')
  })
}

// Functions that write the errors of GraphQL or tRPC anew, and leave the stack in them.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, PathCondition, Value } from '../../link/value.js'
import { type Location, locationKey } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { globalOf, methodName, originOf, packageOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { isInProduction } from '../productionCalls.js'
import { childrenOf } from '../search.js'
import { oneOf } from '../sorted.js'
import { property } from '../values.js'
import { verdictOf } from './errorConditions.js'
import { givesOn, harmlessNames, livingOptions } from './errorParts.js'

export interface FormattedStack {
  readonly at: Location
  /** Where the formatter is handed over. */
  readonly given: Location
  readonly package: string
}

const options = ['errorFormatter', 'formatError', 'customFormatErrorFn'] as const
const servers = oneOf([
  'mercurius',
  '@nestjs/graphql',
  'express-graphql',
  '@apollo/server',
  'apollo-server',
  'apollo-server-express',
  'apollo-server-fastify',
  '@trpc/server',
])

const calls = callsThat((call) => !call.isWrite && serverOf(call) !== null, { packages: servers, names: oneOf(['register']) })

/** Stacks in what formatters of these servers give, in production. */
export function formattedStacks(model: ProjectModel): readonly FormattedStack[] {
  const found = new Map<string, FormattedStack>()
  for (const call of calls(model)) {
    if (!isInProduction(model, call)) continue
    for (const given of call.args)
      for (const option of options)
        for (const fn of functionsBehind(property(given, option) ?? { kind: 'literal', at: call.at, value: null }))
          for (const { value, guards } of model.summaryOf(fn).returns) {
            const at = verdictOf(guards) === null ? stackIn(model, value, 0) : null
            if (at !== null) found.set(locationKey(at), { at, given: call.at, package: serverOf(call) ?? '' })
          }
  }
  return [...found.values()]
}

/** The server that the call makes or registers: `initTRPC.context<Context>().create({ … })` too. */
function serverOf({ callee, args }: CallRecord): string | null {
  const isRegistered = methodName(callee) === 'register'
  const name =
    (isRegistered ? packageOf(args[0] ?? null) : methodName(callee) === 'create' ? originOf(callee) : packageOf(callee))?.package ?? ''
  return servers(name) ? name : null
}

/** Where a stack gets into the value that is returned, also by a callback that lists are mapped with. What a call makes of it, as a digest, is none. */
function stackIn(model: ProjectModel, value: Value, depth: number): Location | null {
  if (depth > 12) return null
  const firstOf = (values: readonly Value[]): Location | null => {
    for (const one of values) {
      const at = stackIn(model, one, depth + 1)
      if (at !== null) return at
    }
    return null
  }
  if (value.kind === 'member' && value.name === 'stack') return isShaped(value.object) ? null : value.at
  if (value.kind === 'member') return harmlessNames.has(value.name) ? null : firstOf([value.object])
  if (value.kind === 'choice')
    return firstOf(livingOptions(value).flatMap(({ option, conditions }) => (isSpared(conditions) ? [] : [option])))
  if (value.kind === 'function') return firstOf(model.summaryOf(value).returns.map((one) => one.value))
  if (value.kind === 'result') return firstOf(givenOnBy(value.call))
  return value.kind === 'operation' && value.operator !== '+' ? null : firstOf(childrenOf(value))
}

/** `shape.data.stack` of tRPC is there in development alone. */
function isShaped(value: Value): boolean {
  return value.kind === 'member' && value.name === 'data' && value.object.kind === 'member' && value.object.name === 'shape'
}

function givenOnBy({ callee, args, isNew }: CallRecord): readonly Value[] {
  // The text of an error is answered, and so are its extensions; the error that it stands for is not.
  if (isNew && /Error$/.test(methodName(callee) ?? ''))
    return [args[0], property(args[1] ?? null, 'extensions')].filter((one) => one !== undefined && one !== null)
  if (/^(String|JSON\.stringify|Object\.(assign|fromEntries)|Array\.from|structuredClone)$/.test(globalOf(callee) ?? '')) return args
  return callee.kind === 'member' && givesOn.test(callee.name) ? [callee.object, ...args] : []
}

function isSpared(conditions: readonly PathCondition[]): boolean {
  return verdictOf(conditions) !== null
}

// What clients see of exceptions of Nest where filters of the project answer them.
import type { CallRecord, FunctionValue, Guard, Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import { addToGroup } from '../../grouped.js'
import { conductOf } from '../conduct.js'
import { errorLayersOf } from './errorHandling.js'
import { isErrorItself } from './errorParts.js'
import type { ProjectModel, Route } from '../model.js'
import { globalOf, originOf } from '../origins.js'
import { recorded, recordedOnce } from '../recorded.js'
import { childrenOf, DEEPEST } from '../search.js'

/** `message`: its `message` and no other part of what the exception was given. */
export type Shown = 'all' | 'message' | 'nothing'

/** The most that a route shows of the exception that a call makes: of those that make it, and of all where that is not seen. */
export function shownOf(model: ProjectModel, call: CallRecord): Shown {
  const makers = makersOf(model).get(locationKey(call.at)) ?? model.routes
  return makers.length === 0 ? 'all' : most(makers.map((route) => shownBy(model, route, call)))
}

/** Routes by the places where what runs for them makes something of Nest. Without filters nobody asks. */
const makersOf = recordedOnce((model): ReadonlyMap<string, readonly Route[]> => {
  const found = new Map<string, Route[]>()
  if (!model.routes.some((route) => route.app.framework === 'nest' && errorLayersOf(model, route).length > 0)) return found
  for (const route of model.routes)
    for (const { value } of route.chain)
      if (value.kind === 'function')
        for (const call of model.summaryOf(value).calls)
          if (call.isNew && originOf(call.callee)?.package === '@nestjs/common') addToGroup(found, locationKey(call.at), route)
  return found
})

/** The first filter that takes the exception answers; one that may take it leaves the next ones, and Nest itself, a part. */
function shownBy(model: ProjectModel, route: Route, call: CallRecord): Shown {
  if (route.app.framework !== 'nest' || route.method === 'MESSAGE' || route.path.includes('#')) return 'all'
  const found: Shown[] = []
  for (const { link } of errorLayersOf(model, route)) {
    if (link.value.kind !== 'function' || link.isConditional) return 'all'
    const taken = answersIn(model, link.value).filter(({ guards }) => guards.every((guard) => mayHold(guard, call)))
    found.push(...taken.flatMap(({ bodies }) => bodies?.map((body) => shownIn(body, call, 0)) ?? 'all'))
    if (taken.some(({ guards }) => guards.every(({ value, holds }) => takes(value, call) === holds))) return most(found)
  }
  return 'all'
}

interface FilterAnswer {
  /** Tests of the error's class around it. */
  readonly guards: readonly Guard[]
  /** What is sent; null for all that the exception says. */
  readonly bodies: readonly Value[] | null
}

/** What a filter answers. One that hands the exception on, or throws, shows all. */
const answersIn = recorded((model, filter: FunctionValue): readonly FilterAnswer[] => {
  const { records, answers, summary } = conductOf(model, filter)
  const tests = (guards: readonly Guard[]): readonly Guard[] => guards.filter(({ value }) => classesAsked(value) !== null)
  return [
    ...answers.map(({ record, body }) => ({ guards: tests(record.guards), bodies: body === null ? [] : [body] })),
    ...[...records.filter(isHandedOn), ...summary.throws].map(({ guards }) => ({ guards: tests(guards), bodies: null })),
  ]
})

/** `super.catch(exception, host)` */
function isHandedOn({ callee, args }: CallRecord): boolean {
  return callee.kind === 'member' && callee.name === 'catch' && args.length > 1
}

function shownIn(value: Value, call: CallRecord, depth: number): Shown {
  if (depth > DEEPEST || isErrorItself(value)) return 'all'
  if (value.kind === 'member' && isErrorItself(value.object)) return tells(value.name)
  if (value.kind === 'result' && value.call.callee.kind === 'member' && isErrorItself(value.call.callee.object))
    return value.call.callee.name === 'getStatus' ? 'nothing' : 'all'
  return most(partsShown(value, call).map((one) => shownIn(one, call, depth + 1)))
}

/** Of `error instanceof HttpException ? a : b` the arm that the exception takes. What a condition asks is not shown. */
function partsShown(value: Value, call: CallRecord): readonly Value[] {
  if (value.kind !== 'choice') return childrenOf(value)
  const [first, second] = value.options
  const answer = value.operator === '?:' && value.test !== null ? takes(value.test, call) : null
  const arm = answer === true ? first : answer === false ? second : undefined
  return arm === undefined ? value.options : [arm]
}

function tells(name: string): Shown {
  if (/^(?:name|status|statusCode)$/.test(name)) return 'nothing'
  return /^(?:message|stack)$/.test(name) ? 'message' : 'all'
}

function most(parts: readonly Shown[]): Shown {
  return (['all', 'message'] as const).find((one) => parts.includes(one)) ?? 'nothing'
}

/** `A` and `B` of `error instanceof A || error instanceof B`; null for any other condition. */
function classesAsked(value: Value): readonly Value[] | null {
  if (value.kind === 'choice' && value.operator === '||') {
    const options = value.options.map(classesAsked)
    return options.includes(null) ? null : options.flatMap((one) => one ?? [])
  }
  const [object, tested] = value.kind === 'operation' && value.operator === 'instanceof' ? value.operands : []
  return object !== undefined && tested !== undefined && isErrorItself(object) ? [tested] : null
}

function mayHold({ value, holds }: Guard, call: CallRecord): boolean {
  const answer = takes(value, call)
  return answer === null || answer === holds
}

/** Whether the exception is of the class that is asked for; null where that is not known. */
function takes(value: Value, { callee }: CallRecord): boolean | null {
  const asked = classesAsked(value)
  if (asked === null) return null
  const made = originOf(callee)?.path.at(-1)
  const answers = asked.map((tested): boolean | null => {
    const name = tested.kind === 'package' ? tested.path.at(-1) : undefined
    if (globalOf(tested) === 'Error' || name === 'HttpException' || (name !== undefined && name === made)) return true
    // A class of the project may be the one whose constructor this is.
    return tested.kind === 'package' ? false : null
  })
  return answers.includes(true) ? true : answers.includes(null) ? null : false
}

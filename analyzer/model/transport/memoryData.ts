// Data that clients send and read back, and that is kept in a variable of the process alone.
import { functionsBehind } from '../../link/handlers.js'
import type { FunctionValue, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel, Route } from '../model.js'
import { originOf } from '../origins.js'
import { ofEachBinding } from '../perPart.js'
import { recordedOnce } from '../recorded.js'
import { requestPart } from '../requests.js'
import { contains } from '../search.js'
import { wordsOf } from '../secrets/secretNames.js'
import { possibleValues } from '../values.js'

export interface MemoryData {
  /** The array, object or Map. */
  readonly value: Value
  /** The name that it has in the code. */
  readonly name: string
  readonly writers: readonly Route[]
  readonly readers: readonly Route[]
}

/** Collections into which one route puts what it was sent, and from which another one answers. What is written to a store as well is a cache, and no data. */
export const memoryData: (model: ProjectModel) => readonly MemoryData[] = recordedOnce((model) => {
  const writers = new Map<Value, Route[]>()
  for (const route of model.routes)
    if (/^(POST|PUT|PATCH)$/.test(route.method) && model.productionFiles.has(route.entry.at.file))
      for (const fn of handlersOf(route))
        for (const value of writtenBy(model, fn)) writers.set(value, [...(writers.get(value) ?? []), route])
  if (writers.size === 0) return []
  const readers = new Map<Value, Route[]>()
  for (const route of model.routes)
    if (route.method === 'GET')
      for (const fn of handlersOf(route))
        for (const value of answeredBy(model, fn, writers)) readers.set(value, [...(readers.get(value) ?? []), route])
  return collections(model).flatMap(({ name, value, isOff }) => {
    const own = readers.get(value)
    const found =
      own === undefined || isOff || wordsOf(name).some((word) => beside.test(word))
        ? []
        : [{ value, name, writers: writers.get(value) ?? [], readers: own }]
    readers.delete(value)
    return found
  })
})

function handlersOf({ handler }: Route): readonly FunctionValue[] {
  return handler === null ? [] : functionsBehind(handler)
}

/** What is there while the process runs, and for no longer. */
const beside =
  /^(\w*cached?|caches|\w*sockets?|clients?|connections?|sessions?|metrics?|stats?|statistics|queues?|queued|buffers?|logs?|listeners?|subscri\w+|locks?|locked|(rate)?limit\w*|attempts?|online|presence)$/

const collections = ofEachBinding((binding) => [binding], ['array', 'object'])

/** Collections that live longer than a request and are given something of its body; none where the function waits for anything, as for a database. */
function writtenBy(model: ProjectModel, fn: FunctionValue): ReadonlySet<Value> {
  const { summary, records, answers } = conductOf(model, fn)
  // What a handler of Fastify returns is sent for it, in its own time. What a call gives may be a promise of a database.
  const sent = new Set(answers.flatMap(({ record, body }) => (body !== null && mayBeWaitedFor(body) ? [] : [record])))
  const found = new Set<Value>()
  if (records.some((one) => (one.isAwaited && !sent.has(one)) || originOf(one.callee)?.package === 'fs')) return found
  for (const { target, value } of summary.writes) if (target === '[]' && value.kind === 'array') found.add(value)
  for (const { callee, args, isWrite } of records) {
    if (callee.kind !== 'member' || callee.object.kind !== 'object') continue
    const { object } = callee
    const isKept = isWrite ? callee.name === '*' && object.role === 'plain' : callee.name === 'set' && object.role === 'map'
    if (isKept && contains(args.at(-1) ?? null, (one) => requestPart(one) === 'body')) found.add(object)
  }
  return found
}

function mayBeWaitedFor(value: Value): boolean {
  return possibleValues(value).some((one) => one.kind === 'result' || one.kind === 'promise')
}

/** The wanted collections from which a handler answers. */
function answeredBy(model: ProjectModel, fn: FunctionValue, wanted: ReadonlyMap<Value, unknown>): ReadonlySet<Value> {
  const { answers, summary } = conductOf(model, fn)
  const found = new Set<Value>()
  const look = (value: Value): void => {
    contains(value, (one) => {
      if (wanted.has(one)) found.add(one)
      return false
    })
  }
  for (const { record } of answers) record.args.forEach(look)
  for (const { value } of summary.returns) look(value)
  return found
}

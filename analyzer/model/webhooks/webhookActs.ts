// What a webhook does with what it is told: the first thing in it that changes or sends something.
import type { CallRecord, Value } from '../../link/value.js'
import { conductOf } from '../conduct.js'
import { logCallOf } from '../logging/logCalls.js'
import type { Confidence, ProjectModel, Route } from '../model.js'
import { rememberedByName } from '../names.js'
import { globalOf, methodName, originOf } from '../origins.js'
import { isNext, isRequest, isResponse, requestPart } from '../requests.js'
import { property, startOf, stringOf } from '../values.js'
import { ownFunctions } from './webhookRoutes.js'
import { expensiveWork, type Work } from '../work.js'

export interface WebhookAct {
  readonly record: CallRecord
  /** `order.save`. */
  readonly what: string
  /** Medium where the name of a call alone says so. */
  readonly confidence: Confidence
}

/** null where the route does nothing but answer, look things up and write lines in a log. */
export function actOf(model: ProjectModel, route: Route): WebhookAct | null {
  return actAmong(
    expensiveWork(model, route),
    ownFunctions(route).flatMap((fn) => conductOf(model, fn).records),
  )
}

/** The first work that costs something, else the first of the records that does anything. */
export function actAmong(work: readonly Work[], records: readonly CallRecord[]): WebhookAct | null {
  const costly = work.find(({ kind }) => kind !== 'hashing')
  if (costly !== undefined) return { record: costly.record, what: costly.what, confidence: 'high' }
  for (const record of records) {
    const act = actIn(record)
    if (act !== null) return act
  }
  return null
}

/** null for what answers, looks something up or writes a line. */
function actIn(record: CallRecord): WebhookAct | null {
  if (record.isWrite || logCallOf(record) !== null) return null
  if (isSending(record) || isWritingQuery(record)) return { record, what: nameOf(record), confidence: 'high' }
  const isChange = changesByName(methodName(record.callee) ?? '') && isOfTheProject(record)
  return isChange ? { record, what: nameOf(record), confidence: 'medium' } : null
}

const clients = new Set(['axios', 'got', 'superagent', 'ky', 'undici', 'node-fetch', 'needle'])

/** `axios.post(…)`, `fetch(url, { method: 'POST' })`, `request(url, { method: 'PUT' })` of undici, `queue.add(…)`. */
export function isSending({ callee, args }: CallRecord): boolean {
  const origin = originOf(callee)
  const name = origin?.path.at(-1) ?? ''
  if (globalOf(callee) === 'fetch' || origin?.package === 'node-fetch') return sends(property(args[1] ?? null, 'method'))
  if (origin === null) return false
  if (clients.has(origin.package)) return /^(?:post|put|patch|delete)$/.test(name) || args.some((arg) => sends(property(arg, 'method')))
  return (
    /^(?:bull|bullmq|bee-queue|agenda|pg-boss|amqplib|kafkajs|@aws-sdk\/client-(?:sqs|sns)|@google-cloud\/(?:pubsub|tasks))$/.test(
      origin.package,
    ) && /^(?:add|addBulk|send|publish|publishMessage|sendToQueue|now|schedule|createJob|createTask)$/.test(name)
  )
}

function sends(method: Value | null): boolean {
  return /^(?:POST|PUT|PATCH|DELETE)$/i.test(stringOf(method) ?? '')
}

/** `pool.query('UPDATE …')`. */
function isWritingQuery({ callee, args }: CallRecord): boolean {
  return (
    /^(?:query|execute|raw|run|unsafe)$/.test(methodName(callee) ?? '') &&
    /^\s*(?:insert|update|delete|replace|merge)\b/i.test(startOf(args[0] ?? null))
  )
}

const changesByName = rememberedByName((name) =>
  /^(?:create|insert|update|upsert|save|delete|remove|destroy|set|add|increment|decrement|publish|enqueue|dispatch|emit|send|notify|mark|activate|cancel|fulfil|fulfill|grant|provision|credit|process|handle)(?:[A-Z]\w*|Many|One)?$/.test(
    name,
  ),
)

/** What is called is neither the request nor the response, and no tool of the language. */
function isOfTheProject({ callee, args }: CallRecord): boolean {
  if (callee.kind !== 'member') return false
  const { object } = callee
  if (isResponse(object) || isRequest(object) || isNext(object) || requestPart(object) !== null || globalOf(callee) !== null) return false
  if (isMade(object)) return false
  return args.length > 0
}

/** Hashes, dates, addresses and lists are filled without consequence. What lives longer than a request is a Map of the module, as a rule. */
function isMade(value: Value): boolean {
  if (value.kind === 'object') return value.role !== 'map'
  if (value.kind === 'array' || value.kind === 'literal' || value.kind === 'template' || value.kind === 'operation') return true
  const root = originOf(value)
  return (
    (root !== null && /^(?:crypto|url|dayjs|moment|date-fns|lodash|luxon|form-data|uuid)$/.test(root.package)) ||
    globalOf(value.kind === 'result' ? value.call.callee : value) !== null
  )
}

function nameOf(record: CallRecord): string {
  const origin = originOf(record.callee)
  const name = methodName(record.callee) ?? 'a call'
  return origin === null ? name : `${origin.package} ${name}`
}

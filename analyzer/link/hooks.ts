// What Fastify passes to hooks, handlers and error handlers (Fastify 5: Hooks, Errors), and whose returned values it sends.
import type { ParameterValue, Value } from './value.js'
import type { Entry } from '../model/model.js'

/** The hooks of a request in the order in which they run (domain fact K25). */
export const LIFECYCLE: readonly string[] = [
  'onRequest',
  'preParsing',
  'preValidation',
  'preHandler',
  'preSerialization',
  'onError',
  'onSend',
  'onResponse',
  'onTimeout',
  'onRequestAbort',
]

const WITH_PAYLOAD: ReadonlySet<string> = new Set(['preParsing', 'preSerialization', 'onSend'])

/** The hook that @fastify/rate-limit adds to routes, by its options: the first of a request, unless `hook` names another (versions 8 to 11). */
export function limitHookOf(options: Value): string {
  const hook = options.kind === 'object' ? options.properties.get('hook') : undefined
  return hook?.kind === 'literal' && LIFECYCLE.includes(String(hook.value)) ? String(hook.value) : 'onRequest'
}

/** The roles of the parameters of handler number `index`; null where Fastify does not call it. */
export function hookRoles(entry: Entry, index: number): readonly ParameterValue['role'][] | null {
  const hook = entry.hooks?.[index] ?? (entry.hook === 'route' ? 'handler' : entry.hook)
  if (hook === undefined || hook === 'use') return null
  if (hook === 'errorHandler') return ['error', 'request', 'response']
  if (hook === 'onError') return ['request', 'response', 'error', 'next']
  if (WITH_PAYLOAD.has(hook)) return ['request', 'response', 'unknown', 'next']
  return hook === 'handler' || hook === 'notFoundHandler' ? ['request', 'response'] : ['request', 'response', 'next']
}

/** Handlers and error handlers answer with what they return (domain fact D18); hooks pass the request on when they end. */
export function answersOf(entry: Entry, index: number): 'returned' | 'sent' | 'passing' {
  const { hook } = entry
  if (hook === undefined || hook === 'use') return 'sent'
  const at = entry.hooks?.[index] ?? (hook === 'route' ? null : hook)
  return at === null || at === 'errorHandler' || at === 'notFoundHandler' ? 'returned' : 'passing'
}

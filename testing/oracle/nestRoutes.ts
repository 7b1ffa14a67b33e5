// Routes of Nest in the words of the recording: method, path, handler, and the classes in front of it.
import type { FunctionValue, Value } from '../../analyzer/link/value.js'
import type { ChainLink, ProjectModel, Route } from '../../analyzer/model/model.js'
import { describe } from '../../analyzer/model/describe.js'
import { originOf } from '../../analyzer/model/origins.js'
import { joinPaths } from './recordedRoutes.js'
import type { RecordedNestRoute } from './start.js'

/** `GET /notes NotesController.list guards=[AuthGuard] interceptors=[] pipes=[ValidationPipe]`, sorted. */
export function recordedNestRoutes(routes: readonly RecordedNestRoute[]): readonly string[] {
  return routes
    .map(({ method, path, handler, guards, interceptors, pipes }) => line(method, path, handler, { guards, interceptors, pipes }))
    .sort()
}

/** The same of the model. */
export function modelNestRoutes(model: ProjectModel): readonly string[] {
  return model.routes
    .flatMap((route): readonly string[] => {
      const own = route.chain.filter((link) => link.entry === route.entry)
      const of = (kind: Kind): readonly string[] => own.flatMap((link) => namesOf(route, link, kind))
      const transport = transportOf(route)
      const classes = { guards: of('guards'), interceptors: of('interceptors'), pipes: of('pipes') }
      // GraphQL calls what answers a field of a type itself where nothing stands in front.
      if (route.method === 'RESOLVEFIELD' && Object.values(classes).every((names) => names.length === 0)) return []
      return [line(transport ?? route.method, transport === null ? route.path : '', handlerName(route.handler), classes)]
    })
    .sort()
}

/** How fields and messages are recorded; null for routes of HTTP. */
export function transportOf({ path, method, entry }: Pick<Route, 'path' | 'method' | 'entry'>): 'GRAPHQL' | 'SOCKET' | 'RPC' | null {
  if (path.startsWith('/graphql#')) return 'GRAPHQL'
  if (method !== 'MESSAGE') return null
  return entry.scope.kind === 'gateway' ? 'SOCKET' : 'RPC'
}

type Kind = 'guards' | 'interceptors' | 'pipes'

function line(method: string, path: string, handler: string, classes: Readonly<Record<Kind, readonly string[]>>): string {
  const lists = Object.entries(classes).map(([kind, names]) => `${kind}=[${names.filter((name) => !isThrottler(name)).join(', ')}]`)
  return `${method} ${joinPaths(path)} ${handler} ${lists.join(' ')}`
}

/** Throttlers stand in the model only where they limit; floods tell whether that is so. */
function isThrottler(name: string): boolean {
  return /^(?:Throttler|ByAddress)Guard$/.test(name)
}

/** The name of a middleware: of the class that it is an instance of, else its own. */
export function middlewareName(value: Value): string {
  return value.kind === 'function' && value.facts.name === 'use' ? className(value) : describe(value)
}

function handlerName(value: Value | null): string {
  return value?.kind === 'function' ? `${className(value)}.${value.facts.name}` : 'unknown'
}

/** Methods may be inherited: the instance tells the class. */
function className({ self, owner }: FunctionValue): string {
  return (self?.kind === 'object' ? self.instanceOf?.facts.name : undefined) ?? owner?.facts.name ?? ''
}

const METHODS: Readonly<Record<string, Kind>> = { canActivate: 'guards', intercept: 'interceptors', transform: 'pipes' }

/** Pipes of single parameters are not among those that Nest makes for the handler. */
function namesOf(route: Route, { value, at }: ChainLink, kind: Kind): readonly string[] {
  if (route.handler?.kind === 'function' && at.fn === route.handler.facts.id && at.file === route.handler.source.file) return []
  if (value.kind === 'function') return METHODS[value.facts.name] === kind ? [className(value)] : []
  if (value.kind === 'array') return value.elements.slice(0, 1).flatMap((one) => namesOf(route, { value: one, at } as ChainLink, kind))
  const name = originOf(value)?.path.findLast((part) => part !== '()') ?? ''
  const suffix = { guards: 'Guard', interceptors: 'Interceptor', pipes: 'Pipe' }[kind]
  return name.endsWith(suffix) ? [name] : []
}

// Which requests a decorated method serves: routes, GraphQL fields, messages.
import type { ObjectValue, Value } from '../link/value.js'
import type { Target } from './nestContext.js'
import type { NestDecorator } from './nestDecorators.js'
import { joined, methodNamed } from './nestPaths.js'
import { propertyOf, textsOf } from './nestValues.js'

export interface HandledRoute {
  readonly transport: Target['transport']
  /** Upper case; GraphQL fields and messages have the name of their decorator. */
  readonly method: string
  /** Fields of GraphQL stand behind a `#`, below the usual path. */
  readonly paths: readonly (string | null)[]
  readonly decorator: NestDecorator
}

const VERBS: Readonly<Record<string, string>> = {
  Get: 'GET',
  Post: 'POST',
  Put: 'PUT',
  Patch: 'PATCH',
  Delete: 'DELETE',
  Options: 'OPTIONS',
  Head: 'HEAD',
  Search: 'SEARCH',
  All: 'ALL',
  Sse: 'GET',
}

/** What a method with these decorators serves, one element for each decorator that says so. */
export function routesIn(decorators: readonly NestDecorator[], name: string): readonly HandledRoute[] {
  return decorators.flatMap((decorator): readonly HandledRoute[] => {
    const [first] = decorator.args
    if (decorator.package === '@nestjs/common') {
      const verb = VERBS[decorator.name]
      if (verb !== undefined) return [{ transport: 'http', method: verb, paths: pathsOf(first), decorator }]
      if (decorator.name !== 'RequestMapping') return []
      return [
        {
          transport: 'http',
          method: methodNamed(propertyOf(first, 'method')) ?? 'GET',
          paths: pathsOf(propertyOf(first, 'path')),
          decorator,
        },
      ]
    }
    if (decorator.package === '@nestjs/graphql' && /^(?:Query|Mutation|Subscription|ResolveField|ResolveReference)$/.test(decorator.name)) {
      const options = decorator.args.find((arg) => arg.kind === 'object')
      const given = first?.kind === 'literal' ? first : propertyOf(options, 'name')
      const field = given?.kind === 'literal' ? String(given.value) : name
      return [{ transport: 'graphql', method: decorator.name.toUpperCase(), paths: [`/graphql#${field}`], decorator }]
    }
    if (decorator.package === '@nestjs/websockets' && decorator.name === 'SubscribeMessage')
      return message('ws', 'MESSAGE', first, decorator)
    if (decorator.package === '@nestjs/microservices' && /^(?:Message|Event)Pattern$|^Grpc/.test(decorator.name))
      return message('rpc', 'MESSAGE', first, decorator)
    return []
  })
}

function message(transport: 'ws' | 'rpc', method: string, pattern: Value | undefined, decorator: NestDecorator): readonly HandledRoute[] {
  const text = pattern?.kind === 'object' ? patternText(pattern) : (textsOf(pattern)[0] ?? '*')
  return [{ transport, method, paths: [text], decorator }]
}

/** `{ cmd: 'sum' }` → `{cmd=sum}`. */
function patternText(pattern: ObjectValue): string {
  return `{${[...pattern.properties].map(([name, value]) => `${name}=${textsOf(value)[0] ?? '*'}`).join(',')}}`
}

function pathsOf(value: Value | undefined): readonly (string | null)[] {
  return textsOf(value).map((text) => (text === null ? null : joined(text)))
}

// What becomes of the bytes of a body before a route gets it: signatures are made over those.
import type { CallRecord, Value } from '../../link/value.js'
import { sameLocation } from '../../text/location.js'
import { conductOf } from '../conduct.js'
import { opacityOf } from '../opacity.js'
import { loadedPackages } from '../loadedPackages.js'
import type { Answer, ChainLink, ProjectModel, Route } from '../model.js'
import { isNestOnFastify } from '../nestPlatform.js'
import { methodName, packageOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { middlewareOf } from '../queries.js'
import { contains } from '../search.js'
import { oneOf } from '../sorted.js'
import { hasProperty, isFalse, isTrue, property, stringsOf } from '../values.js'

export interface BodyParser {
  readonly by: 'express' | 'fastify' | 'nest'
  /** The parser in the chain of a route; null where the framework brings it. */
  readonly link: ChainLink | null
  /** The call that makes a Nest application, where its options could keep the bytes. */
  readonly creation: CallRecord | null
}

/** What certainly makes an object of JSON before the route gets it; null where the bytes stay, or where that is not known. */
export function parserBefore(model: ProjectModel, route: Route): BodyParser | null {
  for (const link of middlewareOf(route)) {
    const does = parsingOf(model, link)
    if (does === 'unknown' || does === 'keeps') return null
    if (does === 'parses') return { by: 'express', link, creation: null }
  }
  const { app } = route
  if (app.framework === 'express' || ownParsers(model).length > 0) return null
  // What fastify-raw-body keeps stands beside the body, which is parsed all the same.
  if (app.framework === 'fastify') return { by: 'fastify', link: null, creation: null }
  const creation = creationOf(model, route)
  const options = creation?.args[isNestOnFastify(app) ? 2 : 1] ?? null
  return creation === null || hasProperty(options, 'bodyParser') !== 'no' ? null : { by: 'nest', link: null, creation }
}

/** Whether anything puts the bytes into `req.rawBody`: asked of Nest alone, which does so on demand. */
export function fillsRawBody(model: ProjectModel, route: Route): { readonly answer: Answer; readonly parser: BodyParser } {
  const { app } = route
  const creation = creationOf(model, route)
  const parser: BodyParser = { by: 'nest', link: null, creation }
  if (app.framework !== 'nest' || creation === null || ownParsers(model).length > 0 || writesRawBody(model).length > 0)
    return { answer: 'unknown', parser }
  if (loadedPackages(model).has('fastify-raw-body')) return { answer: 'unknown', parser }
  const position = isNestOnFastify(app) ? 2 : 1
  const options = creation.args[position] ?? null
  if (options === null) return { answer: 'no', parser }
  // An application of Express that Nest is given may bring anything along.
  if (creation.args.length > position + 1 || options.kind !== 'object') return { answer: 'unknown', parser }
  if (hasProperty(options, 'bodyParser') !== 'no') return { answer: 'unknown', parser }
  const has = hasProperty(options, 'rawBody')
  if (has !== 'yes') return { answer: has, parser }
  const value = property(options, 'rawBody')
  return { answer: isFalse(value) === 'yes' ? 'no' : isTrue(value), parser }
}

const parserMethods = new Set(['addContentTypeParser', 'useBodyParser', 'removeAllContentTypeParsers', 'removeContentTypeParser'])

/** Parsers of the project's own, and those of Nest that are chosen by hand. */
const ownParsers = callsThat(
  (call) => !call.isWrite && call.callee.kind === 'member' && parserMethods.has(call.callee.name) && !choosesDefault(call),
  { names: oneOf(parserMethods) },
)

/** `app.useBodyParser('json', { limit })` is the parser that Nest would use itself, with other options, and keeps the bytes as that one does. */
function choosesDefault({ callee, args }: CallRecord): boolean {
  const types = stringsOf(args[0] ?? null)
  const isOwn = args.length > 2 || args[1]?.kind === 'function'
  return methodName(callee) === 'useBodyParser' && !isOwn && types.length > 0 && types.every((type) => /\bjson$|urlencoded$/.test(type))
}

const writesRawBody = callsThat(({ isWrite, callee }) => isWrite && callee.kind === 'member' && callee.name === 'rawBody', {
  writes: oneOf(['rawBody']),
})

function creationOf(model: ProjectModel, { app }: Route): CallRecord | null {
  return callsTo(model, '@nestjs/core', ['NestFactory', 'create']).find(({ at }) => sameLocation(at, app.at)) ?? null
}

/** What a link does with a body of JSON. Parsers of Express leave alone what another one has read. */
function parsingOf(model: ProjectModel, { value, isConditional }: ChainLink): 'parses' | 'keeps' | 'nothing' | 'unknown' {
  if (value.kind === 'function') {
    const { delegations, records } = conductOf(model, value)
    const reads = records.some(
      (record) => record.isWrite && record.callee.kind === 'member' && /^(?:body|rawBody)$/.test(record.callee.name),
    )
    return delegations.length > 0 || reads || opacityOf(model, value).isBlind ? 'unknown' : 'nothing'
  }
  const made = value.kind === 'result' ? packageOf(value.call.callee) : null
  if (value.kind !== 'result' || made === null) return opacityOf(model, value).isBlind ? 'unknown' : 'nothing'
  if (made.package !== 'express' && made.package !== 'body-parser')
    return opacityOf(model, value).packages.length > 0 ? 'unknown' : 'nothing'
  const [name = ''] = made.path
  if (!/^(?:json|raw|text)$/.test(name)) return made.package === 'body-parser' && name === '' ? 'unknown' : 'nothing'
  const takes = takesJson(value.call.args[0] ?? null, name)
  if (takes === 'no') return 'nothing'
  return takes === 'unknown' || isConditional ? 'unknown' : name === 'json' ? 'parses' : 'keeps'
}

/** Whether the parser takes `application/json`, by its option or its default. */
function takesJson(options: Value | null, name: string): Answer {
  const has = hasProperty(options, 'type')
  if (has === 'no') return name === 'json' ? 'yes' : 'no'
  const type = property(options, 'type')
  if (has === 'unknown' || type === null || contains(type, ({ kind }) => kind === 'function')) return name === 'json' ? 'unknown' : 'yes'
  const types = type.kind === 'array' ? type.elements.flatMap(stringsOf) : stringsOf(type)
  if (types.length === 0) return 'unknown'
  return types.some((one) => /^(?:application\/json|\*\/\*|json|application\/\*)$/.test(one)) ? 'yes' : 'no'
}

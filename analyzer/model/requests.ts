// Which part of a request a value carries.
import type { ParameterValue, Value } from '../link/value.js'
import { globalOf, methodName } from './origins.js'
import { childrenOf } from './search.js'
import { possibleValues } from './values.js'

export type RequestPart = 'body' | 'query' | 'params' | 'headers' | 'cookies' | 'url' | 'ip' | 'whole'

const partOfMember: Readonly<Record<string, RequestPart>> = {
  body: 'body',
  rawBody: 'body',
  files: 'body',
  file: 'body',
  payload: 'body',
  query: 'query',
  params: 'params',
  headers: 'headers',
  rawHeaders: 'headers',
  header: 'headers',
  get: 'headers',
  authorization: 'headers',
  cookies: 'cookies',
  signedCookies: 'cookies',
  url: 'url',
  originalUrl: 'url',
  path: 'url',
  hostname: 'url',
  host: 'url',
  baseUrl: 'url',
  ip: 'ip',
  ips: 'ip',
  connection: 'ip',
  socket: 'ip',
  param: 'params',
}

/** Methods whose result says the same as their receiver. */
export const transparentMethods: ReadonlySet<string> = new Set(
  'trim toLowerCase toUpperCase toString slice substring substr replace replaceAll split concat normalize join map filter valueOf padStart padEnd at pop shift reverse'.split(
    ' ',
  ),
)
const transparentGlobals = new Set(
  'String Number parseInt parseFloat JSON.stringify JSON.parse Object.assign Object.values Object.entries Object.keys structuredClone decodeURIComponent encodeURIComponent Buffer.from Object.fromEntries Object.freeze Array.from unescape escape'.split(
    ' ',
  ),
)

/**
 * The part of the request that the value is, or is made from: members of a request parameter, through choices, templates, operations and functions that only
 * change the form. null for objects that merely hold such values (see `requestPartsIn`) and for results of other calls: what a database returned is not the request.
 */
export function requestPart(value: Value | null): RequestPart | null {
  return value === null ? null : partOf(value, 0, null)
}

function partOf(value: Value, depth: number, seen: Set<Value> | null): RequestPart | null {
  if (depth > 24) return null
  switch (value.kind) {
    case 'parameter':
      return isRequest(value) ? 'whole' : null
    case 'member':
      return isRequest(value.object)
        ? (partOfMember[value.name] ?? (value.name === '*' ? 'whole' : null))
        : partOf(value.object, depth + 1, seen)
    case 'result': {
      const { callee, args } = value.call
      const name = methodName(callee)
      if (callee.kind === 'member' && isRequest(callee.object)) return partOfMember[callee.name] ?? null
      if (callee.kind === 'member' && name !== null && transparentMethods.has(name)) return partOf(callee.object, depth + 1, seen)
      return transparentGlobals.has(globalOf(callee) ?? '') ? firstPart(args, depth, seen) : null
    }
    case 'choice':
      return firstPart(value.options, depth, seen)
    case 'template':
      return firstPart(value.parts, depth, seen)
    case 'operation':
      return ['+', '||', '&&', '??', '-', '*', '/', '%'].includes(value.operator) ? firstPart(value.operands, depth, seen) : null
    case 'promise':
      return value.result === null ? null : partOf(value.result, depth + 1, seen)
    case 'object': {
      const spread = value.properties.get('...')
      return spread === undefined ? null : partOf(spread, depth + 1, seen)
    }
    default:
      return null
  }
}

/** Values share parts: what was looked into once, and gave nothing, gives nothing again. */
function firstPart(values: readonly Value[], depth: number, known: Set<Value> | null): RequestPart | null {
  const seen = known ?? new Set()
  for (const value of values) {
    if (seen.has(value)) continue
    seen.add(value)
    const part = partOf(value, depth + 1, seen)
    if (part !== null) return part
  }
  return null
}

export interface RequestUse {
  readonly part: RequestPart
  /** The innermost value that carries the part. */
  readonly value: Value
  /** The property of the request's part, or of the object that holds it: `password` for `req.body.password`. '' for the whole part. */
  readonly name: string
}

/** Every part of a request inside a value: in properties, elements and arguments too. */
export function requestPartsIn(value: Value | null): readonly RequestUse[] {
  const uses: RequestUse[] = []
  const seen = new Set<Value>()
  const visit = (one: Value, depth: number): void => {
    if (depth > 16 || seen.has(one)) return
    seen.add(one)
    const part =
      one.kind === 'object' || one.kind === 'template' || one.kind === 'choice' || one.kind === 'operation' ? null : requestPart(one)
    if (part !== null) uses.push({ part, value: one, name: nameWithinPart(one) })
    else for (const child of childrenOf(one)) visit(child, depth + 1)
  }
  if (value !== null) visit(value, 0)
  return uses
}

function nameWithinPart(value: Value): string {
  if (value.kind === 'member') return isRequest(value.object) ? '' : value.name
  if (value.kind === 'result' && value.call.args[0]?.kind === 'literal') return String(value.call.args[0].value)
  return ''
}

/** The header that `req.headers['x']`, `req.get('x')` or `req.header('x')` reads. */
export function headerName(value: Value): string | null {
  if (requestPart(value) !== 'headers') return null
  if (value.kind === 'member') return value.name
  const first = value.kind === 'result' ? value.call.args[0] : undefined
  return first?.kind === 'literal' ? String(first.value) : null
}

/** True for a request object: by role, by declared type, or by its conventional name where the role is not known. */
export function isRequest(value: Value): boolean {
  if (value.kind === 'parameter')
    return value.role === 'request' || (value.role === 'unknown' && hasType(value, requestTypes, ['req', 'request']))
  if (value.kind === 'member')
    return (
      ((value.name === 'req' || value.name === 'request') && isResponse(value.object)) || (value.name === 'raw' && isRequest(value.object))
    )
  if (value.kind === 'typed') return value.type.name === 'express.Request'
  return value.kind === 'choice' && possibleValues(value).some((option) => option.kind !== 'choice' && isRequest(option))
}

/** True for a response object; chained calls (`res.status(500)`) give the response itself. */
export function isResponse(value: Value): boolean {
  if (value.kind === 'parameter')
    return value.role === 'response' || (value.role === 'unknown' && hasType(value, responseTypes, ['res', 'response', 'reply']))
  if (value.kind === 'member')
    return (value.name === 'res' && isRequest(value.object)) || (value.name === 'raw' && isResponse(value.object))
  if (value.kind === 'typed') return value.type.name === 'express.Response'
  if (value.kind === 'result')
    return value.call.callee.kind === 'member' && chainingMethods.has(value.call.callee.name) && isResponse(value.call.callee.object)
  return value.kind === 'choice' && possibleValues(value).some((option) => option.kind !== 'choice' && isResponse(option))
}

/** True for the function that passes a request on. */
export function isNext(value: Value): boolean {
  return (
    value.kind === 'parameter' &&
    (value.role === 'next' || (value.role === 'unknown' && hasType(value, ['NextFunction', 'express.NextFunction'], ['next'])))
  )
}

const requestTypes = [
  'Request',
  'express.Request',
  'IncomingMessage',
  'http.IncomingMessage',
  'NextApiRequest',
  'FastifyRequest',
  'AuthenticatedRequest',
  'AuthRequest',
]
const responseTypes = ['Response', 'express.Response', 'ServerResponse', 'http.ServerResponse', 'NextApiResponse', 'FastifyReply']
const chainingMethods = new Set(
  'status set header type contentType cookie clearCookie vary links location attachment append setHeader removeHeader writeHead format json send jsonp code headers setCookie unsignCookie redirect serializer hijack trailer'.split(
    ' ',
  ),
)

function hasType(value: ParameterValue, types: readonly string[], names: readonly string[]): boolean {
  return value.type === null ? names.includes(value.name) : types.includes(value.type.name)
}

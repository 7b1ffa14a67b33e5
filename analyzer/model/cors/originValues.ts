// The origin of a request, and forms of it.
import type { Value } from '../../link/value.js'
import { isRequest, requestPart } from '../requests.js'
import { stringOf } from '../values.js'

/** True for the Origin header of a request, for the first parameter of an origin function, and for forms of either: in lower case, as a URL. */
export function isOriginValue(value: Value): boolean {
  switch (value.kind) {
    case 'parameter':
      return value.index === 0 && (isRequest(value) || /origin/i.test(value.name))
    case 'member':
      return (/^(hostname|host|origin|href)$/.test(value.name) && isOriginValue(value.object)) || isOriginHeader(value)
    case 'result': {
      const { callee, args } = value.call
      if (callee.kind === 'global' && (callee.name === 'URL' || callee.name === 'String')) return args.some(isOriginValue)
      if (callee.kind === 'member' && formMethods.has(callee.name) && isOriginValue(callee.object)) return true
      return isOriginHeader(value)
    }
    case 'choice':
      return value.options.some(isOriginValue)
    default:
      return false
  }
}

const formMethods = new Set('trim toLowerCase toUpperCase toString replace replaceAll'.split(' '))

/** `req.headers.origin`, `req.get('Origin')` */
function isOriginHeader(value: Value): boolean {
  if (value.kind === 'member') return value.name.toLowerCase() === 'origin' && requestPart(value.object) === 'headers'
  if (value.kind !== 'result' || value.call.callee.kind !== 'member' || !isRequest(value.call.callee.object)) return false
  return /^(get|header)$/.test(value.call.callee.name) && stringOf(value.call.args[0] ?? null)?.toLowerCase() === 'origin'
}

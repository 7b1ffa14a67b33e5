// What a serializer for requests, in the options of a logger, leaves in the access log.
import type { FunctionValue, ObjectValue, Value } from '../../link/value.js'
import type { SensitiveAccessLog } from './accessLogs.js'
import { isDeletedFrom } from '../input/deletedProperties.js'
import type { ProjectModel } from '../model.js'
import { covers } from './redaction.js'
import { isRequest } from '../requests.js'
import { sensitiveParts, type SensitivePart } from './sensitiveParts.js'
import { wholes } from './sensitiveWholes.js'
import { hasProperty, property } from '../values.js'

/** What an own serializer of requests writes that it must not, and that none of the `redact` paths takes away; null where the options have none. */
export function serializedRequest(
  model: ProjectModel,
  options: Value | null,
  packageName: string,
  paths: readonly string[],
): readonly SensitiveAccessLog[] | null {
  const serializers = property(options, 'serializers')
  const own = property(serializers, 'req')
  if (own?.kind !== 'function') return hasProperty(serializers, 'req') === 'no' ? null : []
  const parts = packageName === 'fastify' ? returnedParts(model, own) : partsOfCopy(model, own)
  const written = parts.map((part) => ({ ...part, path: part.path === null ? null : ['req', ...part.path] }))
  const bare = written.filter((part) => !paths.some((path) => covers(path, part)))
  return bare.slice(0, 1).map(({ at, what, confidence }) => ({
    at,
    what: `${what} of every request`,
    how: 'format',
    package: packageName,
    confidence,
    redactIn: null,
  }))
}

function returnedParts(model: ProjectModel, own: FunctionValue): readonly SensitivePart[] {
  return model.summaryOf(own).returns.flatMap(({ value }) => sensitiveParts(model, value))
}

/** pino-http gives its serializers a copy of the request that has headers and no body; what is written to it, or beside a spread of it, comes on top. */
function partsOfCopy(model: ProjectModel, own: FunctionValue): readonly SensitivePart[] {
  const { returns, calls } = model.summaryOf(own)
  const writes = calls.flatMap(({ callee, args: [value], isWrite, isOff }) =>
    isWrite && !isOff && callee.kind === 'member' && isRequest(callee.object) && value !== undefined ? [{ name: callee.name, value }] : [],
  )
  return returns.flatMap(({ value }) => {
    const copy = value.kind === 'object' ? value.properties.get('...') : value
    if (copy?.kind !== 'parameter' || !isRequest(copy)) return sensitiveParts(model, value)
    const beside = value.kind === 'object' ? besideSpread(value) : []
    const added = [...writes, ...beside]
    const keepsHeaders =
      added.every(({ name }) => name !== 'headers') && !isDeletedFrom(model, own, copy.name) && !isDeletedFrom(model, own, 'headers')
    return [
      ...(keepsHeaders ? [headersOf(copy)] : []),
      ...added.flatMap(({ name, value: one }) =>
        sensitiveParts(model, one).map((part) => ({ ...part, path: part.path === null ? null : [name, ...part.path] })),
      ),
    ]
  })
}

function besideSpread({ properties }: ObjectValue): readonly { readonly name: string; readonly value: Value }[] {
  return [...properties].flatMap(([name, value]) => (name === '...' ? [] : [{ name, value }]))
}

function headersOf(copy: Value): SensitivePart {
  const [what = '', keys = []] = wholes['headers'] ?? []
  return { what, extent: 'whole', keys, value: copy, at: copy.at, path: ['headers'], confidence: 'high' }
}

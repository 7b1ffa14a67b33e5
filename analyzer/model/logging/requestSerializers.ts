// What a serializer for requests, in the options of pino-http, leaves in the access log.
import type { Value } from '../../link/value.js'
import type { SensitiveAccessLog } from './accessLogs.js'
import type { ProjectModel } from '../model.js'
import { sensitiveParts } from './sensitiveParts.js'
import { hasProperty, property } from '../values.js'

/** What an own serializer of requests writes that it must not; null where the options have none. */
export function serializedRequest(model: ProjectModel, options: Value | null, packageName: string): readonly SensitiveAccessLog[] | null {
  const serializers = property(options, 'serializers')
  const own = property(serializers, 'req')
  if (own?.kind !== 'function') return hasProperty(serializers, 'req') === 'no' ? null : []
  const parts = model.summaryOf(own).returns.flatMap(({ value }) => sensitiveParts(model, value))
  return parts.slice(0, 1).map(({ at, what, confidence }) => ({
    at,
    what: `${what} of every request`,
    how: 'format',
    package: packageName,
    confidence,
    redactIn: null,
  }))
}

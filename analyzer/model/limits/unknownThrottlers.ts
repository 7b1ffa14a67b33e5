// `@Throttle` for a throttler that no module of the project has: the guard goes through the throttlers of its module, and reads nothing else (domain fact C28).
import type { Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { productionCalls } from '../productionCalls.js'
import { property, propertyAt, stringOf } from '../values.js'
import { versionOf } from '../versions.js'
import type { LimiterProblem } from './limiterProblems.js'
import { limitersOf } from './limiters.js'
import { THROTTLER } from './limits.js'

/** Decorators that change no limit. Silent where the name of one throttler is not known. */
export function unknownThrottlers(model: ProjectModel): readonly LimiterProblem[] {
  const decorators = productionCalls(model, callsTo(model, THROTTLER, ['Throttle']))
  const names = decorators.length === 0 ? null : namesOf(model)
  if (names === null) return []
  const onlyName = names.size === 1 ? [...names][0] : undefined
  return decorators.flatMap(({ at, args: [options] }): readonly LimiterProblem[] => {
    if (options?.kind !== 'object' || options.isOpen || (versionOf(model, at.file, THROTTLER)?.major ?? 5) < 5) return []
    const given = [...options.properties.keys()]
    const [name] = given
    if (name === undefined || given.some((one) => one === '...' || names.has(one))) return []
    return [
      {
        kind: 'never',
        at: propertyAt(options, name),
        cause: `no throttler is named \`${name}\``,
        remedy: `name one that the module has: ${[...names].map((one) => `\`${one}\``).join(', ')}`,
        confidence: 'high',
        // What the module itself says still holds for them.
        routes: [],
        limiter: null,
        repair: given.length === 1 && onlyName !== undefined ? { how: 'rename', options, option: name, name: onlyName } : null,
        misplacement: null,
      },
    ]
  })
}

/** What the modules of the project call their throttlers; null where that is not known of each. */
function namesOf(model: ProjectModel): ReadonlySet<string> | null {
  const isKnown = ['forRoot', 'forRootAsync'].every((method) =>
    callsTo(model, THROTTLER, ['ThrottlerModule', method]).every(({ args: [options] }) => listsAll(model, options)),
  )
  if (!isKnown) return null
  const names = new Set<string>()
  for (const { options } of limitersOf(model).filter((one) => one.package === THROTTLER)) {
    if (options?.kind !== 'object' || options.isOpen || options.properties.has('...')) return null
    const name = property(options, 'name')
    const text = name === null ? 'default' : stringOf(name)
    if (text === null) return null
    names.add(text || 'default')
  }
  return names.size === 0 ? null : names
}

/** Whether a module says all of its throttlers, and nothing else brings some: `[...shared, { ttl, limit }]`, `config.get('throttle')`. */
function listsAll(model: ProjectModel, options: Value | undefined): boolean {
  const factory = property(options ?? null, 'useFactory')
  const given = factory?.kind === 'function' ? model.summaryOf(factory).returns.map(({ value }) => value) : [options]
  return given.every((one) => {
    const value = one?.kind === 'promise' ? one.result : one
    const list = property(value ?? null, 'throttlers') ?? value
    return list?.kind === 'array' && !list.isOpen && list.elements.every(({ kind }) => kind === 'object')
  })
}

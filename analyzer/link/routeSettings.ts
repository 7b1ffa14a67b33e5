// What a route of Fastify says of a plugin in its options: `config: { rateLimit: … }`, and `helmet: …` beside `config`.
import type { Value } from './value.js'

/** The options of routes that plugins read. */
export type RouteOption = 'rateLimit' | 'helmet' | 'cors'

/** The setting of a route; undefined where it says nothing. */
export function routeSetting(options: Value | undefined, option: RouteOption): Value | undefined {
  if (options?.kind !== 'object') return undefined
  if (option === 'helmet') return options.properties.get('helmet')
  const config = options.properties.get('config')
  return config?.kind === 'object' ? config.properties.get(option) : undefined
}

/** True where a route says of a plugin what counts for it: settings of its own, which stand in its own chain, or `false`, which takes the plugin away. */
export function decidesItself(options: Value | undefined, option: RouteOption | undefined): boolean {
  const setting = option === undefined ? undefined : routeSetting(options, option)
  return setting?.kind === 'object' || (setting?.kind === 'literal' && setting.value === false)
}

// How large a message the servers of sockets take.
import type { Location } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { productionCalls } from '../productionCalls.js'
import { type SocketServer, socketServers } from './socketServers.js'
import { hasProperty, numberOf, property, propertyAt } from '../values.js'

export interface LargeMessages {
  readonly server: SocketServer
  readonly at: Location
  /** `default`: nothing is said, and the package takes 100 MiB. `raised`: said, and much. `off`: any size. */
  readonly how: 'default' | 'raised' | 'off'
  /** `50 MB` where it is said. */
  readonly size: string
  /** The option that says it. */
  readonly option: string
  readonly confidence: Confidence
}

/** What no honest message of a socket comes near: images and files have routes of their own. */
const MOST = 10 * 1024 * 1024

/** Servers that take messages of any size, or of sizes that fill the memory with few connections (domain fact J25). */
export function largeMessages(model: ProjectModel): readonly LargeMessages[] {
  return socketServers(model).flatMap((server): readonly LargeMessages[] => {
    const { options, call } = server
    const option = optionOf(model, server)
    if (option === null || options === 'unknown') return []
    const found = { server, option, size: '', confidence: call.phase === 'unreached' ? ('medium' as const) : ('high' as const) }
    const has = hasProperty(options, option)
    if (has === 'no') return option === 'maxPayload' ? [{ ...found, at: call.at, how: 'default' }] : []
    const bytes = numberOf(property(options, option))
    if (options === null || bytes === null) return []
    const at = propertyAt(options, option)
    if (bytes === Infinity || (bytes === 0 && option === 'maxPayload')) return [{ ...found, at, how: 'off' }]
    if (bytes <= MOST) return []
    // Up to five times as much somebody may have thought about.
    const confidence = found.confidence === 'high' && bytes <= 5 * MOST ? 'medium' : found.confidence
    return [{ ...found, at, how: 'raised', size: `${Math.round(bytes / 1_000_000)} MB`, confidence }]
  })
}

/** null where it is not known which server answers. */
function optionOf(model: ProjectModel, { kind }: SocketServer): string | null {
  if (kind === 'socket.io') return 'maxHttpBufferSize'
  if (kind !== 'gateway') return 'maxPayload'
  const adapter = adapterOf(model)
  return adapter === 'unknown' ? null : adapter === 'ws' ? 'maxPayload' : 'maxHttpBufferSize'
}

/** What gateways of Nest are served by: socket.io unless the application says otherwise. */
export function adapterOf(model: ProjectModel): 'ws' | 'socket.io' | 'unknown' {
  const made = (name: string): number => productionCalls(model, callsTo(model, name)).filter(({ isNew }) => isNew).length
  const ws = made('@nestjs/platform-ws')
  const io = made('@nestjs/platform-socket.io')
  return ws > 0 ? (io > 0 ? 'unknown' : 'ws') : 'socket.io'
}

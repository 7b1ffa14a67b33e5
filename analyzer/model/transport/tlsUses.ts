// What options of TLS are given to: some calls do not look at them, and some connections never leave the machine.
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, type Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { globalOf, isCallTo, methodName, originOf } from '../origins.js'
import { ofEachCall } from '../perPart.js'
import { recordedOnce } from '../recorded.js'
import { VERIFYING } from './tlsNames.js'
import { property, startOf } from '../values.js'

/** `idle`: whatever it is given to does not look at it. `sure`: it is given to something that does. */
export type TlsUse = 'idle' | 'sure' | 'unknown'

/** What becomes of an option that is written at the place. */
export function tlsUseOf(model: ProjectModel, at: Location): TlsUse {
  const key = locationKey(at)
  const { idle, sure } = places(model)
  return sure.has(key) ? 'sure' : idle.has(key) ? 'idle' : 'unknown'
}

const places = recordedOnce((model) => {
  const found: Record<'idle' | 'sure', Set<string>> = { idle: new Set(), sure: new Set() }
  for (const { at, use } of uses(model)) found[use].add(locationKey(at))
  return found
})

interface Use {
  readonly at: Location
  readonly use: 'idle' | 'sure'
}

const uses = ofEachCall((call) => (call.isWrite || !call.args.some(mayHold) ? none : usesIn(call)), { given: ['object'] })
const none: readonly Use[] = []

/** Most objects hold nothing of the kind, so nothing is put together for them. */
function mayHold(arg: Value): boolean {
  if (arg.kind !== 'object') return false
  for (const [name, one] of arg.properties) {
    if (VERIFYING.has(name) || (one.kind === 'result' && one.call.isNew)) return true
    if (one.kind === 'object' && one.properties.size > 0) for (const inner of VERIFYING.keys()) if (one.properties.has(inner)) return true
  }
  return false
}

function usesIn(call: CallRecord): readonly Use[] {
  const found: Use[] = []
  for (const arg of call.args) {
    const held = heldBy(arg)
    if (held.length === 0) continue
    const use = useOf(call, arg)
    if (use !== null) for (const at of held) found.push({ at, use })
    for (const at of agentsIn(arg)) found.push({ at, use: globalOf(call.callee) === 'fetch' ? 'idle' : 'sure' })
  }
  return found
}

/** Where options of TLS stand in an argument, directly, or one level down, or in an agent that it holds. */
function heldBy(arg: Value): readonly Location[] {
  if (arg.kind !== 'object') return []
  const inner = [...arg.properties.values()].flatMap((one) => (one.kind === 'object' ? switchesOf(one) : []))
  return [...switchesOf(arg), ...agentsIn(arg), ...inner]
}

function switchesOf(value: Value): readonly Location[] {
  if (value.kind !== 'object') return []
  return [...value.writtenAt].flatMap(([name, at]) => (VERIFYING.has(name) ? [at] : []))
}

/** `{ agent }` */
function agentsIn(arg: Value): readonly Location[] {
  if (arg.kind !== 'object') return []
  return [...arg.properties.values()].flatMap((one) =>
    one.kind === 'result' && one.call.isNew && isCallTo(one.call, 'https', ['Agent']) ? one.call.args.flatMap(switchesOf) : [],
  )
}

const clients =
  /^(https|tls|http2|undici|node-fetch|request|request-promise(-native)?|got|needle|ws|pg|pg-promise|mysql|mysql2|mssql|tedious|ioredis|redis|nodemailer|mongodb|mongoose|knex|typeorm|sequelize|sequelize-typescript|ldapjs|imap|imapflow|amqplib|kafkajs|bullmq|bull)$/

function useOf(call: CallRecord, arg: Value): Use['use'] | null {
  const { callee } = call
  const origin = originOf(callee)
  const name = methodName(callee) ?? ''
  // Of a server they are about the certificates of clients.
  if (/^create(Secure)?Server$/.test(name) || /^(fastify|@nestjs\/core)$/.test(origin?.package ?? '')) return 'idle'
  if (isLocal(call, arg)) return 'idle'
  // Both look for them in their agents alone (domain fact I3).
  if (origin?.package === 'axios' || globalOf(callee) === 'fetch') return switchesOf(arg).length > 0 ? 'idle' : null
  // An agent of its own is sure once something uses it.
  if (isCallTo(call, 'https', ['Agent'])) return null
  return origin !== null && clients.test(origin.package.replace(/\/promise$/, '')) ? 'sure' : null
}

/** A connection to the same machine. */
function isLocal(call: CallRecord, arg: Value): boolean {
  const hosts = [call.args[0] ?? null, property(arg, 'host'), property(arg, 'hostname'), property(arg, 'server'), property(arg, 'url')]
  return hosts.some((host) => host !== null && /^(\w+:\/\/)?(localhost|127\.0\.0\.1|\[?::1\]?)(?![\w.])/.test(startOf(host)))
}

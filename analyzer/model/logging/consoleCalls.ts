// Calls of console in server code, and what stands against reporting one loudly.
import type { CallRecord } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import { sameLocation } from '../../text/location.js'
import { isBesideServing } from './besideServing.js'
import { callsOfConsole, consoleMethod } from './logCalls.js'
import type { ProjectModel } from '../model.js'
import { callsThat } from '../perPart.js'
import { globalOf } from '../origins.js'
import { functionsAround, isHandlerShaped, isInLogger } from './ownLoggers.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { servingApplications } from '../queries.js'
import { packageAt, packageFolderOf } from '../versions.js'

export interface ConsoleCall {
  readonly record: CallRecord
  /** `log`, `error`, `table`… `*` where it is computed. */
  readonly method: string
  /** `server`: loaded by a server. `handler`: a request handler that no server loads. `library`: of a published package of the workspace that makes no application. */
  readonly where: 'server' | 'handler' | 'library'
  /** `banner`: says that the server listens. `fatal`: the process exits right after it. */
  readonly purpose: 'banner' | 'fatal' | 'other'
}

/** One for each place, in order. Loggers of the project itself, generated files and what production leaves out are none. */
export function consoleCalls(model: ProjectModel): readonly ConsoleCall[] {
  const exits = productionCalls(model, processExits(model))
  const banners = bannersOf(model)
  const homes = new Set(
    servingApplications(model).flatMap((app) => [packageFolderOf(model, app.at.file), packageFolderOf(model, app.entry)]),
  )
  // What a run beside serving writes may be written while serving as well.
  const calls = productionCalls(model, callsOfConsole(model)).filter((record) => !isBesideServing(model, record))
  return oncePerPlace(calls).flatMap((record): ConsoleCall[] => {
    const { at } = record
    const isServer = model.serverFiles.has(at.file)
    if (!(isServer || isInHandler(model, at)) || isInLogger(model, at)) return []
    const isLibrary = homes.size > 0 && !homes.has(packageFolderOf(model, at.file)) && !isPrivate(model, at.file)
    const isFatal = exits.some((exit) => isSameBlock(record, exit))
    return [
      {
        record,
        method: consoleMethod(record) ?? '',
        where: isLibrary ? 'library' : isServer ? 'server' : 'handler',
        purpose: isFatal ? 'fatal' : banners(record) ? 'banner' : 'other',
      },
    ]
  })
}

const processExits = callsThat((call) => globalOf(call.callee) === 'process.exit', { globals: (name) => name === 'process.exit' })

/** Calls inside the callback of `listen`, and those that stand in its place: `app.listen(port, console.log('up'))`. */
function bannersOf(model: ProjectModel): (record: CallRecord) => boolean {
  const args = model.apps.flatMap((app) => app.listeners.flatMap((call) => call.args))
  const callbacks = args.flatMap((arg) => (arg.kind === 'function' ? [`${arg.source.file}#${arg.facts.id}`] : []))
  const results = args.flatMap((arg) => (arg.kind === 'result' ? [arg.call.at] : []))
  return ({ at }) => callbacks.includes(`${at.file}#${at.fn}`) || results.some((one) => sameLocation(one, at))
}

/** Handlers are known by their parameters where nothing leads to them. */
function isInHandler(model: ProjectModel, at: Location): boolean {
  const facts = model.files.get(at.file)
  return facts?.kind === 'source' && functionsAround(facts, at.fn).some(isHandlerShaped)
}

/** In front of the exit in its block, or in a callback that runs there. */
function isSameBlock(one: CallRecord, exit: CallRecord): boolean {
  if (one.at.file !== exit.at.file) return false
  const isBeside = one.at.fn === exit.at.fn && one.at.node < exit.at.node && one.guards.length === exit.guards.length
  const inner = exit.at.fn === '' ? '' : `${exit.at.fn}.`
  const isWithin =
    one.at.fn !== exit.at.fn && one.at.fn.startsWith(inner) && one.order < exit.order && one.guards.length >= exit.guards.length
  return (
    (isBeside || (isWithin && exit.guards.length > 0)) &&
    exit.guards.every((guard, index) => sameLocation(guard.at, one.guards[index]?.at ?? one.at))
  )
}

/** A package that is never published belongs to the server that uses it. */
function isPrivate(model: ProjectModel, file: string): boolean {
  return packageAt(model, file)?.isPrivate === true
}

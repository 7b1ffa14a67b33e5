// Emitters while booting: listeners run where the project emits their event, and otherwise after all else.
import type { CallSite, Machine } from './machine.js'
import { deferWhile } from './promises.js'
import type { CallRecord, FunctionValue, Value } from './value.js'

interface Listener {
  readonly run: (site: CallSite, args: readonly Value[]) => void
  readonly isOnce: boolean
  hasRun: boolean
}

/** By emitter and event. Values live as long as their boot, so nothing is kept from one to the next. */
const listenersOf = new WeakMap<Value, Map<string, Listener[]>>()

/** `emitter.on('event', fn)` and its kind. */
export function isListening(call: CallRecord): boolean {
  return (
    call.callee.kind === 'member' &&
    /^(?:on|once|addListener|prependListener)$/.test(call.callee.name) &&
    eventOf(call) !== null &&
    call.receiver !== null
  )
}

/** Listeners of the process for signals, for its end and for errors that nobody caught: what they do happens when it no longer serves. */
export function isEndOfProcess({ callee, args: [event] }: CallRecord): boolean {
  if (callee.kind !== 'member' || !/^(?:on|once|(?:prepend|add)(?:Once)?Listener)$/.test(callee.name)) return false
  return isProcess(callee.object) && (event?.kind !== 'literal' || endings.test(String(event.value)))
}

const endings = /^(?:SIG[A-Z\d]+|exit|beforeExit|disconnect|uncaughtException|unhandledRejection)$/

/** The process, and what it returns when listeners are chained to it. */
function isProcess(value: Value): boolean {
  if (value.kind === 'result') return value.call.callee.kind === 'member' && isProcess(value.call.callee.object)
  return (value.kind === 'global' && value.name === 'process') || (value.kind === 'package' && value.package === 'process')
}

/** Keeps a listener. `otherwise` runs it with arguments that are not known, once nothing else can emit the event. */
export function listen(machine: Machine, site: CallSite, call: CallRecord, fn: FunctionValue, otherwise: () => void): void {
  const event = eventOf(call)
  if (call.receiver === null || event === null) return
  const isOnce = call.callee.kind === 'member' && call.callee.name === 'once'
  const listener: Listener = {
    isOnce,
    hasRun: false,
    run: (at, args) => void machine.run.call(machine, { ...at, isAwaited: true }, fn, call.receiver, args),
  }
  let events = listenersOf.get(call.receiver)
  if (events === undefined) listenersOf.set(call.receiver, (events = new Map()))
  events.set(event, [...(events.get(event) ?? []), listener])
  deferWhile(
    machine,
    () => !listener.hasRun,
    () => {
      if (listener.hasRun) return
      listener.hasRun = true
      machine.phase = 'callback'
      otherwise()
    },
  )
}

/** `emitter.emit('event', …)` runs what listens, at once. */
export function emit(machine: Machine, site: CallSite, call: CallRecord): void {
  const event = eventOf(call)
  if (call.receiver !== null && event !== null) tell(machine, site, call.receiver, event, call.args.slice(1))
}

/** Runs what listens to an event, as where a framework emits it. */
export function tell(machine: Machine, site: CallSite, emitter: Value, event: string, args: readonly Value[]): void {
  if (machine.phase !== 'boot') return
  for (const listener of listenersOf.get(emitter)?.get(event) ?? []) {
    if (listener.hasRun && listener.isOnce) continue
    listener.hasRun = true
    listener.run(site, args)
  }
}

function eventOf(call: CallRecord): string | null {
  const [event] = call.args
  return event?.kind === 'literal' ? String(event.value) : null
}

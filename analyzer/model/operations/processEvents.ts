// Who listens to the process: for signals, and for errors that nobody caught.
import type { CallRecord, FunctionValue, Value } from '../../link/value.js'
import type { ProjectModel } from '../model.js'
import { globalOf, packageOf } from '../origins.js'
import { callsThat } from '../perPart.js'
import { productionCalls } from '../productionCalls.js'
import { oneOf } from '../sorted.js'
import { possibleValues, stringsOf } from '../values.js'

export interface ProcessEvent {
  /** null where it is not known. */
  readonly event: string | null
  readonly call: CallRecord
  /** The listener, where it is a function of the project. */
  readonly fn: FunctionValue | null
}

/** Listeners that production files put on the process, for each of their events. Several contexts of one place stay several. */
export function processEvents(model: ProjectModel): readonly ProcessEvent[] {
  return productionCalls(model, listening(model)).flatMap((call): ProcessEvent[] => {
    const args = isWaiting(call) ? call.args.slice(1, 2) : call.args
    const names = stringsOf(args[0] ?? null)
    const fn = functionIn(args[1])
    return names.length === 0 ? [{ event: null, call, fn }] : names.map((event) => ({ event, call, fn }))
  })
}

const METHODS: ReadonlySet<string> = new Set(['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'])

const listening = callsThat((call) => !call.isWrite && (isOnProcess(call) || isWaiting(call)), {
  globals: isListening,
  packages: (name) => name === 'process' || name === 'events',
  names: oneOf(METHODS),
})

/** `process.on(…).on(…)` as well: each of them gives the process back. */
function isOnProcess(call: CallRecord): boolean {
  const { callee } = call
  if (isListening(globalOf(callee) ?? nameInModule(call))) return true
  return callee.kind === 'member' && METHODS.has(callee.name) && callee.object.kind === 'result' && isOnProcess(callee.object.call)
}

/** `await once(process, 'SIGTERM')`: what follows is the listener. */
function isWaiting({ callee, args: [emitter] }: CallRecord): boolean {
  const origin = packageOf(callee)
  const isOnce = origin?.package === 'events' && origin.path.at(-1) === 'once'
  return isOnce && (globalOf(emitter ?? null) === 'process' || packageOf(emitter ?? null)?.package === 'process')
}

function isListening(name: string): boolean {
  return name.startsWith('process.') && METHODS.has(name.slice('process.'.length))
}

/** `import process from 'node:process'` */
function nameInModule({ callee }: CallRecord): string {
  const origin = packageOf(callee)
  return origin?.package === 'process' ? `process.${origin.path.join('.')}` : ''
}

function functionIn(value: Value | undefined): FunctionValue | null {
  return possibleValues(value ?? null).find((one) => one.kind === 'function') ?? null
}

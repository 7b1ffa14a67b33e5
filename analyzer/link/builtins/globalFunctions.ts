// Calls of global functions: `require(x)`, `String(x)`, `setTimeout(f)`…
import { type CallSite, type Machine, NATIVE } from '../machine.js'
import { concatenate, unary } from '../operators.js'
import { defer } from '../promises.js'
import { record } from '../records.js'
import type { Value } from '../value.js'
import { truthOf } from '../truth.js'
import { choice, literal, resultValue, undefinedAt } from '../values.js'
import { newArray } from './arrayMaking.js'
import { copyOf } from './copies.js'

/** Calls of global functions: `require(x)`, `String(x)`, `setTimeout(f)`… */
export function callGlobal(machine: Machine, site: CallSite, name: string, args: readonly Value[]): Value | null {
  const { at } = site
  const first = args[0]
  switch (name) {
    case 'require': {
      if (first?.kind === 'literal') return machine.run.requireModule(machine, site, String(first.value))
      if (first?.kind === 'choice')
        return choice(
          at,
          'join',
          first.options.map((option) => callGlobal(machine, site, 'require', [option]) ?? undefinedAt(at)),
        )
      return null
    }
    case 'Array':
      return newArray(machine, site, args)
    case 'String':
      return first === undefined ? literal(at, '') : isFoldable(first) ? concatenate(at, [first]) : null
    case 'Number':
    case 'parseInt':
    case 'parseFloat': {
      if (first?.kind !== 'literal' || typeof first.value === 'bigint') return null
      if (name === 'Number') return literal(at, Number(first.value))
      return literal(at, name === 'parseInt' ? Number.parseInt(String(first.value), 10) : Number.parseFloat(String(first.value)))
    }
    case 'isNaN':
      return first?.kind === 'literal' && typeof first.value !== 'bigint' ? literal(at, Number.isNaN(Number(first.value))) : null
    case 'Boolean':
      return first === undefined ? literal(at, false) : truthOf(first) === 'unknown' ? null : unary(at, '!', unary(at, '!', first))
    case 'structuredClone':
      return first === undefined ? null : machine.phase === 'boot' ? copyOf(first) : first
    case 'setTimeout':
    case 'setImmediate':
    case 'setInterval':
    case 'queueMicrotask':
      return runLater(machine, site, name, args, name === 'setTimeout' || name === 'setInterval' ? args.slice(2) : args.slice(1))
    default:
      return null
  }
}

/** Work for the queue: a function of the project, or one that the boot handed out (`resolve`). */
export function runLater(machine: Machine, site: CallSite, name: string, args: readonly Value[], passed: readonly Value[]): Value | null {
  const [work] = args
  const { at } = site
  if (work?.kind !== 'function' && !(work?.kind === 'package' && work.package === NATIVE)) return null
  const call = record(machine, site.frame, {
    at,
    callee: { kind: 'global', at, name },
    receiver: null,
    args,
    argsAt: site.argsAt,
    isNew: false,
    isWrite: false,
    isAwaited: false,
  })
  const run = (): void => void machine.run.call(machine, { ...site, isAwaited: true }, work, null, passed)
  if (machine.phase !== 'boot') run()
  else
    defer(machine, () => {
      // What is done again and again belongs to the running server; what is only put off may well be the rest of the start.
      if (name === 'setInterval') machine.phase = 'callback'
      run()
    })
  return resultValue(at, call)
}

function isFoldable(value: Value): boolean {
  return value.kind === 'literal' || value.kind === 'template'
}

// Packages that call functions one after the other, as applications are put together: `pipe(express(), withHeaders, withRoutes)`.
import { type CallSite, type Machine, NATIVE } from '../machine.js'
import type { PackageValue, Value } from '../value.js'
import { packageValue, undefinedAt } from '../values.js'

/** `through`: the first argument goes through the others. `forward` and `backward`: a function that sends its argument through all of them. */
type Way = 'through' | 'forward' | 'backward'

const PIPES: ReadonlyMap<string, Readonly<Record<string, Way>>> = new Map([
  ['lodash', { flow: 'forward', flowRight: 'backward' }],
  ['lodash-es', { flow: 'forward', flowRight: 'backward' }],
  ['lodash/fp', { flow: 'forward', pipe: 'forward', flowRight: 'backward', compose: 'backward' }],
  ['lodash/flow', { '': 'forward' }],
  ['lodash/flowRight', { '': 'backward' }],
  ['ramda', { pipe: 'forward', compose: 'backward' }],
  ['remeda', { pipe: 'through' }],
  ['effect', { pipe: 'through', flow: 'forward' }],
  ['effect/Function', { pipe: 'through', flow: 'forward' }],
  ['fp-ts/function', { pipe: 'through', flow: 'forward' }],
  ['fp-ts/lib/function', { pipe: 'through', flow: 'forward' }],
  ['@fxts/core', { pipe: 'through' }],
])

function isStep(value: Value): boolean {
  return value.kind === 'function' || (value.kind === 'package' && value.package === NATIVE)
}

/** What a call of such a package gives; null where it is none, or where one of the steps is no function of the project. */
export function piped(machine: Machine, site: CallSite, callee: PackageValue, args: readonly Value[]): Value | null {
  const way = PIPES.get(callee.package)?.[callee.path.filter((part) => part !== 'default').join('.')]
  if (way === undefined) return null
  const [first] = args
  const given = way === 'through' ? args.slice(1) : first?.kind === 'array' ? first.elements : args
  if (given.length === 0 || !given.every(isStep)) return null
  const steps = way === 'backward' ? given.toReversed() : given
  const through = (value: Value): Value => steps.reduce((current, step) => machine.run.call(machine, site, step, null, [current]), value)
  if (way === 'through') return through(first ?? undefinedAt(site.at))
  const name = `piped ${machine.natives.size}`
  machine.natives.set(name, ([value]) => through(value ?? undefinedAt(site.at)))
  return packageValue(site.at, NATIVE, [name])
}

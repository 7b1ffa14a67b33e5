// Calls of project functions that write what they are given: the run of the body is shared by all callers, so what each of them gives is kept.
import type { FunctionFacts } from '../extract/facts.js'
import { flowsOf } from '../extract/flows.js'
import type { CallSite, Machine } from './machine.js'
import { mayBeTyped } from '../text/secretShapes.js'
import { snapshot } from './records.js'
import { addTo } from './units.js'
import type { CallRecord, FunctionValue, Value } from './value.js'

/** Names of what writes a line, or leads to it: the function's own, or one that it calls. What it does in truth is for the model to say. */
const WRITERS = /log|print|write|emit|output|^(info|warn|warning|error|debug|trace|fatal|verbose|silly|notice|critical|dir|\*)$/i

/** What makes a digest of a text: it matters where the text is a password. */
const DIGESTS = /^(update|hash|md5|sha\d*)$/i

/** Keeps the arguments of a call where the callee hands a parameter to something that may write it, or a password to what may make a digest of it. */
export function noteHandover(machine: Machine, site: CallSite, fn: FunctionValue, self: Value | null, args: readonly Value[]): void {
  if (args.length === 0 || args.length !== site.argsAt.length) return
  const { isWriter, isDigester } = useOf(fn.facts)
  if (!isWriter && !(isDigester && args.some(speaksOfPassword))) return
  const call: CallRecord = {
    at: site.at,
    callee: fn,
    receiver: self,
    args,
    argsAt: site.argsAt,
    isNew: false,
    isWrite: false,
    guards: snapshot(machine.guards, 'guards', machine),
    stack: snapshot(machine.stack, 'stack', machine),
    phase: machine.phase,
    isOff: machine.offDepth > 0,
    isCaught: machine.tryDepth > 0,
    isAwaited: site.isAwaited,
    order: machine.order,
  }
  addTo(machine.unit, 'handovers', call)
}

interface Use {
  readonly isWriter: boolean
  readonly isDigester: boolean
}

/** What a function may make of its parameters. */
function useOf(facts: FunctionFacts): Use {
  let use = uses.get(facts)
  if (use === undefined) {
    const flows = flowsOf(facts)
    use = {
      isWriter: flows.length > 0 && (WRITERS.test(facts.name) || flows.some(({ callee }) => WRITERS.test(callee))),
      isDigester: flows.some(({ callee }) => DIGESTS.test(callee)),
    }
    uses.set(facts, use)
  }
  return use
}

// Facts never change.
const uses = new WeakMap<FunctionFacts, Use>()

function speaksOfPassword(value: Value): boolean {
  if (value.kind === 'template') return value.parts.some(speaksOfPassword)
  return (value.kind === 'member' || value.kind === 'parameter') && mayBeTyped(value.name)
}

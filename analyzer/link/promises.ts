// Promises and the queue of what runs later.
import type { Machine } from './machine.js'
import { surroundedBy, surroundingsOf } from './surroundings.js'
import type { PromiseValue, Value } from './value.js'
import { choice, promiseOf, unknown } from './values.js'

/** What `await` gives: the result of a promise, running what it waits for; anything else stands for its own result. */
export function awaitValue(machine: Machine, value: Value): Value {
  if (value.kind === 'promise') {
    machine.waits++
    try {
      while (value.result === null && machine.queue.length > 0 && machine.waits <= MOST_WAITS) runNext(machine)
    } finally {
      machine.waits--
    }
    return value.result === null ? unknown(value.at, 'a promise that nothing settles') : awaitValue(machine, value.result)
  }
  if (value.kind === 'choice')
    return choice(
      value.at,
      value.operator,
      value.options.map((option) => awaitValue(machine, option)),
      value.test,
      value.conditions,
    )
  if (value.kind === 'scope') for (const framework of machine.frameworks) framework.awaitScope?.(machine, value)
  return value
}

/**
 * Waits within waits, past which the rest of the queue runs first and the result stays unknown.
 * Without it background work that awaits other background work overflows the stack (1,500 jobs on a backend of 600 files).
 */
const MOST_WAITS = 24

/** Puts work at the end of the queue, with the conditions that hold now. */
export function defer(machine: Machine, run: () => void): void {
  deferWhile(machine, null, run)
}

/** The same for work that lets others go first, while `mustWait` says so and others are there: but not for ever. */
export function deferWhile(machine: Machine, mustWait: (() => boolean) | null, run: () => void): void {
  const phase = machine.phase
  const { unit } = machine
  machine.queue.push({
    surroundings: surroundingsOf(machine),
    mustWait,
    waits: 0,
    run: () => {
      const before = { phase: machine.phase, unit: machine.unit }
      machine.phase = phase
      machine.unit = unit
      try {
        run()
      } finally {
        machine.phase = before.phase
        machine.unit = before.unit
      }
    },
  })
}

export function runNext(machine: Machine): void {
  const job = machine.queue.shift()
  if (job === undefined) return
  if (job.mustWait !== null && job.mustWait() && machine.queue.length > 0 && job.waits++ < MOST_TURNS) machine.queue.push(job)
  // Work that calls itself later is recursion all the same.
  else surroundedBy(machine, job.surroundings, job.run)
}

/** How often a job lets other work go first; a promise that nothing settles must not keep the boot busy. */
const MOST_TURNS = 100

/** Runs all that waits, jobs added on the way included. */
export function drain(machine: Machine): void {
  while (machine.queue.length > 0) runNext(machine)
}

/** Wraps the result of an async function; a promise of a promise is the inner one. */
export function asPromise(value: Value): PromiseValue {
  return value.kind === 'promise' ? value : promiseOf(value.at, value)
}

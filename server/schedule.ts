// When to analyse: shortly after the last of a row of changes, never later than a ceiling, and never two at once.

export interface Schedule {
  /** Something changed that the next run has to take in. */
  readonly touch: () => void
  /** Resolves when a run has taken in every change so far. */
  readonly settled: () => Promise<void>
  /** Starts the next run without waiting for quiet. */
  readonly hurry: () => void
  readonly stop: () => void
}

export interface Work {
  /** What a run needs first and may pause in, such as reading files. Called again when it is needed again. */
  readonly prepare: () => Promise<void>
  readonly needsPreparation: () => boolean
  /** The run itself. It is synchronous, so that nothing can change under it and what it finds fits what was received. */
  readonly run: () => void
}

export interface Timing {
  /** Milliseconds of quiet before a run, and the most that a run is put off. */
  readonly quiet: number
  readonly longest: number
}

/** Typing pauses between words are longer than 150 ms; whoever types on for a second wants to see something. */
export const DEFAULT_TIMING: Timing = { quiet: 150, longest: 1_000 }

export function createSchedule({ prepare, needsPreparation, run }: Work, { quiet, longest }: Timing): Schedule {
  let generation = 0
  let done = 0
  let first: number | null = null
  let due = 0
  let timer: NodeJS.Timeout | null = null
  let isWorking = false
  let isStopped = false
  let waiting: { readonly generation: number; readonly resolve: () => void }[] = []

  function touch(): void {
    const now = performance.now()
    generation += 1
    first ??= now
    due = Math.min(now + quiet, first + longest)
    arm()
  }

  function arm(): void {
    if (isWorking || isStopped) return
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => void work(), Math.max(0, due - performance.now()))
  }

  async function work(): Promise<void> {
    timer = null
    isWorking = true
    const seen = generation
    await prepare()
    // What stands in the input by now is newer than what was waited for.
    await nextTurn()
    isWorking = false
    if (isStopped) return
    if (needsPreparation() || (generation !== seen && performance.now() < due)) return arm()
    run()
    done = generation
    first = null
    release()
  }

  function release(): void {
    const ready = waiting.filter((one) => isStopped || one.generation <= done)
    waiting = waiting.filter((one) => !ready.includes(one))
    for (const { resolve } of ready) resolve()
  }

  return {
    touch,
    settled: () => (done === generation || isStopped ? Promise.resolve() : new Promise((resolve) => waiting.push({ generation, resolve }))),
    hurry: () => {
      due = 0
      if (done !== generation) arm()
    },
    stop: () => {
      isStopped = true
      if (timer !== null) clearTimeout(timer)
      release()
    },
  }
}

/** Lets everything that waits in the input be handled. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Milliseconds of work between two pauses. */
const AT_ONCE = 10

/** Goes through the steps and pauses now and then, so that requests are answered meanwhile; null when it is over before the end. */
export async function inPauses<Step, Result>(
  steps: Generator<Step, Result>,
  isOver: () => boolean,
  onPause: (step: Step) => void = () => undefined,
): Promise<Result | null> {
  for (let paused = performance.now(); ;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - paused < AT_ONCE) continue
    onPause(step.value)
    await nextTurn()
    if (isOver()) return null
    paused = performance.now()
  }
}

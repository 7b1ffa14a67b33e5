// What happens when the server's process ends by itself: a few new starts, then rest. Never a loop.

/** Starts anew this often within the window, then no more until somebody asks. */
const RESTARTS = 3
const WINDOW_MS = 5 * 60_000

/** The crashes that still count, the new one included, and whether the server is started again. */
export interface CrashVerdict {
  readonly crashes: readonly number[]
  readonly restarts: boolean
  /** Milliseconds to wait before the start: what crashed at once would crash at once again. */
  readonly delay: number
}

/** Judges a crash at `now` (milliseconds) after those before it. */
export function judgeCrash(before: readonly number[], now: number): CrashVerdict {
  const crashes = [...before.filter((time) => now - time < WINDOW_MS), now]
  return { crashes, restarts: crashes.length <= RESTARTS, delay: 500 * 2 ** (crashes.length - 1) }
}

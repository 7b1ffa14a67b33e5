// Gives memory back when nobody types. An analysis leaves as much garbage as it holds, and without work the collector does not run.
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** Milliseconds of quiet after an analysis. A collection takes some tenths of a second, which nobody should wait for. */
const QUIET = 5_000
const BETWEEN = 500

/** A function to call after each analysis: when it was the last one for a while, memory is collected once. */
export function createMemoryKeeper(): () => void {
  setFlagsFromString('--expose-gc')
  // V8's own collection for idle programs comes up to a minute later and finds nothing after these rounds, but takes half a second.
  // Said this late it does not hold off every one: after a thousand edits two still came.
  setFlagsFromString('--no-memory-reducer')
  const collect = runInNewContext('gc') as () => void
  let timer: NodeJS.Timeout | null = null
  return () => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => {
      collect()
      // The first round empties pages, the second one gives them back: without it 30 % more stay (124 MB and not 94 after 400 edits).
      timer = setTimeout(collect, BETWEEN).unref()
    }, QUIET).unref()
  }
}

// Gives memory back when nobody types. An analysis leaves as much garbage as it holds, and without work the collector does not run.
import { Session } from 'node:inspector'
import { setFlagsFromString } from 'node:v8'

/** Milliseconds of quiet after an analysis. A collection takes some tenths of a second, which nobody should wait for. */
const QUIET = 5_000

/** A function to call after each analysis: when it was the last one for a while, memory is collected once. */
export function createMemoryKeeper(): () => void {
  // V8's own rounds for idle programs come up to a minute later and find nothing after ours, but take half a second each. Whether there is anything that
  // starts them is decided with the process (--no-memory-reducer), how many there are is not: none, or one in V8 11, which knows no other number.
  setFlagsFromString(Number.parseInt(process.versions.v8) >= 12 ? '--memory-reducer-gc-count=0' : '--memory-reducer-single-gc')
  let timer: NodeJS.Timeout | null = null
  return () => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(collect, QUIET).unref()
  }
}

/** As when the system runs out of memory: pages that are emptied are given back, too. What `gc` does keeps up to twice as much. */
function collect(): void {
  const session = new Session()
  session.connect()
  // The answer comes from within the collection, which would wait for the end of the session that it belongs to.
  session.post('HeapProfiler.collectGarbage', () => void setImmediate(() => session.disconnect()))
}

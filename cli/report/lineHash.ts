// The hash of a line's surroundings by which GitHub's code scanning follows an alert. A value of our own under its key would be warned about.

/** Characters that take part in the hash of one line. */
const WINDOW = 100
const BASE = 37n
const END = 65535
const SPACE = 32
const TAB = 9
const LINE_FEED = 10
const CARRIAGE_RETURN = 13

/**
 * `hash:ordinal` for each line, the first at 0: a rolling hash (base 37, 64 bits) over the next 100 characters without blanks and tabs,
 * line ends made alike. Equal hashes are numbered within the file, as the documentation of code scanning says.
 */
export function lineHashes(text: string): readonly string[] {
  const leaving = BigInt.asUintN(64, BASE ** BigInt(WINDOW))
  const window: number[] = new Array<number>(WINDOW).fill(0)
  const lineAt: number[] = new Array<number>(WINDOW).fill(-1)
  const counts = new Map<string, number>()
  const hashes: string[] = []
  let hash = 0n
  let at = 0

  function finishLine(): void {
    const line = lineAt[at] ?? -1
    if (line < 0) return
    const value = hash.toString(16)
    const count = (counts.get(value) ?? 0) + 1
    counts.set(value, count)
    hashes[line] = `${value}:${count}`
    lineAt[at] = -1
  }

  function take(unit: number): void {
    hash = BigInt.asUintN(64, hash * BASE + BigInt(unit) - leaving * BigInt(window[at] ?? 0))
    window[at] = unit
    at = (at + 1) % WINDOW
  }

  let line = 0
  let startsLine = true
  for (const unit of unitsOf(text)) {
    finishLine()
    if (startsLine) lineAt[at] = line++
    startsLine = unit === LINE_FEED
    take(unit)
  }
  for (let rest = 0; rest < WINDOW; rest++) {
    finishLine()
    take(0)
  }
  return hashes
}

/** The units that count, with a mark at the end of the text. */
function* unitsOf(text: string): Iterable<number> {
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit === SPACE || unit === TAB) continue
    if (unit === LINE_FEED && text.charCodeAt(index - 1) === CARRIAGE_RETURN) continue
    yield unit === CARRIAGE_RETURN ? LINE_FEED : unit
  }
  yield END
}

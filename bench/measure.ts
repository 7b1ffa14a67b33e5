// Runs a program several times and answers the medians of its times and of its peak memory.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Measurement {
  readonly seconds: number
  /** Processor time in user and system mode, which other work on the machine changes little. */
  readonly processorSeconds: number
  /** Largest resident set of any process of the run, in megabytes (10⁶ bytes). */
  readonly peakMegabytes: number
}

export interface Program {
  /** A JavaScript file that Node runs. */
  readonly script: string
  readonly args: readonly string[]
  readonly folder: string
  /** Exit codes of a run that did its work. */
  readonly expected: readonly number[]
}

/** GNU time sees every process of the run; without it the program's own Node process reports itself at its end. */
const GNU_TIME = '/usr/bin/time'
const PRELOAD = fileURLToPath(new URL('./reportUsage.mjs', import.meta.url))

/** Medians over `runs` runs. Throws with the program's own words when a run ends with a code that is not expected. */
export function measure(program: Program, runs: number): Measurement {
  const measurements = Array.from({ length: runs }, () => measureOnce(program))
  return {
    seconds: median(measurements.map(({ seconds }) => seconds)),
    processorSeconds: median(measurements.map(({ processorSeconds }) => processorSeconds)),
    peakMegabytes: median(measurements.map(({ peakMegabytes }) => peakMegabytes)),
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The nearest-rank percentile; `share` from 0 to 1. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

function measureOnce({ script, args, folder, expected }: Program): Measurement {
  const scratch = mkdtempSync(join(tmpdir(), 'parapet-bench-'))
  const usage = join(scratch, 'usage')
  const hasGnuTime = existsSync(GNU_TIME)
  const [command, ...before] = hasGnuTime
    ? [GNU_TIME, '-f', '%M %U %S', '-o', usage, process.execPath]
    : [process.execPath, '--import', PRELOAD]
  try {
    // Output goes to a file: a full pipe would stop the clock.
    const output = openSync(join(scratch, 'output'), 'w')
    const started = performance.now()
    const run = spawnSync(command!, [...before, script, ...args], {
      cwd: folder,
      stdio: ['ignore', output, output],
      env: { ...process.env, PARAPET_BENCH_USAGE: usage, NO_COLOR: '1' },
    })
    const seconds = (performance.now() - started) / 1000
    if (run.status === null || !expected.includes(run.status)) {
      throw new Error(`${script} ended with ${run.status ?? run.signal}:\n${readFileSync(join(scratch, 'output'), 'utf8').slice(-2000)}`)
    }
    // GNU time puts a line about the exit code before its figures.
    const [kilobytes = NaN, user = NaN, system = NaN] = (readFileSync(usage, 'utf8').trim().split('\n').at(-1) ?? '').split(' ').map(Number)
    return { seconds, processorSeconds: user + system, peakMegabytes: (kilobytes * 1024) / 1e6 }
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

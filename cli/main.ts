#!/usr/bin/env node
// The executable: hands the process to the command line and its exit code back.
import { run } from './run.js'

for (const stream of [process.stdout, process.stderr]) {
  // A reader that closed its end (`parapet check | head`) has seen enough.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
    throw error
  })
}

// Not process.exit: what is still in a pipe's buffer would be lost.
process.exitCode = await run(process.argv.slice(2), {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  cwd: process.cwd(),
  env: process.env,
  isOutTty: process.stdout.isTTY,
  isErrTty: process.stderr.isTTY,
  columns: process.stdout.columns,
  now: () => performance.now(),
})

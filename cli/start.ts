#!/usr/bin/env node
// The executable: runs the program that lies beside it (main.ts, bundled), in the form that V8 made of it on an earlier run.
import { fileURLToPath } from 'node:url'
import { setFlagsFromString } from 'node:v8'
import { openProgram } from '../workspace/program.js'

// A run is too short to earn back what optimising costs: left alone, the compiler takes a third of the processor time.
// Said before anything is compiled, since what was kept fits these flags alone; and to versions that are known to have the flag.
if (Number.parseInt(process.versions.v8) <= 12) setFlagsFromString('--interrupt-budget=1000000')

const program = openProgram(fileURLToPath(new URL('program.js', import.meta.url)), fileURLToPath(new URL('compiled/', import.meta.url)))
program.run()
// Other commands call for other functions, and what `check` waits for is what is worth keeping.
if (process.argv[2] === 'check') process.once('exit', () => void program.keep())

#!/usr/bin/env node
// The executable: runs the program that lies beside it (main.ts, bundled), in the form that V8 made of it on an earlier run.
import { fileURLToPath } from 'node:url'
import { openProgram } from '../workspace/program.js'

const program = openProgram(fileURLToPath(new URL('program.js', import.meta.url)), fileURLToPath(new URL('compiled/', import.meta.url)))
program.run()
// Other commands call for other functions, and what `check` waits for is what is worth keeping.
if (process.argv[2] === 'check') process.once('exit', () => void program.keep())

// Loaded into a measured Node process where GNU time is missing: leaves the peak memory behind at exit.
import { writeFileSync } from 'node:fs'

process.on('exit', () => writeFileSync(process.env.PARAPET_BENCH_MEMORY, String(process.resourceUsage().maxRSS)))

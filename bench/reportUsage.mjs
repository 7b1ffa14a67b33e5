// Loaded into a measured Node process where GNU time is missing: leaves peak memory and processor time behind at exit.
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
  writeFileSync(process.env.PARAPET_BENCH_USAGE, `${maxRSS} ${userCPUTime / 1e6} ${systemCPUTime / 1e6}`)
})

// Whether the installed Fastify ignores a number of hops in `trustProxy`: it does since 5.12.1 (domain fact J19, GHSA-3m5p-2c4r-xxw2).
import type { ProjectModel } from '../model.js'
import { packagesAbove } from '../versions.js'

const SINCE = [5, 12, 1]

/** True from 5.12.1 on, also where a range lets it in and no lockfile says what is installed. */
export function ignoresHops(model: ProjectModel, file: string): boolean {
  for (const { locked, dependencies, devDependencies } of packagesAbove(model, file)) {
    const exact = locked['fastify']
    if (exact !== undefined) return isSince(numbersOf(exact))
    const range = dependencies['fastify'] ?? devDependencies['fastify']
    if (range !== undefined) return isSince(newestIn(range.trim()))
  }
  return true
}

/** The newest version that a range lets in, as far as it matters here. */
function newestIn(range: string): readonly number[] {
  const [major = 0, minor = 0, patch = 0] = numbersOf(range)
  if (/^\d+\.\d+\.\d+$/.test(range)) return [major, minor, patch]
  if (range.startsWith('~') && /\d+\.\d+/.test(range)) return [major, minor, Infinity]
  if (range.startsWith('^') || /^\d/.test(range)) return [major, Infinity]
  return [Infinity]
}

function numbersOf(text: string): readonly number[] {
  return (/(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(text) ?? []).slice(1).map((part) => Number(part ?? 0))
}

function isSince(version: readonly number[]): boolean {
  for (const [index, wanted] of SINCE.entries()) {
    const part = version[index] ?? 0
    if (part !== wanted) return part > wanted
  }
  return true
}

// Weighs the links of a chain that have a capability against what could not be seen.
import type { Answer, Capability, Confidence, Gap } from './model.js'
import { protectionsIn } from './effect.js'
import type { ProtectingLink, Protection } from './protection.js'

export interface Sight {
  readonly isBlind: boolean
  readonly packages: readonly string[]
  readonly looked: Protection['looked']
}

/** The protection that these links make, under these gaps. */
export function verdict(links: readonly ProtectingLink[], capability: Capability, gaps: readonly Gap[], sight: Sight): Protection {
  const firm = links.filter(({ effect }) => !effect.isConditional)
  const hasFirm = suffices(firm, capability)
  const isBlind = sight.isBlind || gaps.some((gap) => gap.isBlind)
  const unlistedPackages = unique([...sight.packages, ...gaps.flatMap((gap) => gap.package ?? [])])
  const answer: Answer = hasFirm || suffices(links, capability) ? 'yes' : isBlind ? 'unknown' : 'no'
  const counted = hasFirm ? firm : links
  return {
    answer,
    confidence:
      answer === 'yes'
        ? weakest(
            counted.map(({ effect }) => effect.confidence),
            'strongest',
          )
        : answer === 'no' && unlistedPackages.length === 0
          ? 'high'
          : 'medium',
    by: answer === 'yes' ? 'code' : null,
    links: counted,
    isConditional: answer === 'yes' && !hasFirm,
    flags: hasFirm ? [] : unique(links.flatMap(({ effect }) => effect.flags)),
    headers: unique(counted.flatMap(({ effect }) => effect.headers)),
    unlistedPackages,
    looked: sight.looked,
  }
}

/** One header of several is no protection: two of the four protections that count must be there. A package or declaration that does not say which ones stands for all. */
function suffices(links: readonly ProtectingLink[], capability: Capability): boolean {
  if (capability !== 'security-headers') return links.length > 0
  return links.some(({ effect }) => effect.headers.length === 0) || protectionsIn(links.flatMap(({ effect }) => effect.headers)).length >= 2
}

const strengths: readonly Confidence[] = ['low', 'medium', 'high']

/** The weakest or strongest of several confidences; high where there are none. */
export function weakest(confidences: readonly Confidence[], wanted: 'weakest' | 'strongest'): Confidence {
  const ranks = confidences.map((one) => strengths.indexOf(one))
  if (ranks.length === 0) return 'high'
  return strengths[wanted === 'weakest' ? Math.min(...ranks) : Math.max(...ranks)] ?? 'medium'
}

/** Each name once, in order. */
export function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)]
}

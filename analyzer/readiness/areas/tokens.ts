// Tokens and keys that requests bring, and how they are checked.
import { methodName, originOf } from '../../model/origins.js'
import { callsThat } from '../../model/perPart.js'
import { oncePerPlace, productionCalls } from '../../model/productionCalls.js'
import { tokenVerifications } from '../../model/tokens/tokenVerifications.js'
import type { ControlDefinition } from '../control.js'
import { unlessFound } from '../fromFindings.js'

const VERIFYING = ['no-unverified-jwt', 'require-jwt-algorithms']
const COMPARING = ['no-timing-unsafe-comparison']

export const tokens: readonly ControlDefinition[] = [
  {
    id: 'token-verification',
    area: 'sessions',
    title: 'Tokens are verified, by the algorithm that they are signed with',
    weight: 3,
    rules: VERIFYING,
    judge: (context) => {
      const found = tokenVerifications(context.model).filter(({ call }) => context.model.productionFiles.has(call.at.file))
      return unlessFound(context, VERIFYING, {
        text: found.length === 0 ? 'No token is verified.' : 'Only verified tokens were found.',
        shown: oncePerPlace(found.map(({ call }) => call))
          .slice(0, 8)
          .map(({ at, callee }) => ({ at, note: methodName(callee) ?? 'verifies' })),
      })
    },
  },
  {
    id: 'secret-comparison',
    area: 'sessions',
    title: 'How long a comparison with a secret takes says nothing of the secret',
    weight: 1,
    rules: COMPARING,
    judge: (context) =>
      unlessFound(context, COMPARING, {
        text: 'No secret was found that is compared character by character.',
        shown: oncePerPlace(productionCalls(context.model, safeComparisons(context.model)))
          .slice(0, 8)
          .map(({ at }) => ({ at, note: 'compares in constant time' })),
      }),
  },
]

const safeComparisons = callsThat(
  ({ callee }) => methodName(callee) === 'timingSafeEqual' || /^(?:safe-compare|tsscmp|scmp)$/.test(originOf(callee)?.package ?? ''),
)

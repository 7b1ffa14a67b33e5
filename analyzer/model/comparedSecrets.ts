// Literals that open something by being equal to what was typed.
import { locationKey } from '../text/location.js'
import type { ProjectModel } from './model.js'
import { opensWhenEqual, passwordComparisons } from './passwordComparisons.js'
import { isGivenPassword } from './passwords.js'
import type { SecretLiteral } from './secretCandidates.js'
import { environmentNameFor } from './secretNames.js'
import { isPlaceholder } from './secretText.js'

/** `if (req.body.password === '…')`: whoever knows the literal is let in. `names` are those under which literals are known, by place. */
export function comparedSecrets(model: ProjectModel, names: ReadonlyMap<string, string>): readonly SecretLiteral[] {
  return passwordComparisons(model).flatMap((comparison): readonly SecretLiteral[] => {
    const { other, operation } = comparison
    const text = other.kind === 'literal' && typeof other.value === 'string' ? other.value : ''
    if (text.length < 4 || isPlaceholder(text) || !opensWhenEqual(model, comparison)) return []
    return [
      {
        text,
        at: other.at,
        by: 'sink',
        what: isGivenPassword(comparison.given) ? 'password that lets in' : 'key that lets in',
        confidence: 'high',
        fallbackOf: null,
        variable: environmentNameFor(
          names.get(locationKey(other.at)) ?? (isGivenPassword(comparison.given) ? 'ADMIN_PASSWORD' : 'API_KEY'),
        ),
        uses: [{ at: operation.at, note: 'What was typed is compared with it here.' }],
        bytes: 0,
      },
    ]
  })
}

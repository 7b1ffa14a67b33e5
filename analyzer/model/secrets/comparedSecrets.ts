// Literals that open something by being equal to what was typed.
import type { Value } from '../../link/value.js'
import { locationKey } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { isCodeName, speaksOfCodes } from './codePlaces.js'
import { isGivenCode, opensWhenEqual, passwordComparisons, type PasswordComparison } from './passwordComparisons.js'
import { isGivenPassword } from './passwords.js'
import type { SecretLiteral } from './secretCandidates.js'
import { environmentNameFor } from './secretNames.js'
import { isPlaceholder } from './secretText.js'

/** `if (req.body.password === '…')`: whoever knows the literal is let in. `names` are those under which literals are known, by place. */
export function comparedSecrets(model: ProjectModel, names: ReadonlyMap<string, string>): readonly SecretLiteral[] {
  return passwordComparisons(model).flatMap((comparison): readonly SecretLiteral[] => {
    const { other, operation } = comparison
    const text = other.kind === 'literal' && typeof other.value === 'string' ? other.value : ''
    const isCode = isGivenCode(comparison.given)
    const opens = isCode ? isOpenCode(model, comparison, text) : !isPlaceholder(text)
    if (text.length < 4 || !opens || !opensWhenEqual(model, comparison)) return []
    return [
      {
        text,
        at: other.at,
        by: isCode ? 'code' : 'sink',
        what: isGivenPassword(comparison.given) ? 'password that lets in' : 'key that lets in',
        confidence: isCode ? confidenceOf(comparison) : 'high',
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

/** A plain `code` may also be what a provider of payments answers, where `0000` stands for success. */
function confidenceOf(comparison: PasswordComparison): Confidence {
  return isSwitched(comparison) ? 'low' : isPlain(comparison) ? 'medium' : 'high'
}

/** Behind a variable that somebody has to set, as for tests from outside. */
function isSwitched({ call }: PasswordComparison): boolean {
  return call.guards.some(({ kind, value }) => kind !== 'off' && asksEnvironment(value))
}

/** Not what was looked up by way of a variable, such as the address of a store. */
function asksEnvironment(value: Value): boolean {
  if (value.kind === 'operation') return value.operands.some(asksEnvironment)
  return value.kind === 'choice' ? value.options.some(asksEnvironment) : value.kind === 'environment'
}

/** `0000`, which no placeholder is where codes are typed. A plain `code` may be one of many things, so its surroundings have to speak of codes. */
function isOpenCode(model: ProjectModel, comparison: PasswordComparison, text: string): boolean {
  return /^\d{4,8}$/.test(text)
    ? !isPlain(comparison) || speaksOfCodes(model, comparison.call.at)
    : !isPlain(comparison) && !isPlaceholder(text)
}

function isPlain({ given }: PasswordComparison): boolean {
  return (given.kind === 'member' || given.kind === 'parameter') && isCodeName(given.name)
}

// The variables that secrets of the code should move to: two secrets never share one, or what signs one thing would open another.
import { baseNameOf } from '../../link/filePath.js'
import { locationKey } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import type { SecretLiteral } from './secretCandidates.js'
import { environmentNameFor } from './secretNames.js'
import { secretUsesOf } from './secretSinks.js'

/** The same secrets, each with a variable that no other text stands for and that nothing else is read from. What the code calls it stays its name. */
export function withOwnVariables(model: ProjectModel, secrets: readonly SecretLiteral[]): readonly SecretLiteral[] {
  const owners = new Map<string, string>()
  for (const { parts } of secretUsesOf(model)) for (const part of parts) if (part.kind === 'environment') owners.set(part.name, '')
  for (const { variable, text, fallbackOf } of secrets) if (fallbackOf !== null) owners.set(variable, text)
  const lists = new Map<string, string>()
  return secrets.map((secret) => {
    if (secret.fallbackOf !== null || secret.isCalledSo === true) return secret
    // Keys of one list serve one purpose.
    const list = secret.uses.map(({ at }) => `${locationKey(at)} ${secret.variable}`)
    const variable =
      list.map((one) => lists.get(one)).find((one) => one !== undefined) ??
      namesFor(secret).find((one) => (owners.get(one) ?? secret.text) === secret.text) ??
      secret.variable
    owners.set(variable, secret.text)
    for (const one of list) lists.set(one, variable)
    return { ...secret, variable }
  })
}

const MOST_NUMBERS = 20

/** `JWT_SECRET`; in tokens.ts then `TOKENS_JWT_SECRET`, and with a number where that is taken as well. */
function namesFor({ variable, at }: SecretLiteral): readonly string[] {
  const prefix = prefixOf(at.file)
  const own = prefix === '' || variable.startsWith(prefix) ? variable : `${prefix}_${variable}`
  return [variable, own, ...Array.from({ length: MOST_NUMBERS }, (_, index) => `${own}_${String(index + 2)}`)]
}

/** The first word of a file's name, or its folder where that says nothing. */
function prefixOf(file: string): string {
  const words = [baseNameOf(file), ...file.split('/').slice(0, -1).reverse()].map((name) => name.split('.')[0] ?? '')
  const telling = words.find((word) => !/^(index|main|app|server|constants?|config|settings|environment|src|lib|source)?$/i.test(word))
  return telling === undefined ? '' : environmentNameFor(telling)
}

// The variables that secrets of the code should move to: two secrets never share one, or what signs one thing would open another.
import { baseNameOf } from '../../link/filePath.js'
import { locationKey, sameLocation, type Location } from '../../text/location.js'
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
      firstOf(namesFor(model, secret), (one) => (owners.get(one) ?? secret.text) === secret.text) ??
      secret.variable
    owners.set(variable, secret.text)
    for (const one of list) lists.set(one, variable)
    return { ...secret, variable }
  })
}

const MOST_NUMBERS = 20

/** `JWT_SECRET`; in tokens.ts then `TOKENS_JWT_SECRET`, by what it is given to `REPORTING_JWT_SECRET`, and with a number where these are taken as well. */
function* namesFor(model: ProjectModel, { variable, at }: SecretLiteral): Generator<string> {
  const prefix = prefixOf(at.file)
  const own = prefix === '' || variable.startsWith(prefix) ? variable : `${prefix}_${variable}`
  yield variable
  yield own
  const holder = holderOf(model, at)
  if (holder !== null) yield `${environmentNameFor(holder)}_${variable}`
  for (let number = 2; number < MOST_NUMBERS; number++) yield `${own}_${String(number)}`
}

function firstOf(names: Iterable<string>, test: (name: string) => boolean): string | undefined {
  for (const name of names) if (test(name)) return name
  return undefined
}

/** The constant that is made with it: `const reporting = new Pool({ connectionString: '…' })`. */
function holderOf(model: ProjectModel, at: Location): string | null {
  for (const { name, value, at: place } of model.bindings) {
    if (place.file !== at.file || value.kind !== 'result' || !/^[a-z][\w$]*$/i.test(name) || name === 'exports') continue
    const isGiven = value.call.args.some(
      (arg) => sameLocation(arg.at, at) || (arg.kind === 'object' && [...arg.properties.values()].some((one) => sameLocation(one.at, at))),
    )
    if (isGiven) return name
  }
  return null
}

/** The first word of a file's name, or its folder where that says nothing. */
function prefixOf(file: string): string {
  const words = [baseNameOf(file), ...file.split('/').slice(0, -1).reverse()].map((name) => name.split('.')[0] ?? '')
  const telling = words.find((word) => !/^(index|main|app|server|constants?|config|settings|environment|src|lib|source)?$/i.test(word))
  return telling === undefined ? '' : environmentNameFor(telling)
}

// Secrets that stand as plain text in files which say how a server is deployed: compose, images, platforms, Kubernetes, workflows.
import type { Location } from '../../text/location.js'
import { composeArguments, composeVariables, stageOf } from './composeEnvironment.js'
import { commandPasswords } from './commandPasswords.js'
import { composeServices } from './composeServices.js'
import { keysInExamples } from './environmentFiles.js'
import { givenVariables, type GivenVariable } from './givenVariables.js'
import type { Confidence, ProjectModel } from '../model.js'
import { registryTokens } from './registryTokens.js'
import { recordedOnce } from '../recorded.js'
import { credentialsOf, formatOf, isLocalHost, type Credentials } from '../secrets/secretFormats.js'
import { secretKind, type SecretKind } from '../secrets/secretNames.js'
import { isPlaceholder, looksLikeSecret } from '../secrets/secretText.js'
import { isFilledIn, keyUsesOf } from '../secrets/weakSecrets.js'

export interface DeploySecret {
  readonly name: string
  /** What its shape says it is; null where its name does. */
  readonly shape: string | null
  readonly at: Location
  readonly confidence: Confidence
}

/** In the order of the files. Places to write a secret, references to one, and what belongs to developers and tests are none. */
export const deploySecrets: (model: ProjectModel) => readonly DeploySecret[] = recordedOnce((model) => [
  ...ofCompose(model),
  ...givenVariables(model).flatMap((given): readonly DeploySecret[] => {
    const found = secretOf(given, confidenceOf(given))
    if (found === null) return []
    // Files of platforms are read by nobody but production.
    const isKey = found.shape === null && /^(platform|kubernetes)$/.test(given.source) && keyUsesOf(model).has(given.name)
    return [isKey ? { ...found, confidence: 'high' } : found]
  }),
  ...keysInExamples(model).map(({ name, shape, at }): DeploySecret => ({ name, shape, at, confidence: 'medium' })),
  ...registryTokens(model).map(({ name, kind, value, at }): DeploySecret => {
    const format = formatOf(value)
    return { name, shape: format?.name ?? `${kind} of a registry of packages`, at, confidence: format === null ? 'medium' : 'high' }
  }),
  ...commandPasswords(model).flatMap((given): readonly DeploySecret[] => {
    const { option, value, at, isCompose, isProduction } = given
    const found = secretOf(
      { name: option, value, at, source: isCompose ? 'compose' : 'kubernetes' },
      isProduction ? 'medium' : 'low',
      'password',
    )
    return found === null ? [] : [found]
  }),
])

function ofCompose(model: ProjectModel): readonly DeploySecret[] {
  const all = composeVariables(model)
  const services = composeServices(model)
  return [...all, ...composeArguments(model)].flatMap((given): readonly DeploySecret[] => {
    const stage = stageOf(given, all)
    const service = services.find(({ name, at }) => name === given.service && at.file === given.file)
    // What starts again by itself is meant to stay; what does not is as likely a developer's.
    const stays = stage === 'production' || (stage === null && /^(always|unless-stopped)$/.test(service?.restart ?? ''))
    const found = secretOf({ ...given, source: 'compose' }, stays ? 'medium' : 'low')
    if (found === null || (stage === 'development' && found.shape === null)) return []
    // The password of a database that stands beside the server in the same file opens nothing else.
    if (found.shape === null && secretKind(given.name) === 'password' && stage !== 'production') return []
    const isKey = stage === 'production' && found.shape === null && keyUsesOf(model).has(given.name)
    return [isKey ? { ...found, confidence: 'high' } : found]
  })
}

/** By its name alone; workflows hold what tests need, and scripts that start no server may be anybody's. */
function confidenceOf({ source, isFinal }: GivenVariable): Confidence | null {
  if (source === 'workflow' || (source === 'script' && isFinal === false)) return null
  return isFinal === false ? 'low' : 'medium'
}

/** `named` is how sure a name alone makes it; null where it makes nothing. */
function secretOf(
  { name, value, at, source, isFinal }: GivenVariable,
  named: Confidence | null,
  kind = secretKind(name),
): DeploySecret | null {
  const text = value.trim()
  if (
    text === '' ||
    /\$[{(A-Za-z_]|\{\{|^<|^vault:|^arn:|^op:\/\/|^secretsmanager|^ssm:/.test(text) ||
    isPlaceholder(text) ||
    isFilledIn(name, text)
  )
    return null
  const format = formatOf(text)
  if (format !== null) return format.isTest ? null : { name, shape: format.name, at, confidence: 'high' }
  const credentials = credentialsOf(text)
  if (credentials !== null) {
    const { password, host } = credentials
    const isOpen = /^(postgres|password|pass|user|root|admin|test)$/i.test(password) || isPlaceholder(password) || isPlaceholder(host)
    const isReached = host.includes('.') && !isLocalHost(host) && !/\.(local|internal|svc|localhost|test|invalid)(\.|$)/.test(host)
    if (isOpen || (!isReached && !(source === 'kubernetes' && isOfCluster(credentials)))) return null
    // A chart may bring the database along for trying it out.
    const inside = isFinal === undefined ? named : 'low'
    const confidence = isReached ? 'high' : inside
    return confidence === null ? null : { name, shape: 'password in a connection address', at, confidence }
  }
  return named === null || kind === null || !looks(text, kind) ? null : { name, shape: null, at, confidence: named }
}

/** `postgres://app:…@postgres/app`: within a cluster that is what production is reached by. */
function isOfCluster({ password, host }: Credentials): boolean {
  return (
    looksLikeSecret(password, 'password') &&
    /^[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(host) &&
    !isLocalHost(host) &&
    !/\.(localhost|test|invalid)$/.test(host)
  )
}

/** Login servers hand out secrets in the form of UUIDs. */
function looks(text: string, kind: SecretKind): boolean {
  const isIssued = kind === 'secret' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)
  return text.length >= 8 && !/^\/|\/$|^https?:/.test(text) && (isIssued || looksLikeSecret(text, kind))
}

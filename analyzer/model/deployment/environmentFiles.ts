// .env files that are part of the project: which of them production may use, and which values in them are secrets.
import type { DeploymentFacts } from '../../extract/facts.js'
import { isBesideProduct, isForDevelopment, isForTests } from '../../link/deploymentNames.js'
import { baseNameOf, folderOf } from '../../link/filePath.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { credentialsOf, formatOf, isLocalHost } from '../secrets/secretFormats.js'
import { secretKind, type SecretKind } from '../secrets/secretNames.js'
import { isPlaceholder, looksLikeSecret } from '../secrets/secretText.js'

export interface EnvironmentFile {
  readonly facts: DeploymentFacts
  readonly name: string
  /** By its name it is for developers or for tests. */
  readonly isLocal: boolean
  readonly values: readonly EnvironmentEntry[]
}

export interface EnvironmentEntry {
  readonly name: string
  readonly value: string
  readonly at: Location
  readonly kind: SecretKind | null
  /** What its shape says: a key of a provider, an address with a password. */
  readonly shape: string | null
  /** True for what looks like a secret in use, and not like a place to write one. */
  readonly isLive: boolean
  /** True for a signing secret that is too plain to tell whether it is in use: beside live values it is. */
  readonly isPlain: boolean
}

const example = /example|sample|template|dist\b|defaults?\b|schema|default/i

/** The .env files that .gitignore does not cover, without examples and what belongs to tests. Ignored files are not read at all. */
export function environmentFilesOf(model: ProjectModel): readonly EnvironmentFile[] {
  return model.deployment.flatMap((facts) => {
    const name = baseNameOf(facts.file)
    const isOther = example.test(name) || isBesideProduct(folderOf(facts.file))
    if (facts.format !== 'env' || isOther || model.settings.ignoredFiles.includes(facts.file)) return []
    const isLocal = isForDevelopment(name) || isForTests(name)
    return [{ facts, name, isLocal, values: facts.entries.map((entry) => readEntry(facts, entry)) }]
  })
}

/** Keys that a provider handed out, by their shape, in the files that show which variables there are. Private keys there are made for trying it out. */
export function keysInExamples(model: ProjectModel): readonly EnvironmentEntry[] {
  return model.deployment.flatMap((facts) => {
    if (facts.format !== 'env' || !example.test(baseNameOf(facts.file)) || isBesideProduct(folderOf(facts.file))) return []
    return facts.entries.flatMap((entry) => {
      const format = formatOf(entry.value)
      return format === null || format.isTest || format.name === 'private key' ? [] : [readEntry(facts, entry)]
    })
  })
}

function readEntry(facts: DeploymentFacts, { key, value, node }: DeploymentFacts['entries'][number]): EnvironmentEntry {
  const name = key.at(-1) ?? ''
  const kind = secretKind(name)
  const format = formatOf(value)
  const credentials = credentialsOf(value)
  const hasPassword =
    credentials !== null &&
    !isPlaceholder(credentials.password) &&
    !isLocalHost(credentials.host) &&
    !isPlaceholder(credentials.host) &&
    credentials.host.includes('.')
  const issued = /^AIza[\w-]{35}$/.test(value) ? 'Google API key' : null
  const shape = format?.name ?? issued ?? (hasPassword ? 'password in a connection address' : null)
  // Login servers hand out secrets in the form of UUIDs; in code these are ids of anything.
  const isIssued = kind === 'secret' && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)
  const looks = kind !== null && value.length >= 8 && (isIssued || looksLikeSecret(value, kind))
  const isLive = format?.isTest !== true && (shape !== null || looks)
  const isPlain = !isLive && kind === 'secret' && value.length >= 4 && !isPlaceholder(value)
  return { name, value, at: { file: facts.file, fn: '', node }, kind, shape, isLive, isPlain }
}

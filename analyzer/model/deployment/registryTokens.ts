// What package managers sign in to registries with, as plain text in files of the project: .npmrc and .yarnrc.yml.
import { isBesideProduct } from '../../link/deploymentNames.js'
import { baseNameOf } from '../../link/filePath.js'
import { textOfBase64 } from '../../text/base64.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { isLocalHost } from '../secrets/secretFormats.js'
import { isPlaceholder, looksLikeSecret } from '../secrets/secretText.js'

export interface RegistryToken {
  /** As the file calls it: `_authToken`, `npmAuthToken`. */
  readonly name: string
  readonly kind: 'token' | 'password'
  readonly value: string
  readonly at: Location
}

/** In the order of the files. References to the environment, and what opens a registry of the same machine, are none. */
export function registryTokens(model: ProjectModel): readonly RegistryToken[] {
  return model.deployment.flatMap(({ file, format, entries }): readonly RegistryToken[] => {
    const isYarn = /^\.yarnrc\.ya?ml$/.test(baseNameOf(file))
    if ((format !== 'npmrc' && !isYarn) || isBesideProduct(file)) return []
    return entries.flatMap(({ key, value, node }) => {
      const name = /[^:/]+$/.exec(key.at(-1) ?? '')?.[0] ?? ''
      const kind = kinds.get(name)
      const isOwnMachine = key.some((part) => isLocalHost(/^(?:https?:)?\/\/([\w.-]+)/.exec(part)?.[1] ?? ''))
      if (kind === undefined || isOwnMachine || value.includes('$') || isPlaceholder(value)) return []
      return isInUse(name, value) ? [{ name, kind, value, at: { file, fn: '', node } }] : []
    })
  })
}

const kinds: ReadonlyMap<string, RegistryToken['kind']> = new Map([
  ['_authToken', 'token'],
  ['npmAuthToken', 'token'],
  ['_auth', 'password'],
  ['npmAuthIdent', 'password'],
  ['_password', 'password'],
])

/** Passwords stand there in base64, with the user in front of them or without; tokens of many registries are UUIDs. */
function isInUse(name: string, value: string): boolean {
  if (/token$/i.test(name)) {
    const token = value.replace(/^NpmToken\./, '')
    return isUuid(token) || looksLikeSecret(token, 'token')
  }
  const plain = value.includes(':') ? value : textOfBase64(value)
  const password = name === '_password' ? plain : plain.slice(plain.indexOf(':') + 1)
  return (name === '_password' || plain.includes(':')) && password.length >= 6 && looksLikeSecret(password, 'password')
}

function isUuid(text: string): boolean {
  return /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) && new Set(text).size > 6
}

// Settings that let connections be made with versions of TLS below 1.2, or with ciphers that can be broken.
import { inSameFunction, locationKey, type Location } from '../../text/location.js'
import { deployedFiles } from '../deployment/deployedFiles.js'
import { placesOutsideProduction } from '../developmentPlaces.js'
import type { Confidence, NamedValue, ProjectModel } from '../model.js'
import { ofEachBinding } from '../perPart.js'
import { recordedOnce } from '../recorded.js'
import { surroundingsOf } from './surroundings.js'
import { VERSIONS } from './tlsNames.js'
import { literalsOf } from '../values.js'
import { whoDecides } from './whoDecides.js'

export interface OldTls {
  readonly at: Location
  /** `version`: an old one is let in. `ciphers`: weak ones are. `proxy`: a version that nginx lets in. */
  readonly kind: 'version' | 'ciphers' | 'proxy'
  /** `minVersion: TLSv1` */
  readonly what: string
  readonly confidence: Confidence
  /** True where old clients get in for certain: OpenSSL 3 keeps them out unless its level is 0 (domain fact I5). */
  readonly isEffective: boolean
  /** The text, and what it has to be instead; null where that cannot be told. */
  readonly value: { readonly at: Location; readonly instead: string } | null
}

/** Each place once, in production code that nobody is asked about at run time, and in the configuration of nginx. */
export const oldTls: (model: ProjectModel) => readonly OldTls[] = recordedOnce((model) => {
  const outside = placesOutsideProduction(model)
  const found = new Map<string, OldTls>()
  for (const binding of settings(model)) {
    const { at, isOff } = binding
    if (isOff || !model.productionFiles.has(at.file) || outside.has(locationKey(at)) || found.has(locationKey(at))) continue
    const one = weakened(binding)
    if (one !== null && whoDecides(surroundingsOf(model, at)) !== 'user') found.set(locationKey(at), one)
  }
  return [...withLevels([...found.values()]), ...proxies(model)]
})

const settings = ofEachBinding((binding) => (VERSIONS.has(binding.name) ? [binding] : []), ['literal', 'choice', 'promise'])

const oldVersion = /^(SSLv[23]|TLSv1(\.[01])?)$/
const oldProtocol = /^(SSLv[23]|TLSv1(_1)?)(_(client|server))?_method$/

function weakened({ name, value, at }: NamedValue): OldTls | null {
  for (const literal of literalsOf(value)) {
    if (typeof literal.value !== 'string') continue
    const text = literal.value
    const instead = insteadOf(name, text)
    if (instead === null) continue
    const isHere = value.kind === 'literal' && inSameFunction(literal.at, at)
    return {
      at,
      kind: /ciphers/i.test(name) ? 'ciphers' : 'version',
      what: `${name}: ${text.length > 30 ? `${text.slice(0, 30)}…` : text}`,
      confidence: 'medium',
      isEffective: value.kind === 'literal' && (/SECLEVEL=0/.test(text) || oldProtocol.test(text)),
      value: isHere && instead !== '' ? { at: literal.at, instead: `'${instead}'` } : null,
    }
  }
  return null
}

/** What a weak text has to be instead; '' where that cannot be told, and null for one that is not weak. */
function insteadOf(name: string, text: string): string | null {
  if (name === 'secureProtocol') return oldProtocol.test(text) ? 'TLS_method' : null
  if (!/ciphers/i.test(name)) return oldVersion.test(text) ? (/max/i.test(name) ? 'TLSv1.3' : 'TLSv1.2') : null
  if (/@SECLEVEL=0/.test(text)) return text.replace(/:?@SECLEVEL=0/, '') || 'DEFAULT'
  return text.split(/[:, ]+/).some((cipher) => weakCipher.test(cipher)) ? '' : null
}

/** What a list lets in. `!RC4` and `-RC4` keep it out. */
const weakCipher =
  /^\+?([\w-]+-)?(RC4|RC2|DES|3DES|IDEA|SEED|NULL|eNULL|aNULL|EXP(ORT)?\d*|LOW|MD5|ADH|AECDH|SSLv[23]|DES-CBC3?)(-[\w-]+)?$/

/** A version is let in for certain where the level is 0 beside it. */
function withLevels(all: readonly OldTls[]): readonly OldTls[] {
  const levels = all.filter(({ kind, isEffective }) => kind === 'ciphers' && isEffective)
  return all
    .map((one) =>
      levels.some(({ at }) => inSameFunction(at, one.at)) ? { ...one, isEffective: one.kind === 'version' || one.isEffective } : one,
    )
    .map((one) => (one.isEffective ? { ...one, confidence: 'high' } : one))
}

/** `ssl_protocols TLSv1 TLSv1.1 TLSv1.2` */
function proxies(model: ProjectModel): readonly OldTls[] {
  return deployedFiles(model).flatMap(({ file, format, entries }) => {
    if (format !== 'nginx') return []
    return entries.flatMap(({ key, value, node }): readonly OldTls[] => {
      const old = key.at(-1) === 'ssl_protocols' ? value.split(/\s+/).filter((one) => oldVersion.test(one.replace(/;$/, ''))) : []
      const at = { file, fn: '', node }
      return old.length === 0 ? [] : [{ at, kind: 'proxy', what: old.join(' '), confidence: 'high', isEffective: true, value: null }]
    })
  })
}

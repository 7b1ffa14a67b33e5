// What a literal looks like: a placeholder, a name, a weak secret, or one that somebody made up or generated.
import { wordsOf } from './secretNames.js'

/** True for texts that stand where a secret is still to be written: `changeme`, `your-secret-here`, `<token>`, `${SECRET}`, `xxxx`. */
export function isPlaceholder(text: string): boolean {
  const plain = text.trim()
  if (plain === '' || /^(null|none|undefined|true|false|n\/?a|todo|tbd|-+|\*+|\.+|•+)$/i.test(plain)) return true
  if (/\$\{|\{\{|^<.*>$|^%\w+%$|^\[.*\]$|^__.*__$/.test(plain)) return true
  // What dotenvx and SOPS encrypted is of no use to who reads it.
  if (/^encrypted:|^ENC\[/.test(plain)) return true
  if (new Set(plain.toLowerCase()).size <= 2 && plain.length > 2) return true
  if (/^(change|replace|insert|put|enter|add|fill|paste|set|use|some|any|my[-_ ]?(own|new))([-_ ]+[a-z]+)+$/i.test(plain)) return true
  return /(^|[-_ .])(your|example|sample|placeholder|dummy|redacted|masked|fake|mock|changeme|change|replace|todo|here|xxx+)([-_ .\d]|$)/i.test(
    plain,
  )
}

/**
 * True for keys that are made to be shown: public halves and certificates, and what providers hand out for code in browsers, known by its
 * beginning (Stripe and Clerk `pk_live_`, Mapbox `pk.`, PostHog `phc_`).
 */
export function isPublicKey(text: string): boolean {
  return /^(?:pk_(?:live|test)_|pk\.eyJ|phc_)[\w$.=-]{8,}$|-----BEGIN (?:CERTIFICATE|(?:[A-Z]+ )*PUBLIC KEY)/.test(text.trim())
}

/**
 * Why a text is too weak to sign or encrypt with: short, a word of the dictionaries that attackers try first, a row of keys, repetition, the project's own name.
 * `bytes` is what the algorithm needs (RFC 7518 §3.2: 32 for HS256).
 */
export function weaknessOf(text: string, bytes: number, projectName: string | null = null): string | null {
  const plain = text.toLowerCase().replace(/[^a-z\d]/g, '')
  if (bytes === 0) return dictionary.has(plain) ? 'it is among the first that attackers try' : null
  if (new Set(text).size <= 3) return 'it repeats a few characters'
  if (dictionary.has(plain) || isMadeOfWords(text)) return 'it is made of words that attackers try first'
  if (isRowOfKeys(plain)) return 'it is a row of keys'
  if (
    projectName !== null &&
    projectName.length > 3 &&
    plain.startsWith(projectName.toLowerCase().replace(/[^a-z\d]/g, '')) &&
    text.length < 2 * bytes
  )
    return 'it begins with the name of the project'
  return text.length < bytes ? `it has ${text.length} characters, and the algorithm wants ${bytes} bytes` : null
}

/** True for texts that a name alone makes a secret: no identifier, sentence, path, address, pattern or unit of any kind. */
export function looksLikeSecret(text: string, kind: 'password' | 'secret' | 'key' | 'token'): boolean {
  const least = { password: 4, secret: 6, key: 12, token: 16 }[kind]
  if (text.length < least || text.length > 512 || isPlaceholder(text) || isPublicKey(text) || !/^[!-~]+$/.test(text)) return false
  if (/^([a-z][a-z\d+.-]*:)?\/\/|^\.{0,2}\/|^[#.@$]|^\/.*\/[a-z]*$|[<>{}()[\]]|^(application|text|image)\//i.test(text)) return false
  if (/^\d+(ms|s|m|h|d|w|y|px|kb|mb)?$/i.test(text)) return kind === 'password' && text.length >= 4
  if (
    isIdentifier(text) ||
    (kind === 'key' && isDated(text)) ||
    /^[0-9a-f]{8}-[0-9a-f]{4}-/i.test(text) ||
    /^\$2[aby]\$|^\$argon2|^sha\d+-/.test(text)
  )
    return false
  return kind === 'password' || isVaried(text)
}

/**
 * True for texts that no label beside a variable would be: what a variable that names a key holds where nobody sets it is the key, so a year or a number
 * at the end makes it no name, and a UUID may have been handed out.
 */
export function looksLikeOwnKey(text: string, kind: 'key' | 'token'): boolean {
  if (looksLikeSecret(text, kind)) return true
  const named = text.replace(/(?<![a-z\d])(?:v\d+|o?auth\d)(?![a-z\d])/gi, '')
  const isNumbered = text.length >= 8 && text.length <= 512 && /^[!-~]+$/.test(text) && /\d/.test(named) && /[a-z]/i.test(named)
  const isOther =
    isPlaceholder(text) || isPublicKey(text) || /^[#.@$^/~]|:\/\/|[<>{}()[\]\\|*;]|^\d+[a-z]{0,2}$|\$\d|^sha\d+-|\.[a-z]{2,5}$/i.test(text)
  return isNumbered && !isOther
}

/** Names, routes, header names, permission scopes and keys of translations: words, joined in any way. */
function isIdentifier(text: string): boolean {
  if (/^[A-Z][A-Z\d]*(_[A-Z\d]+)+$/.test(text)) return true
  const parts = text.split(/[-_.:/ ]+/)
  // Numbers at the end count versions and places: `user:token:v2`, `column_2`.
  const isNamed =
    parts.every((part) => /^[a-z]+$/i.test(part)) || (parts.length > 1 && parts.every((part) => /^(?:[a-z]+\d?|v?\d{1,2})$/i.test(part)))
  return isNamed && !hasRandomCase(text)
}

/** `partner-2024-q1`: what something is called of which there is one for each year. */
function isDated(text: string): boolean {
  return /[-_.:/](?:19|20)\d\d(?![a-z\d])/i.test(text) && isIdentifier(text.replace(/[-_.:/](?:19|20)\d\d(?![a-z\d])/i, ''))
}

/** `xKqPzRtW` changes case more often than names do. */
function hasRandomCase(text: string): boolean {
  const changes = [...text].filter((letter, at) => at > 0 && /[A-Z]/.test(letter) !== /[A-Z]/.test(text[at - 1] ?? '')).length
  return text.length >= 12 && changes > text.length / 3 && new Set(text).size > 8
}

function isVaried(text: string): boolean {
  return /\d/.test(text) && /[a-z]/i.test(text)
    ? new Set(text).size >= Math.min(8, text.length * 0.6)
    : hasRandomCase(text) || (text.length >= 8 && /[^\w-]/.test(text))
}

function isMadeOfWords(text: string): boolean {
  const words = wordsOf(text)
    .flatMap((word) => word.split(/\d+/))
    .filter((word) => word !== '')
  return words.length > 0 && words.every((word) => dictionary.has(word) || isGlued(word))
}

/** `mysupersecretkey`: dictionary words without anything between them. */
function isGlued(word: string): boolean {
  const ends = [true, ...Array.from({ length: word.length }, () => false)]
  for (let end = 1; end <= word.length; end++) {
    for (let start = Math.max(0, end - 14); start < end && !ends[end]; start++)
      if (ends[start] === true && dictionary.has(word.slice(start, end))) ends[end] = true
  }
  return ends[word.length] === true
}

function isRowOfKeys(plain: string): boolean {
  const rows = 'qwertyuiopasdfghjklzxcvbnm 01234567890123456789 abcdefghijklmnopqrstuvwxyz 1q2w3e4r5t6y7u8i9o0p'
  return plain.length >= 4 && rows.split(' ').some((row) => row.includes(plain) || row.includes([...plain].reverse().join('')))
}

const dictionary: ReadonlySet<string> = new Set(
  'secret secretkey key keys password passwd pass pwd admin root user test testing tests dev development prod production local default demo example changeme change me keyboard cat keyboardcat shhhhh shhh shh jwt token tokens auth session sessions cookie cookies my your our the this is a an not so very super top real private public safe secure strong random string text long hash sign signing signature app application api server express node nodejs js backend project site web hello world foo bar baz abc xyz qwerty letmein welcome monkey dragon master login guest bit bits hmac sha please here it in of for and or to do value some any thing mern mean stack mongo db database blog shop store ecommerce todo chat access refresh encryption encrypt crypto salt pepper temp tmp'.split(
    ' ',
  ),
)

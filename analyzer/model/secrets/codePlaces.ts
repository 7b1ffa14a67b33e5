// Where a plain `code` is one that opens an account: the name says little, the route or the function around it says what it is for.
import { baseNameOf } from '../../link/filePath.js'
import { functionsBehind } from '../../link/handlers.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { functionsAround } from '../logging/ownLoggers.js'
import { pathWords } from '../routePaths.js'
import { wordsOf } from './secretNames.js'
import { recordedOnce } from '../recorded.js'

/** `code`, `pin`: names that need their surroundings to say what they are. */
export function isCodeName(name: string): boolean {
  return /^_?(new|the|random)?_?(code|pin|digits)$/i.test(name)
}

/** True inside a function or a file that is called after one-time codes, inside one that sends a code, or one that serves a route which is called so. */
export function speaksOfCodes(model: ProjectModel, at: Location): boolean {
  const facts = model.files.get(at.file)
  if (facts?.kind !== 'source') return false
  if (wordsOf(baseNameOf(at.file)).some((word) => spokenByFiles.has(word))) return true
  return functionsAround(facts, at.fn).some((fn) => {
    const words = wordsOf(fn.name)
    return words.some((word) => spoken.has(word)) || isOneTime(words) || sendsCode(words) || servingCodes(model).has(`${at.file}#${fn.id}`)
  })
}

/** `issueOneTimeCode`; a one-time banner opens nothing. */
function isOneTime(words: readonly string[]): boolean {
  return /\bone ?time (?:code|password|pass|pin|link|key|secret|login)s?\b/.test(words.join(' '))
}

/** `sendCode`, `emailLoginCode`. */
function sendsCode(words: readonly string[]): boolean {
  return /^(send|resend|mail|email|text|sms)$/.test(words[0] ?? '') && /^(code|pin)$/.test(words.at(-1) ?? '')
}

const spokenByFiles: ReadonlySet<string> = new Set('otp totp 2fa mfa passcode twofactor'.split(' '))

const spoken: ReadonlySet<string> = new Set(
  'otp totp 2fa mfa passcode verify verification reset forgot token tokens activation activate recovery recover confirmation twofactor invite invites invitation invitations'.split(
    ' ',
  ),
)

/** Handlers of routes whose path speaks of codes, as `file#id`. */
const servingCodes = recordedOnce((model): ReadonlySet<string> => {
  const telling = model.routes.filter((route) => pathWords(route.path).some((word) => spoken.has(word)))
  const handlers = telling.flatMap((route) =>
    route.chain.filter((link) => link.entry === route.entry).flatMap((link) => functionsBehind(link.value)),
  )
  return new Set(handlers.map((fn) => `${fn.source.file}#${fn.facts.id}`))
})

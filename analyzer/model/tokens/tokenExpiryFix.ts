// Gives tokens an end where nothing does.
import type { Pattern } from '../../extract/facts.js'
import { suggestion, type Fix } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import type { ExpiryFault } from './tokenExpiryFaults.js'
import { wordsAround } from './tokenPurpose.js'
import type { TokenLifetime } from './tokenLifetimes.js'
import type { TokenSettings } from './tokenSettings.js'
import { property } from '../values.js'

/** The fix of a fault; null where the code has no place for one. */
export function expiryFix(model: ProjectModel, fault: ExpiryFault): Fix | null {
  switch (fault.kind) {
    case 'forever':
      return fault.confidence === 'low' ? null : callFix(model, fault.lifetime)
    case 'settings':
      return settingsFix(fault.settings)
    case 'misplaced':
      return fault.settings === null || property(fault.settings.options, fault.settings.signKey) !== null
        ? null
        : moveFix(fault.settings, fault)
    case 'instant':
      return suggestion('Make it a number of seconds', (editor) => editor.replace(fault.at, String(Number(fault.text))))
    case 'ignored':
      return suggestion('Refuse tokens that have expired', (editor) => editor.removeOption(fault.holder.at, 'ignoreExpiration'))
    case 'long':
      return null
  }
}

function callFix(model: ProjectModel, { signing }: TokenLifetime): Fix | null {
  const { call, options, optionsIndex, library } = signing
  const isRefresh = wordsAround(model, call).has('refresh')
  const time = isRefresh ? "'7d'" : "'15m'"
  const title = isRefresh ? 'Let the token expire after seven days' : 'Let the token expire after 15 minutes'
  if (library === 'jose')
    return suggestion(title, (editor) =>
      editor.replace(call.at, editor.text(call.at).replace(/\.(sign|encrypt)\(/, `.setExpirationTime(${time}).$1(`)),
    )
  if (optionsIndex < 0) return null
  // A callback stands where the options belong.
  if (options === null && call.args.length > optionsIndex)
    return suggestion(title, (editor) => editor.insertArgument(call.at, optionsIndex, `{ expiresIn: ${time} }`))
  const given = call.argsAt[optionsIndex]
  return suggestion(title, (editor) => {
    // Options that callers hand over may hold a lifetime of their own, which counts.
    const text = given === undefined ? '' : editor.text(given)
    if (isParameterOf(model, call.at, text)) editor.setArgument(call.at, optionsIndex, `{ expiresIn: ${time}, ...${text} }`)
    else editor.setProperty(call.at, 'expiresIn', time, optionsIndex)
  })
}

function isParameterOf(model: ProjectModel, { file, fn }: Location, name: string): boolean {
  const facts = model.files.get(file)
  const parameters = facts?.kind === 'source' ? (facts.functions[fn]?.parameters ?? []) : []
  return parameters.some(({ pattern }) => nameIn(pattern) === name)
}

function nameIn(pattern: Pattern): string | null {
  return pattern[0] === 'name' ? pattern[2] : pattern[0] === 'default' ? nameIn(pattern[2]) : null
}

function settingsFix(settings: TokenSettings): Fix | null {
  const { options, signKey } = settings
  if (options?.kind !== 'object') return null
  const nested = property(options, signKey)
  if (nested !== null && nested.kind !== 'object') return null
  return suggestion('Let tokens expire after 15 minutes', (editor) => {
    if (nested === null) editor.setProperty(options.at, signKey, "{ expiresIn: '15m' }")
    else editor.setProperty(nested.at, 'expiresIn', "'15m'")
  })
}

/** What was written stays, and goes to where it counts. */
function moveFix({ signKey }: TokenSettings, { at }: ExpiryFault): Fix {
  return suggestion(`Move it into ${signKey}`, (editor) => editor.replace(at, `${signKey}: { ${editor.text(at)} }`))
}

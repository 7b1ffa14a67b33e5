// Names the algorithm that the project signs with where tokens are verified.
import { suggestion, type Fix } from '../../fix/fix.js'
import type { ProjectModel } from '../model.js'
import type { AlgorithmFault } from './tokenAlgorithms.js'
import { signingAlgorithm } from './tokenKeys.js'
import type { TokenVerification } from './tokenVerifications.js'
import { property } from '../values.js'

/** The fix of a fault; null where the code does not say what it signs with, or has no place for options. */
export function algorithmFix(model: ProjectModel, { kind, verification }: AlgorithmFault): Fix | null {
  if (verification === null || kind === 'public' || kind === 'unsigned') return null
  const algorithm = signingAlgorithm(model, verification.key) ?? ofSecret(verification)
  if (algorithm === null) return null
  const title = `Take tokens that are signed with ${algorithm} alone`
  if (verification.library === 'jwt-simple')
    return kind === 'guessed' && verification.call.args.length === 2
      ? suggestion(title, (editor) => editor.setArgument(verification.call.at, 2, `false, '${algorithm}'`))
      : null
  const code = `['${algorithm}']`
  const [shared] = verification.settings
  if (kind === 'missing' && shared !== undefined) return sharedFix(title, shared, code)
  return ownFix(title, verification, code)
}

function ownFix(title: string, { call, options, optionsIndex, within }: TokenVerification, code: string): Fix | null {
  if (optionsIndex < 0) return null
  if (within !== '') {
    if (options?.kind !== 'object') return null
    return suggestion(title, (editor) => editor.setProperty(options.at, 'algorithms', code))
  }
  // A callback stands where the options belong.
  if (options === null && call.args.length > optionsIndex)
    return suggestion(title, (editor) => editor.insertArgument(call.at, optionsIndex, `{ algorithms: ${code} }`))
  return suggestion(title, (editor) => editor.setProperty(call.at, 'algorithms', code, optionsIndex))
}

function sharedFix(title: string, { options, verifyKey }: TokenVerification['settings'][number], code: string): Fix | null {
  if (options?.kind !== 'object') return null
  const nested = property(options, verifyKey)
  if (nested !== null && nested.kind !== 'object') return null
  return suggestion(title, (editor) => {
    if (nested === null) editor.setProperty(options.at, verifyKey, `{ algorithms: ${code} }`)
    else editor.setProperty(nested.at, 'algorithms', code)
  })
}

/** What a module of Nest calls `secret` is one. */
function ofSecret({ library, settings }: TokenVerification): string | null {
  return library === '@nestjs/jwt' && settings.some(({ options }) => property(options, 'secret') !== null) ? 'HS256' : null
}

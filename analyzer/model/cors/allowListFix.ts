// Lets listed origins in, in the place of every site.
import { FixRefused, suggestion, type Fix } from '../../fix/fix.js'
import type { ProjectModel } from '../model.js'
import { allowListed, ORIGINS_VARIABLE, takesList } from './allowListCode.js'
import type { OpenPolicy } from './corsExposure.js'

/** Null where the policy takes no list. */
export function allowListFix(model: ProjectModel, { policy, grant, others }: OpenPolicy): Fix | null {
  if (!takesList(policy)) return null
  const variable = grant.variable ?? ORIGINS_VARIABLE
  return suggestion(`Allow the origins in ${variable} only`, (editor) => {
    if (!allowListed(editor, [policy, ...others], variable, model)) throw new FixRefused()
  })
}

// Repairs of limiters that do nothing: options put right, guards that ask them, places where they work.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import { generalLimit } from './limiterCode.js'
import { placementFix } from './limiterMoves.js'
import type { LimiterProblem } from './limiterProblems.js'
import type { ProjectModel } from '../model.js'
import { guardsMessages, limitNestApp } from '../nestFix.js'
import { runsIn } from '../operations/processes.js'
import type { Repair } from './limiterFaults.js'
import type { Limiter } from './limiters.js'
import { THROTTLER } from './limits.js'
import type { Location } from '../../text/location.js'
import { propertyAt } from '../values.js'

/** null where no fix is known. */
export function limiterRepair(model: ProjectModel, { kind, repair, limiter, misplacement }: LimiterProblem): Fix | null {
  if (kind === 'unused' && limiter?.package === THROTTLER) {
    const nest = model.apps.find((app) => app.framework === 'nest' && runsIn(model, limiter.call, app))
    if (nest === undefined || guardsMessages(model, nest)) return null
    return suggestion('Let a guard ask it for every route', (editor) => limitNestApp(editor, model, nest, generalLimit))
  }
  if (repair?.how === 'rename') return suggestion(`Name \`${repair.name}\``, (editor) => rename(editor, repair))
  if (repair !== null && limiter !== null) return suggestion('Put the option right', (editor) => putRight(editor, limiter, repair))
  return misplacement === null ? null : placementFix(model, misplacement)
}

/** Puts one option right, in the object literal that holds it. */
function putRight(editor: Editor, { options, call }: Limiter, repair: Repair): void {
  const at = options?.kind === 'object' ? options.at : call.at
  if (repair.how === 'remove') editor.removeOption(at, repair.option)
  else if (repair.how === 'set') editor.setProperty(at, repair.option, repair.code, options === null ? call.argumentsFrom : undefined)
  else if (repair.how === 'rename') rename(editor, repair)
  else if (repair.how === 'settle') settle(editor, repair.at)
  else if (repair.how === 'number') editor.wrap(repair.value.at, 'Number(', `) || ${repair.code}`)
  else editor.wrap(repair.value.at, '', ` || ${repair.code}`)
}

function rename(editor: Editor, { options, option, name }: Extract<Repair, { how: 'rename' }>): void {
  const code = /^[^:]+:\s*([\s\S]+)$/.exec(editor.text(propertyAt(options, option)))?.[1]
  if (code === undefined) throw new FixRefused('a property of another sort')
  editor.removeProperty(options.at, option)
  editor.setProperty(options.at, name, code)
}

/** `skipIf: async (context) => …` without the word, and without the promise in its type. */
function settle(editor: Editor, at: Location): void {
  const code = editor.text(at)
  const settled = code.replace(/^(\w+\s*:\s*)?async\s+/, '$1').replace(/Promise<\s*boolean\s*>/, 'boolean')
  if (settled.length === code.length) throw new FixRefused('a function of another form')
  editor.replace(at, settled)
}

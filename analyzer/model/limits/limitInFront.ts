// Puts limiters of Express and Nest in front of the checks that they stand behind.
import { FixRefused, type Editor } from '../../fix/fix.js'
import { comesAfter, inSameFunction, type Location } from '../../text/location.js'
import type { App } from '../model.js'
import type { ProtectingLink } from '../protection.js'
import { property } from '../values.js'

/** A limiter and the first check that stands in front of it on a route. */
export interface Overtaken {
  readonly app: App
  readonly limit: ProtectingLink
  readonly check: ProtectingLink
}

/** In a list of handlers or guards the two change places; a limiter that is registered by itself moves. */
export function putLimitInFront(editor: Editor, { app, limit, check }: Overtaken): void {
  const { options, package: name } = limit.effect
  // What the check finds out may be what the limiter goes by.
  if (name === null || ['keyGenerator', 'getTracker', 'skip', 'skipIf', 'shouldSkip'].some((option) => property(options, option) !== null))
    throw new FixRefused('the limiter may go by what the check finds out')
  if (limit.link.entry === check.link.entry) return changePlaces(editor, app, limit, check)
  const { entry } = limit.link
  const target = check.link.entry
  const made = limit.effect.call?.at
  const isHere = entry.kind === 'layer' && target.kind === 'layer' && entry.scope === target.scope && entry.handlers.length === 1
  if (!isHere || !inSameFunction(entry.at, target.at) || (made !== undefined && isBetween(made, target.at, entry.at)))
    throw new FixRefused('the limiter cannot stand in front of the check')
  const code = editor.text(entry.at)
  editor.removeStatement(entry.at)
  editor.insertBefore(target.at, code)
}

/** Made behind the check, in a statement of its own. */
function isBetween(made: Location, check: Location, limit: Location): boolean {
  return comesAfter(made, check) && !comesAfter(made, limit)
}

function changePlaces(editor: Editor, app: App, { link: limit }: ProtectingLink, { link: check }: ProtectingLink): void {
  const { handlers } = limit.entry
  if (handlers.indexOf(limit.value) !== handlers.indexOf(check.value) + 1) throw new FixRefused('something stands between the two')
  const texts = [editor.text(limit.at), editor.text(check.at)] as const
  // Guards of Nest come from several lists, of which those of a controller are for other routes too. What stands further up runs later only among the lists of
  // one method, or one controller: decorators are applied from the last one up (run with Nest 10 to 12).
  const isSameList = limit.at.node - check.at.node === nodesOf(texts[1])
  if (app.framework === 'nest' && !isSameList && !comesAfter(check.at, limit.at)) throw new FixRefused('they stand in different lists')
  if (!inSameFunction(limit.at, check.at)) throw new FixRefused('they stand in different functions')
  editor.replace(check.at, texts[0])
  editor.replace(limit.at, texts[1])
}

/** How many nodes an expression is: a name, or a call with a text. What comes next in a list has the number behind them. */
function nodesOf(code: string): number | null {
  if (/^[\w$]+$/.test(code)) return 1
  return /^[\w$]+\((['"])[\w-]*\1\)$/.test(code) ? 3 : null
}

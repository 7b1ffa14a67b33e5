// What an application is called where something is registered on it: fixes that add something beside it write that name.
import type { Editor } from '../fix/fix.js'
import { comesAfter, inSameFunction, sameLocation } from '../text/location.js'
import type { App, Entry, ProjectModel } from './model.js'

/** null where that code serves several applications, runs several times or not always, or is no statement of its own. */
export function nameBeside(editor: Editor, model: ProjectModel, app: App, { at, guards, call }: Entry): string | null {
  // What a package registers stands in no statement of its own.
  if (call?.callee.kind !== 'member') return null
  if (inSameFunction(at, app.at)) return isUnderCondition(guards, app) ? null : editor.nameOf(app.scope)
  const here = model.scopes.flatMap(({ entries }) => entries).filter((entry) => sameLocation(entry.at, at))
  return here.length > 1 || guards.length > 0 ? null : (/^((?:this\.)?[\w$]+)\.(?:use|get)\(/.exec(editor.text(at))?.[1] ?? null)
}

/** `if (isProduction) app.use(helmet())`: what is written beside it stands under that condition as well. */
export function isUnderCondition(guards: Entry['guards'], app: App): boolean {
  return guards.some(({ kind, at }) => kind !== 'early-exit' && comesAfter(at, app.at))
}

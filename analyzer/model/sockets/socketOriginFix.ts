// The fix by which a server of WebSockets compares origins with a list that the environment holds.
import type { Editor } from '../../fix/fix.js'
import { ORIGINS_VARIABLE } from '../cors/allowListCode.js'
import { originList } from '../cors/originList.js'
import type { ProjectModel } from '../model.js'
import type { SocketServer } from './socketServers.js'

/** Clients that are no browser send no origin, and are let in as before. With the variable unset no page is. */
export function checkOrigin(editor: Editor, model: ProjectModel, { call, options, argument, within }: SocketServer): void {
  const { file } = call.at
  const { kind, name } = originList(editor, model, call.at, ORIGINS_VARIABLE)
  const check = `({ origin }) => !origin || ${kind === 'list' ? `${name}.includes(origin)` : `${name}(origin)`}`
  const typed = editor.isTypeScript(file) ? check.replace('({ origin })', '({ origin }: { origin: string })') : check
  if (options !== null && options !== 'unknown') editor.setProperty(options.at, 'verifyClient', typed)
  else if (within !== null) editor.setProperty(call.at, within, `{ verifyClient: ${typed} }`, argument)
  else editor.setProperty(call.at, 'verifyClient', typed, argument)
  editor.addEnvironmentExample(file, ORIGINS_VARIABLE, 'Origins of the sites that may open sockets, with commas between them.')
}

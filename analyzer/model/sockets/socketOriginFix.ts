// The fix by which a server of WebSockets compares origins with a list that the environment holds.
import type { Editor } from '../../fix/fix.js'
import { ORIGINS_VARIABLE } from '../cors/allowListCode.js'
import type { SocketServer } from './socketServers.js'

/** Clients that are no browser send no origin, and are let in as before. With the variable unset no page is. */
export function checkOrigin(editor: Editor, { call, options, argument, within }: SocketServer): void {
  const { file } = call.at
  const name = editor.freeName(file, 'allowedOrigins')
  editor.insertBefore(
    call.at,
    `const ${name} = (process.env.${ORIGINS_VARIABLE} ?? '')\n  .split(',')\n  .map((origin) => origin.trim())\n  .filter(Boolean)`,
  )
  const check = `({ origin }) => !origin || ${name}.includes(origin)`
  const typed = editor.isTypeScript(file) ? check.replace('({ origin })', '({ origin }: { origin: string })') : check
  if (options !== null && options !== 'unknown') editor.setProperty(options.at, 'verifyClient', typed)
  else if (within !== null) editor.setProperty(call.at, within, `{ verifyClient: ${typed} }`, argument)
  else editor.setProperty(call.at, 'verifyClient', typed, argument)
  editor.addEnvironmentExample(file, ORIGINS_VARIABLE, 'Origins of the sites that may open sockets, with commas between them.')
}

// JwtModule of Nest with a factory: it runs when the module is made, and not when the file is loaded.
import type { Editor } from '../../fix/fix.js'
import { sameLocation, type Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { callsTo } from '../packageCalls.js'
import { possibleValues } from '../values.js'

/** Makes `JwtModule.registerAsync({ useFactory })` of the `JwtModule.register({ … })` whose options hold the place, with `code` in that place. False where none does. */
export function registerLater(editor: Editor, model: ProjectModel, at: Location, code: string): boolean {
  const call = callsTo(model, '@nestjs/jwt', ['JwtModule', 'register']).find(({ args: [options] }) =>
    possibleValues(options ?? null).some(
      (one) => one.kind === 'object' && [...one.properties.values()].some((value) => sameLocation(value.at, at)),
    ),
  )
  if (call === undefined || call.at.file !== at.file) return false
  const parts = editor.text(call.at).split(editor.text(at))
  const written = /^([\w$.]+)\.register\(\s*(\{[\s\S]*\})\s*,?\s*\)$/.exec(parts.join(code))
  if (written === null || parts.length !== 2) return false
  const [, owner = '', options = ''] = written
  // Whether the module is global is asked before the factory runs.
  const global = /\bglobal:\s*true\s*,?\s*/.exec(options)?.[0]
  const rest = global === undefined ? options : options.replace(global, '')
  editor.replace(call.at, `${owner}.registerAsync({ ${global === undefined ? '' : 'global: true, '}useFactory: () => (${rest}) })`)
  return true
}

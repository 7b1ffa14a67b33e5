// Gives an application its security headers: the code that the fix writes.
import { FixRefused, suggestion, type Fix } from '../fix/fix.js'
import { describe } from './describe.js'
import { importPlugin, registerFirst } from './fastifyFix.js'
import { isMovable, type HeaderShortfall } from './headerShortfall.js'
import type { App, ProjectModel } from './model.js'

/** Calls helmet, moves it to the front, or adds it: what the shortfall asks for. */
export function headerFix(model: ProjectModel, app: App, { kind, at, registration, missed }: HeaderShortfall): Fix {
  if (kind === 'uncalled') return suggestion('Call helmet', (editor) => editor.wrap(at, '', '()'))
  const first = missed[0]?.mounts[0] ?? missed[0]?.entry
  if (registration !== null && kind === 'late' && first !== undefined)
    return suggestion(`Move ${describe(registration.handler)} in front of the first route`, (editor) => {
      if (!isMovable(registration, first.at)) throw new FixRefused()
      const code = editor.text(registration.entry.at)
      editor.removeStatement(registration.entry.at)
      editor.insertBefore(first.at, code)
    })
  if (app.framework === 'fastify')
    return suggestion(`Register @fastify/helmet for all of ${app.name}`, (editor) =>
      registerFirst(editor, app, importPlugin(editor, model, app.at.file, '@fastify/helmet', 'helmet')),
    )
  return suggestion(`Add helmet in front of everything in ${app.name}`, (editor) => {
    const helmet = editor.addImport(app.at.file, 'helmet', 'default', 'helmet')
    editor.addMiddleware(app.scope, `${helmet}()`)
    editor.addDependency(app.at.file, 'helmet', '^8.3.0')
  })
}

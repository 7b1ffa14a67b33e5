// Gives an application of Nest a pipe that checks bodies: the fix.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { App } from '../model.js'

/** A ValidationPipe in front of every handler, and the packages that it works with. */
export function validationPipeFix(app: App): Fix {
  return suggestion('Check bodies with a ValidationPipe', (editor) => addValidationPipe(editor, app))
}

function addValidationPipe(editor: Editor, app: App): void {
  const name = editor.nameOf(app.scope)
  if (name === null) throw new FixRefused('the application has no name where it is made')
  const pipe = editor.addImport(app.at.file, '@nestjs/common', 'ValidationPipe', 'ValidationPipe')
  editor.insertAfter(app.scope.at, `${name}.useGlobalPipes(new ${pipe}({ whitelist: true }))`)
  editor.addDependency(app.at.file, 'class-validator', '^0.14.2')
  editor.addDependency(app.at.file, 'class-transformer', '^0.5.1')
}

// Adds error middleware as the last thing on an application, or moves it there: the code that fixes write.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { FunctionValue } from '../../link/value.js'
import { inSameFunction, sameLocation, type Location } from '../../text/location.js'
import type { ErrorHandlerGap } from './errorHandlerGaps.js'
import { addErrorHandler } from '../fastifyFix.js'
import { readsUploadsWithMulter } from '../input/multerErrors.js'
import type { App, Entry, ProjectModel } from '../model.js'
import { loggerIn } from './loggerNames.js'

/** Gives the application a handler of its own, or moves the one that it has behind the routes. */
export function errorHandlerFix(model: ProjectModel, { app, present, kind }: ErrorHandlerGap): Fix | null {
  // What stands there would have to be written anew or moved: a context has one handler.
  if (kind === 'handedOn' || kind === 'late') return null
  if (kind === 'leaking') return suggestion('Set an error handler with a generic answer', (editor) => addErrorHandler(editor, app))
  return kind !== 'early' || present === null
    ? suggestion('Add error middleware after all routes', (editor) => addErrorMiddleware(editor, model, app))
    : suggestion('Move the error middleware behind the routes', (editor) => moveErrorMiddleware(editor, app, present.entry))
}

/** Registers an error handler with a generic answer after everything else on the application. */
function addErrorMiddleware(editor: Editor, model: ProjectModel, app: App): void {
  const place = lastPlace(editor, app)
  const { file } = place.at
  const handler = handlerCode(loggerIn(model, file) ?? 'console', readsUploadsWithMulter(model) ? MULTER : '')
  if (!editor.isTypeScript(file)) return write(editor, place, `${place.name}.use(${handler})`)
  const name = editor.freeName(file, 'errorHandler')
  write(editor, place, `const ${name}: import('express').ErrorRequestHandler = ${handler}\n${place.name}.use(${name})`)
}

/** Moves the statement that registers error middleware behind everything else. */
function moveErrorMiddleware(editor: Editor, app: App, entry: Entry): void {
  const place = lastPlace(editor, app)
  const code = editor.text(entry.at)
  if (place.at.file !== entry.at.file || /\/\/|\/\*/.test(code)) throw new FixRefused('cannot be moved as it stands')
  editor.removeStatement(entry.at)
  write(editor, place, code)
}

const MULTER = `  // Errors of multer have no status.
  if (err?.name === 'MulterError') Object.assign(err, { status: err.code === 'LIMIT_FILE_SIZE' ? 413 : 400, expose: true })
`

function handlerCode(logger: string, preparation: string): string {
  return `(err, req, res, next) => {
  if (res.headersSent) return next(err)
${preparation}  const status = Number.isInteger(err?.status) && err.status >= 400 && err.status < 600 ? err.status : 500
  if (status >= 500) ${logger}.error(err)
  res.status(status).json({ error: status < 500 && err.expose ? err.message : 'Internal Server Error' })
}`
}

interface LastPlace {
  readonly at: Location
  readonly side: 'before' | 'after'
  readonly name: string
}

/** Gives a function that takes errors the parameters by which Express knows it. */
export function giveFourParameters(editor: Editor, { facts, source }: FunctionValue): void {
  const [, , last, fourth] = facts.parameters
  const type = editor.isTypeScript(source.file) && (last?.type ?? null) !== null ? ": import('express').NextFunction" : ''
  const place = (node: number): Location => ({ file: source.file, fn: facts.id, node })
  if (fourth !== undefined) editor.replace(place(fourth.node), `next${type}`)
  else if (last !== undefined) editor.replace(place(last.node), `${editor.text(place(last.node))}, next${type}`)
}

/** After the last registration where that stands beside the application and runs once, else before the call that listens. */
function lastPlace(editor: Editor, app: App): LastPlace {
  const { entries, at } = app.scope
  const last = entries.toSorted((a, b) => b.order - a.order)[0]
  if (
    last !== undefined &&
    inSameFunction(last.at, at) &&
    last.guards.length === 0 &&
    entries.filter((one) => sameLocation(one.at, last.at)).length === 1
  ) {
    const name = /^([\w$.]+)\s*\.\s*\w+\s*\(/.exec(editor.text(last.at))?.[1]
    if (name !== undefined) return { at: last.at, side: 'after', name }
  }
  for (const listener of app.listeners) {
    if (last !== undefined && listener.order < last.order) continue
    const index = listener.args.findIndex((arg) => arg.kind === 'scope' && arg.scope === app.scope)
    const text =
      index >= 0
        ? editor.text(listener.argsAt[index] ?? listener.at)
        : (/^([\w$.]+)\s*\.\s*listen\s*\(/.exec(editor.text(listener.at))?.[1] ?? '')
    if (/^[\w$.]+$/.test(text)) return { at: listener.at, side: 'before', name: text }
  }
  throw new FixRefused('not known where the registrations end')
}

function write(editor: Editor, place: LastPlace, code: string): void {
  if (place.side === 'after') editor.insertAfter(place.at, code)
  else editor.insertBefore(place.at, code)
}

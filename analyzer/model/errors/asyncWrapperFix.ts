// Wraps handlers of Express 4 so that their rejections reach the error middleware: the code that the fix writes.
import { firstTuple } from '../../extract/factTuples.js'
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { ProjectModel } from '../model.js'
import { functionHome } from '../ownFunctions/functionHome.js'
import { packageFolderOf } from '../versions.js'
import { openHandlers, type OpenHandler } from './asyncHandlers.js'
import { asyncWrapperIn, ownAsyncWrapper } from './ownAsyncWrapper.js'

/** Wraps the handlers with the wrapper of the project, with that of express-async-handler, or with a new one where its types would refuse them. */
export function wrapHandlers(editor: Editor, model: ProjectModel, handlers: readonly OpenHandler[]): void {
  for (const { at, fn, isAlone } of handlers) {
    // What the package returns has no parameters, so Express would not take it for error middleware.
    if (fn.facts.arity === 4) throw new FixRefused('error middleware cannot be wrapped')
    // A wrapper takes one handler, and would drop the others.
    if (!isAlone || editor.text(at).startsWith('...')) throw new FixRefused('several handlers stand here')
    editor.wrap(at, `${asyncWrapperIn(model, at.file) ?? importedWrapper(editor, model, at.file)}(`, ')')
  }
}

/** What the handlers of the file are wrapped with, in words. */
export function wrapperName(model: ProjectModel, file: string): string {
  const own = asyncWrapperIn(model, file) ?? ownAsyncWrapper(model)?.local
  return own ?? (wantsNewWrapper(model, file) ? 'a new asyncHandler' : 'express-async-handler')
}

function importedWrapper(editor: Editor, model: ProjectModel, file: string): string {
  const own = ownAsyncWrapper(model)
  if (own !== null) return editor.addImport(file, `/${own.file}`, own.exported, own.local)
  if (wantsNewWrapper(model, file)) return newWrapper(editor, model, file)
  editor.addDependency(file, 'express-async-handler', '^1.2.0')
  return editor.addImport(file, 'express-async-handler', 'default', 'asyncHandler')
}

function wantsNewWrapper(model: ProjectModel, file: string): boolean {
  return usersOf(model, file).some(({ fn }) => returnsValue(fn.facts.body))
}

/** The handlers of the package that TypeScript checks, if it checks this file: all get the same wrapper. */
function usersOf(model: ProjectModel, file: string): readonly OpenHandler[] {
  if (!isTypeScript(file)) return []
  const folder = packageFolderOf(model, file)
  return openHandlers(model).filter(({ at }) => packageFolderOf(model, at.file) === folder && isTypeScript(at.file))
}

function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file)
}

/** `return res.status(404).json(…)`: express-async-handler has only those pass that return nothing. */
function returnsValue(body: unknown): boolean {
  return firstTuple(body, ([kind, , value]) => kind === 'return' && value !== null) !== null
}

function newWrapper(editor: Editor, model: ProjectModel, file: string): string {
  const files = [...new Set(usersOf(model, file).map(({ at }) => at.file))].sort()
  const home = functionHome(model, files, 'asyncHandler')
  if (home === null) throw new FixRefused('no place for a wrapper')
  editor.createFile(home, WRAPPER, files[0] ?? file)
  return editor.addImport(file, `/${home}`, 'asyncHandler', 'asyncHandler')
}

const WRAPPER = `import type { Request, RequestHandler, Response } from 'express'

type Body = Request['body']
type Locals = Response['locals']

/** Hands what a handler rejects with to the error middleware. */
export const asyncHandler =
  <P = Request['params'], ResBody = Body, ReqBody = Body, ReqQuery = Request['query'], L extends Locals = Locals>(
    handler: (...args: Parameters<RequestHandler<P, ResBody, ReqBody, ReqQuery, L>>) => unknown,
  ): RequestHandler<P, ResBody, ReqBody, ReqQuery, L> =>
  (req, res, next) => {
    Promise.resolve(handler(req, res, next)).catch(next)
  }`

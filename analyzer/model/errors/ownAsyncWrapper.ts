// The project's own wrapper of async handlers, known by the handlers that are registered through it.
import type { SourceFacts } from '../../extract/facts.js'
import { holderOf } from '../../link/environment.js'
import type { FunctionValue } from '../../link/value.js'
import { fileBehind, importedNames } from '../imports.js'
import type { ProjectModel } from '../model.js'
import { recordedByName, recordedOnce } from '../recorded.js'

export interface AsyncWrapper {
  readonly file: string
  /** `default` or a name. */
  readonly exported: string
  /** What the file calls it that was seen to use it. */
  readonly local: string
}

/** The first one that routes of Express are registered through. null where handlers are wrapped by nothing, or by a package. */
export const ownAsyncWrapper: (model: ProjectModel) => AsyncWrapper | null = recordedOnce((model) => {
  for (const scope of model.scopes) {
    if (scope.framework !== 'express') continue
    for (const { at, handlers } of scope.entries)
      for (const fn of handlers) {
        const wrapper = fn.kind === 'function' && fn.source.file !== at.file ? wrapperBehind(model, at.file, fn) : null
        if (wrapper !== null) return wrapper
      }
  }
  return null
})

/** The name of a function at the top of the file through which routes in it are registered; null where it has none. */
export const asyncWrapperIn: (model: ProjectModel, file: string) => string | null = recordedByName((model, file) => {
  for (const scope of model.scopes) {
    if (scope.framework !== 'express') continue
    for (const { at, handlers } of scope.entries)
      for (const fn of at.file === file ? handlers : []) {
        const maker = fn.kind === 'function' && fn.source.file === file && wrapsHandler(fn) ? makerOf(fn) : null
        if (maker !== null && WRAPPER.test(maker.name)) return maker.name
      }
  }
  return null
})

const WRAPPER = /async|await|catch|wrap|handler|^safe/i

/** `authorize((user) => user.isAdmin)` takes a function too, and none that answers requests. */
function wrapsHandler(fn: FunctionValue): boolean {
  const maker = makerOf(fn)
  const [name] = maker === null ? [] : namesOf(maker)
  const wrapped = name === undefined ? undefined : holderOf(fn.environment, name)?.variables.get(name)
  return wrapped?.kind === 'function' && wrapped.facts.parameters.length >= 2
}

/** The import through which a file got a closure around another handler. */
function wrapperBehind(model: ProjectModel, file: string, fn: FunctionValue): AsyncWrapper | null {
  const maker = makerOf(fn)
  const user = model.files.get(file)
  if (maker === null || user?.kind !== 'source' || !wrapsHandler(fn)) return null
  const found = importedNames(user).find(
    ({ local, imported, specifier }) =>
      WRAPPER.test(local) && (imported === 'default' || imported === maker.name) && fileBehind(model, file, specifier) === fn.source.file,
  )
  return found === undefined ? null : { file: fn.source.file, exported: found.imported, local: found.local }
}

type Maker = SourceFacts['functions'][string]

/** The function at the top of its module, of one parameter, that gives away the closure. */
function makerOf({ facts, source }: FunctionValue): Maker | null {
  const [outer, ...inner] = facts.id.split('.')
  const maker = outer === undefined || inner.length !== 1 ? undefined : source.functions[outer]
  return maker?.parameters.length === 1 ? maker : null
}

function namesOf({ parameters }: Maker): readonly string[] {
  return parameters.flatMap(({ pattern }) => (pattern[0] === 'name' ? [pattern[2]] : []))
}

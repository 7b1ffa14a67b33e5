// Edits that make a file demand environment variables when it is loaded, in place of values that stood in it.
import { FixRefused, type Editor } from '../../fix/fix.js'
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { callable } from '../ownFunctions/wantedFunction.js'
import { callsTo } from '../packageCalls.js'
import { environmentComment } from './environmentComment.js'
import { fillsEnvironment, isFilledLate } from './environmentFiles.js'
import { registerLater } from './laterRegistration.js'
import { requireEnv } from './requireEnv.js'
import { wordsOf } from './secretNames.js'

export interface DemandedVariable {
  /** The expression that gives way. */
  readonly at: Location
  readonly variable: string
}

/**
 * Replaces each expression by its variable, which is read and checked once, when the module is loaded: a function would find out with the first request.
 * Where a file fills the environment later than that, each function reads it when it runs; what other code reads would be missing, so the fix is refused there.
 * The variables are added to the example of the environment. No value is ever invented.
 */
export function demandVariables(editor: Editor, model: ProjectModel, demanded: readonly DemandedVariable[]): void {
  for (const file of new Set(demanded.map(({ at }) => at.file))) {
    const places = demanded.filter(({ at }) => at.file === file)
    const demand = callable(editor, model, file, requireEnv)
    const helper = demand.name
    const code: string[] = []
    const constants = new Map<string, string>()
    const isLate = isFilledLate(editor, model, file)
    for (const { at, variable } of places) {
      if (at.fn === '' || isLate) {
        if (isLate && at.fn === '' && askLater(editor, model, at, `${helper}('${variable}')`)) continue
        editor.replace(at, `${helper}('${variable}')`)
        continue
      }
      let name = constants.get(variable)
      if (name === undefined) {
        constants.set(variable, (name = editor.freeName(file, constantName(variable))))
        code.push(`const ${name} = ${helper}('${variable}')`)
      }
      editor.replace(at, name)
    }
    // A function may stand anywhere; what it is called for waits for the file that fills the environment.
    const isFilledHere = loadingCall(model, file) !== null
    if (demand.code !== null && isFilledHere) editor.insertAfterImports(file, demand.code)
    insertAtStart(editor, model, file, demand.code === null || isFilledHere ? code : [demand.code, ...code])
    for (const variable of new Set(places.map((place) => place.variable)))
      editor.addEnvironmentExample(file, variable, environmentComment(variable))
  }
}

/** What stands outside of functions waits for a factory of Nest where there is one. False where it may stand as it is. */
function askLater(editor: Editor, model: ProjectModel, at: Location, code: string): boolean {
  if (registerLater(editor, model, at, code)) return true
  if (fillsEnvironment(model, at.file)) return false
  throw new FixRefused('the environment is filled later')
}

/** After the file's own `dotenv.config()`, which fills the environment, else after the imports. */
export function insertAtStart(editor: Editor, model: ProjectModel, file: string, code: readonly string[]): void {
  if (code.length === 0) return
  const loading = loadingCall(model, file)
  if (loading === null) editor.insertAfterImports(file, code.join('\n\n'))
  else editor.insertAfter(loading, code.join('\n\n'))
}

/** The last `dotenv.config()` at the top of the file. */
function loadingCall(model: ProjectModel, file: string): Location | null {
  const loading = callsTo(model, 'dotenv', ['config']).filter((call) => call.at.file === file && call.at.fn === '')
  return loading.at(-1)?.at ?? null
}

/** `JWT_SECRET` becomes `jwtSecret`. */
function constantName(variable: string): string {
  return wordsOf(variable)
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')
}

// A function that fixes call: the one of the project that does the same, else one that is written once for all files that need it.
import type { FunctionFacts, SourceFacts } from '../../extract/facts.js'
import type { Editor } from '../../fix/fix.js'
import { fileBehind, importedNames, leadsTo } from '../imports.js'
import type { ProjectModel } from '../model.js'
import { productionCode } from '../productionCode.js'
import { recordedOnce } from '../recorded.js'
import { packageFolderOf } from '../versions.js'
import { exportedFunctions, topFunctions, type ExportedFunction } from './exportedFunctions.js'
import { functionHome } from './functionHome.js'

interface Description {
  readonly name: string
  /** What it needs of node:crypto. */
  readonly imports: readonly string[]
  /** The declaration, with the names that its imports have. */
  readonly code: (names: readonly string[], name: string, language: 'js' | 'ts') => string
  /** Whether a function of the project does the same, for everything that the calls of a fix may give it. */
  readonly isSame: (facts: SourceFacts, fn: FunctionFacts) => boolean
  /** Whether fixes call it while the module loads, at its top: then it must be there before all other code. */
  readonly isCalledFirst: boolean
  /** The files of the project in which a fix calls it. */
  readonly users: (model: ProjectModel) => readonly string[]
}

export interface WantedFunction extends Description {
  readonly known: (model: ProjectModel) => readonly (ExportedFunction & { readonly file: string })[]
}

export function wantedFunction(what: Description): WantedFunction {
  const known = recordedOnce((model: ProjectModel) =>
    productionCode(model).flatMap((facts) =>
      exportedFunctions(facts)
        .filter(({ fn }) => what.isSame(facts, fn))
        .map((one) => ({ ...one, file: facts.file })),
    ),
  )
  return { ...what, known }
}

export interface CallableFunction {
  readonly name: string
  /** What `file` has to declare for it; null where it has the function already, or imports it. */
  readonly code: string | null
}

/**
 * Makes the function callable in `file`. Where other files of the package need it as well, it gets a module of its own, which their fixes find:
 * a fix that is applied alone writes the same module as all of them together.
 */
export function callable(editor: Editor, model: ProjectModel, file: string, wanted: WantedFunction): CallableFunction {
  const bound = boundIn(model, file, wanted)
  if (bound !== null && (bound.isFirst || !wanted.isCalledFirst)) return { name: bound.local, code: null }
  // An import of a name that the file binds too late would only find that one.
  const made = bound === null ? (nameOfKnown(editor, model, file, wanted) ?? nameOfModule(editor, model, file, wanted)) : null
  if (made !== null) return { name: made, code: null }
  const name = editor.freeName(file, wanted.name)
  const imports = wanted.imports.map((one) => editor.addImport(file, 'node:crypto', one, one))
  return { name, code: wanted.code(imports, name, editor.isTypeScript(file) ? 'ts' : 'js') }
}

/** The name that such a function has at the top of the file, and whether it has it from the start on. */
function boundIn(model: ProjectModel, file: string, wanted: WantedFunction): { readonly local: string; readonly isFirst: boolean } | null {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source') return null
  for (const [local, fn] of topFunctions(facts)) if (wanted.isSame(facts, fn)) return { local, isFirst: isDeclaration(facts, fn) }
  const modules = wanted.known(model)
  const imported = importedNames(facts).find((one) => {
    const from = fileBehind(model, file, one.specifier)
    return modules.some((module) => module.file === from && module.exported === one.imported)
  })
  return imported ?? null
}

/** Declared by a statement, which holds for the whole module, and not by a variable. */
function isDeclaration(facts: SourceFacts, fn: FunctionFacts): boolean {
  return facts.functions['']?.body.some((statement) => statement[0] === 'functionDeclaration' && statement[2] === fn.id) === true
}

function nameOfKnown(editor: Editor, model: ProjectModel, file: string, wanted: WantedFunction): string | null {
  const module = wanted.known(model).find((one) => isWithinReach(editor, model, one.file, file))
  if (module === undefined) return null
  return editor.addImport(file, `/${module.file}`, module.exported, module.exported === 'default' ? wanted.name : module.exported)
}

/** A module of the same package and kind that the server loads anyway, that starts nothing, and that does not lead back to the file. */
function isWithinReach(editor: Editor, model: ProjectModel, module: string, file: string): boolean {
  if (model.entries.some((entry) => entry.file === module)) return false
  const isLoaded = model.serverFiles.has(module) || !model.serverFiles.has(file)
  const isAlike = editor.isTypeScript(module) === editor.isTypeScript(file) && editor.isModule(module) === editor.isModule(file)
  return isLoaded && isAlike && packageFolderOf(model, module) === packageFolderOf(model, file) && !leadsTo(model, module, file)
}

function nameOfModule(editor: Editor, model: ProjectModel, file: string, wanted: WantedFunction): string | null {
  const folder = packageFolderOf(model, file)
  const users = [...new Set([...wanted.users(model), file])].filter((user) => packageFolderOf(model, user) === folder).sort()
  const [first] = users
  if (first === undefined || users.length < 2 || !users.every((user) => editor.isModule(user) === editor.isModule(file))) return null
  const home = functionHome(model, users, wanted.name)
  if (home === null) return null
  const isModule = editor.isModule(file)
  const code = wanted.code(wanted.imports, wanted.name, editor.isTypeScript(file) ? 'ts' : 'js')
  const names = `{ ${wanted.imports.join(', ')} }`
  const head = isModule ? `import ${names} from 'node:crypto'` : `const ${names} = require('node:crypto')`
  const body = isModule ? `export ${code}` : `${code}\n\nmodule.exports = { ${wanted.name} }`
  editor.createFile(home, wanted.imports.length === 0 ? body : `${head}\n\n${body}`, first)
  return editor.addImport(file, `/${home}`, wanted.name, wanted.name)
}

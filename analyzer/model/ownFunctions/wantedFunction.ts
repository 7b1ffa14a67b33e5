// A function that fixes call: the one of the project that does the same, else one that is written once for all files that need it.
import type { FunctionFacts, SourceFacts } from '../../extract/facts.js'
import type { Editor } from '../../fix/fix.js'
import { fileBehind, importedNames, leadsTo } from '../imports.js'
import type { ProjectModel } from '../model.js'
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
  /** The files of the project in which a fix calls it. */
  readonly users: (model: ProjectModel) => readonly string[]
}

export interface WantedFunction extends Description {
  readonly known: (model: ProjectModel) => readonly (ExportedFunction & { readonly file: string })[]
}

export function wantedFunction(what: Description): WantedFunction {
  const known = recordedOnce((model: ProjectModel) =>
    [...model.productionFiles].flatMap((file) => {
      const facts = model.files.get(file)
      if (facts?.kind !== 'source' || facts.language === 'json') return []
      return exportedFunctions(facts)
        .filter(({ fn }) => what.isSame(facts, fn))
        .map((one) => ({ ...one, file }))
    }),
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
  const known = nameOfKnown(editor, model, file, wanted) ?? nameOfModule(editor, model, file, wanted)
  if (known !== null) return { name: known, code: null }
  const name = editor.freeName(file, wanted.name)
  const imports = wanted.imports.map((one) => editor.addImport(file, 'node:crypto', one, one))
  return { name, code: wanted.code(imports, name, editor.isTypeScript(file) ? 'ts' : 'js') }
}

function nameOfKnown(editor: Editor, model: ProjectModel, file: string, wanted: WantedFunction): string | null {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source') return null
  const own = [...topFunctions(facts)].find(([, fn]) => wanted.isSame(facts, fn))
  if (own !== undefined) return own[0]
  const modules = wanted.known(model)
  const imported = importedNames(facts).find((one) => {
    const from = fileBehind(model, file, one.specifier)
    return modules.some((module) => module.file === from && module.exported === one.imported)
  })
  if (imported !== undefined) return imported.local
  const module = modules.find((one) => isWithinReach(editor, model, one.file, file))
  if (module === undefined) return null
  return editor.addImport(file, `/${module.file}`, module.exported, module.exported === 'default' ? wanted.name : module.exported)
}

/** A module of the same package and kind that the server loads anyway, and that does not lead back to the file. */
function isWithinReach(editor: Editor, model: ProjectModel, module: string, file: string): boolean {
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

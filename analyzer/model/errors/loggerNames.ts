// The name by which a file knows the project's logger.
import { effectOf } from '../../frameworks/knownPackages.js'
import type { Value } from '../../link/value.js'
import { fileBehind, importedNames, type ImportedName } from '../imports.js'
import { loggersIn } from '../logging/projectLoggers.js'
import type { ProjectModel } from '../model.js'
import { originOf } from '../origins.js'

const loggerName = /^(logger|log|\w+Logger)$/
/** Middleware that writes a line for each request. */
const middlewareName = /^(request|req|http|access|morgan)/i

/** A module-level name of the file that holds a logger, by what it imports or declares. null where there is none. */
export function loggerIn(model: ProjectModel, file: string): string | null {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source') return null
  const [known] = loggersIn(model, file)
  if (known !== undefined) return known.name
  const imports = importedNames(facts)
  const imported = imports.find((one) => loggerName.test(one.local) && !middlewareName.test(one.local) && mayImportLogger(model, file, one))
  if (imported !== undefined) return imported.local
  const declared = model.bindings.find(
    ({ name, value, at }) =>
      at.file === file && at.fn === '' && loggerName.test(name) && mayLog(value) && imports.every(({ local }) => local !== name),
  )
  return declared?.name ?? null
}

/** `require('morgan')`, and a file that gives away what morgan made, are named `logger` as well. */
function mayImportLogger(model: ProjectModel, file: string, { specifier, imported }: ImportedName): boolean {
  const target = fileBehind(model, file, specifier)
  if (target === null) return hasLevels(specifier, imported === 'default' || imported === '*' ? [] : [imported])
  const names = imported === 'default' ? ['exports', '*default*'] : [imported]
  return model.bindings.every(
    ({ name, value, at }) => at.file !== target || at.fn !== '' || !names.includes(name) || value.kind === 'class' || mayLog(value),
  )
}

/** `const logger = (req, res, next) => …` and `morgan('dev')` log requests. */
function mayLog(value: Value): boolean {
  const origin = originOf(value)
  if (origin !== null) return hasLevels(origin.package, origin.path)
  // `const logger = { log: (text) => … }`
  if (value.kind === 'object' && value.role === 'plain' && !value.isOpen) return value.properties.has('error')
  return value.kind !== 'function' && value.kind !== 'literal' && value.kind !== 'class'
}

/** What debug makes is a function and no more. */
function hasLevels(name: string, path: readonly string[]): boolean {
  const effect = effectOf(name, path)
  return name !== 'debug' && (effect === null || effect.kind === 'logger')
}

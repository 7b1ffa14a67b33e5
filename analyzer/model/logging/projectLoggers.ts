// The loggers that a project has: by what makes them, by the modules that export them, and by the names under which files use them.
import { baseNameOf } from '../../link/filePath.js'
import type { SourceFacts } from '../../extract/facts.js'
import type { Value } from '../../link/value.js'
import { assignedExports } from '../assignedExports.js'
import { declaredExport, fileBehind, importedNames } from '../imports.js'
import type { ProjectModel } from '../model.js'
import { ofEachBinding } from '../perPart.js'
import { originOf } from '../origins.js'
import { effectOf } from '../../frameworks/knownPackages.js'
import { isLoggerFile, wrappers } from './ownLoggers.js'
import { recordedByName, recordedOnce } from '../recorded.js'
import { packageAt } from '../versions.js'

/** How its methods take arguments: as pino and bunyan do, as winston does, as console does, as Nest's Logger does, or as the project's own logger does. */
export type LoggerKind = 'pino' | 'winston' | 'console' | 'nest' | 'own'

export interface LoggerModule {
  readonly file: string
  /** `default` or a name. */
  readonly exported: string
  readonly kind: LoggerKind
}

export interface KnownLogger {
  /** The name in the file that uses it. */
  readonly name: string
  readonly kind: LoggerKind
  /** Where it comes from, and under which name. null where the file itself declares it. */
  readonly from: { readonly specifier: string; readonly imported: string } | null
  readonly module: LoggerModule | null
}

/** What a logger may be: something that a call made. */
export const MADE = ['result', 'member', 'choice', 'promise', 'object', 'class'] as const

/** What sort of logger a value is. null for anything else, and for packages of loggers that are not loggers themselves. */
export function loggerKindOf(value: Value): LoggerKind | null {
  const origin = originOf(value)
  if (origin === null || origin.calls.length === 0 || origin.path.at(-1) !== '()') return null
  const maker = origin.path.at(-2) ?? ''
  if (effectOf(origin.package, origin.path)?.kind !== 'logger') return null
  if (origin.package === 'winston') return /^(createLogger|Logger|child)$/.test(maker) ? 'winston' : null
  if (origin.package === 'pino') return /^(|pino|child|default)$/.test(maker) ? 'pino' : null
  if (!/^(createLogger|getLogger|create|Logger|ConsoleLogger|child|)$/.test(maker)) return null
  if (origin.package === 'bunyan') return 'pino'
  if (origin.package === '@nestjs/common') return 'nest'
  return /^(log4js|loglevel|consola|tslog|signale)$/.test(origin.package) ? 'console' : null
}

/** Exports that are loggers, of production files, in the order of files. */
export const loggerModules: (model: ProjectModel) => readonly LoggerModule[] = recordedOnce((model) => [
  ...exportedLoggers(model),
  ...ownLoggerModules(model),
])

function exportedLoggers(model: ProjectModel): readonly LoggerModule[] {
  return moduleLoggers(model).flatMap(({ name, at, kind, isMadeHere }): LoggerModule[] => {
    const facts = model.files.get(at.file)
    if (!model.productionFiles.has(at.file) || facts?.kind !== 'source' || !(isMadeHere || isMadeByFactory(facts, name))) return []
    const exported = exportedNames(facts, name)
    return exported.map((one) => ({ file: at.file, exported: one, kind }))
  })
}

/** What stands at the top of a module, wherever it was made. */
const moduleLoggers = ofEachBinding(({ name, value, at }) => {
  const kind = at.fn === '' ? loggerKindOf(value) : null
  return kind === null ? [] : [{ name, at, kind, isMadeHere: value.at.file === at.file }]
}, MADE)

/** `const logger = createLogger({ service })`, where a function of another file makes it: an import is no call, but for `require`. */
function isMadeByFactory({ functions }: SourceFacts, name: string): boolean {
  return (functions['']?.body ?? []).some((statement) => {
    if (statement[0] !== 'declare' || statement[3][0] !== 'name' || statement[3][2] !== name) return false
    const [, , , , value] = statement
    return value?.[0] === 'call' && !(value[2][0] === 'name' && value[2][2] === 'require')
  })
}

/** The names under which a module gives away its binding. Assignments to `module.exports` and `exports.x` are bindings of their own. */
function exportedNames(facts: SourceFacts, name: string): readonly string[] {
  if (name === '*default*') return ['default']
  if (name === 'exports' && !facts.hasModuleSyntax) return ['default']
  const byExport = facts.exports.flatMap((one) => (one.kind === 'local' && one.local === name ? [one.exported] : []))
  if (byExport.length > 0 || facts.hasModuleSyntax) return byExport
  return assignedExports(facts).some(({ exported }) => exported === name) ? [name] : []
}

function ownLoggerModules(model: ProjectModel): readonly LoggerModule[] {
  const files = new Set([...wrappers(model)].map((key) => key.slice(0, key.indexOf('#'))))
  return [...files].flatMap((file): LoggerModule[] => {
    const facts = model.files.get(file)
    if (facts?.kind !== 'source') return []
    const names = [
      ...facts.exports.flatMap((one) => (one.kind === 'local' ? [one.exported] : [])),
      ...assignedExports(facts).map(({ exported }) => exported),
    ]
    const named = names.filter((name) => /^(log|logger)$/i.test(name))
    if (named.length > 0) return named.map((exported) => ({ file, exported, kind: 'own' }))
    return isLoggerFile(file) && (names.includes('default') || !facts.hasModuleSyntax) ? [{ file, exported: 'default', kind: 'own' }] : []
  })
}

/** The loggers that a file has under a name at its top: imported from a logger module, or declared and made there. */
export const loggersIn: (model: ProjectModel, file: string) => readonly KnownLogger[] = recordedByName((model, file) => [
  ...importedLoggers(model, file),
  ...(declaredLoggers(model).get(file) ?? []),
])

function importedLoggers(model: ProjectModel, file: string): readonly KnownLogger[] {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source') return []
  const exported = exportedLoggerNames(model)
  const stems = loggerStems(model)
  return importedNames(facts).flatMap(({ local, imported: name, specifier }): KnownLogger[] => {
    if (!exported.has(name) || !mayLeadTo(stems, specifier)) return []
    const target = fileBehind(model, file, specifier) ?? aliasedFile(model, specifier, name) ?? packagedFile(model, specifier)
    const declared = target === null ? null : (declaredExport(model, target, name) ?? { file: target, exported: name })
    const module = loggerModules(model).find((one) => one.file === declared?.file && one.exported === declared.exported)
    return module === undefined ? [] : [{ name: local, kind: module.kind, from: { specifier, imported: name }, module }]
  })
}

const exportedLoggerNames = recordedOnce((model): ReadonlySet<string> => new Set(loggerModules(model).map((one) => one.exported)))

/** The names under which the files of logger modules are imported: most imports cannot mean them. */
const loggerStems = recordedOnce((model): ReadonlySet<string> => {
  const modules = loggerModules(model)
  const packages = modules.flatMap(({ file }) => baseNameOf(packageOfModule(model, file) ?? ''))
  return new Set([...modules.flatMap(({ file }) => file.split('/').slice(-2).map(withoutEnding)), ...packages])
})

function mayLeadTo(stems: ReadonlySet<string>, specifier: string): boolean {
  const last = baseNameOf(specifier)
  return /^\.{0,2}$/.test(last) || stems.has(last) || stems.has(withoutEnding(last))
}

function withoutEnding(name: string): string {
  return name.replace(/\.[mc]?[jt]sx?$/, '')
}

/** What files declare, by file. One walk over all bindings serves every file. */
const declaredLoggers = recordedOnce(collectDeclaredLoggers)

function collectDeclaredLoggers(model: ProjectModel): ReadonlyMap<string, readonly KnownLogger[]> {
  const found = new Map<string, KnownLogger[]>()
  for (const { name, at, kind, isMadeHere } of moduleLoggers(model)) {
    const facts = model.files.get(at.file)
    if (name === 'exports' || name === '*default*' || facts?.kind !== 'source' || !(isMadeHere || isMadeByFactory(facts, name))) continue
    const own = found.get(at.file)
    const logger: KnownLogger = { name, kind, from: null, module: null }
    if (own) own.push(logger)
    else found.set(at.file, [logger])
  }
  return found
}

/** `@/config/logger`, `src/logger`, `@internal/monitoring`: the one logger module whose path ends so, or the one module that passes its logger on. */
function aliasedFile(model: ProjectModel, specifier: string, name: string): string | null {
  const tail = specifier.replace(/^[@~#]\w*\//, '').replace(/\.[mc]?jsx?$/, '')
  if (!/^([@~#]|src\/|app\/|lib\/)/.test(specifier)) return null
  const isMeant = (file: string): boolean => {
    const stem = file.replace(/(\/index)?\.[mc]?[jt]s$/, '')
    return stem === tail || stem.endsWith(`/${tail}`)
  }
  const modules = new Set(loggerModules(model).map(({ file }) => file))
  const direct = [...modules].filter(isMeant)
  const passing = (): readonly string[] =>
    [...model.productionFiles].filter((file) => isMeant(file) && modules.has(declaredExport(model, file, name)?.file ?? ''))
  const [first, ...others] = direct.length > 0 ? direct : passing()
  return others.length === 0 ? (first ?? null) : null
}

/** `@shop/logger`: the one logger module of the package of the workspace that is called so. */
function packagedFile(model: ProjectModel, specifier: string): string | null {
  const files = new Set(loggerModules(model).flatMap(({ file }) => (packageOfModule(model, file) === specifier ? [file] : [])))
  const [file] = files
  return file !== undefined && files.size === 1 ? file : null
}

/** What a package of the workspace is imported by. */
export function packageOfModule(model: ProjectModel, file: string): string | null {
  return packageAt(model, file)?.name ?? null
}

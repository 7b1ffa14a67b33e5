// Replaces console by a logger: the one that the file has, the one of the project, the request's, or a new one.
import { FixRefused, safeFix, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import type { SourceFacts } from '../../extract/facts.js'
import { folderOf } from '../../link/filePath.js'
import type { ConsoleCall } from './consoleCalls.js'
import { fastifyLoggerName } from './fastifyLogger.js'
import { leadsTo } from '../imports.js'
import { argumentsFor } from './logArguments.js'
import type { ProjectModel } from '../model.js'
import { isNestCode, loggerField, makeLogger } from './nestLogger.js'
import { callsTo } from '../packageCalls.js'
import { ownMethod } from './ownLoggerShape.js'
import { functionsAround, isHandlerShaped } from './ownLoggers.js'
import { hidesFromConsole, sensitiveLogAt } from './sensitiveLogs.js'
import { sparedText } from './sparedText.js'
import { projectLogger, specifierFor } from './favouriteLogger.js'
import { loggersIn, type KnownLogger, type LoggerKind } from './projectLoggers.js'
import { packageFolderOf } from '../versions.js'

/** `console.trace` prints where it stands, which no level does. */
const levelFor: Readonly<Record<string, string>> = { log: 'info', info: 'info', warn: 'warn', error: 'error', debug: 'debug' }
const PINO = '^10.4.0'
const NEW_OPTIONS = `{\n  redact: ['req.headers.authorization', 'req.headers.cookie', 'password', 'token', '*.password', '*.token', 'err.body'],\n}`

/**
 * The fix for one call. null where console does what loggers do not (`table`, `time`), and where what must not be in a log comes into the line from elsewhere,
 * or would come into it with a logger alone.
 */
export function loggerFix(model: ProjectModel, call: ConsoleCall): Fix | null {
  const sensitive = sensitiveLogAt(model, call.record.at)
  if (sensitive === null) return hidesFromConsole(model, call.record) ? null : fixWith(model, call)
  const fix = sensitive.isExact ? fixWith(model, call) : null
  return fix === null ? null : suggestion(`${fix.title}, without what no log should hold`, fix.edit)
}

function fixWith(model: ProjectModel, call: ConsoleCall): Fix | null {
  const { at } = call.record
  const level = levelFor[call.method]
  const facts = model.files.get(at.file)
  if (level === undefined || facts?.kind !== 'source') return null
  const field = loggerField(model, at)
  if (field !== null)
    return safeFix(`Log with ${field}`, (editor) => write(editor, model, call, { name: field, kind: 'nest', module: null, level }))
  const [known] = loggersIn(model, at.file)
  if (known !== undefined) {
    if (isShadowed(facts, at.fn, known.name) || (at.fn === '' && isDeclaredAfter(facts, at.node, known.name))) return null
    const isPlain =
      known.kind !== 'own' || known.module === null || ownMethod(model, known.module.file, levelNames(call))?.isScoped === false
    // At the top of a module the logger may not be there yet.
    const grade = isPlain && at.fn !== '' ? safeFix : suggestion
    return grade(`Log with ${known.name}`, (editor) => write(editor, model, call, { ...known, level }))
  }
  const framework = fastifyLoggerName(model, at)
  if (framework !== null)
    return suggestion(`Log with ${framework}`, (editor) =>
      write(editor, model, call, { name: framework, kind: 'pino', module: null, level }),
    )
  const logger = projectLogger(model, at.file)
  const module = logger?.module ?? null
  if (logger !== null && module !== null && !leadsTo(model, module.file, at.file))
    return suggestion(`Log with the project's ${logger.name}`, (editor) => {
      const name = editor.addImport(at.file, specifierFor(model, at.file, logger), module.exported, logger.name)
      write(editor, model, call, { ...logger, name, level })
    })
  if (logger === null && isNestCode(model, at.file))
    return suggestion("Log with Nest's Logger", (editor) =>
      write(editor, model, call, { name: makeLogger(editor, at.file), kind: 'nest', module: null, level }),
    )
  const request = requestName(facts, at.fn)
  if (request !== null && callsTo(model, 'pino-http').length > 0)
    return suggestion("Log with the request's logger", (editor) =>
      write(editor, model, call, { name: `${request}.log`, kind: 'pino', module: null, level }),
    )
  return logger === null ? suggestion('Log with a new pino logger', (editor) => writeNew(editor, model, call, level)) : null
}

interface Target extends Pick<KnownLogger, 'name' | 'kind' | 'module'> {
  readonly level: string
}

function write(editor: Editor, model: ProjectModel, call: ConsoleCall, { name, kind, module, level }: Target): void {
  const { record } = call
  const sensitive = sensitiveLogAt(model, record.at)
  const args = record.args.map((value, index) => {
    const code = editor.text(record.argsAt[index] ?? record.at)
    return { value, code, spared: sensitive === null ? code : sparedText(editor, sensitive, index) }
  })
  let method = kind === 'nest' && level === 'info' ? 'log' : level
  const scope: string[] = []
  if (kind === 'own') {
    const own = module === null ? null : ownMethod(model, module.file, levelNames(call))
    if (own === null) throw new FixRefused('not known how the logger wants to be called')
    method = own.name
    if (own.isScoped) scope.push(`'${scopeOf(record.at.file)}'`)
  }
  const code = argumentsFor(kind satisfies LoggerKind, args)
  if (code === null) throw new FixRefused('the arguments cannot be said in the logger')
  editor.replace(record.at, `${name}.${method}(${[...scope, code].join(', ')})`)
}

/** `console.log` is `log` in some loggers and `info` in others. */
function levelNames({ method }: ConsoleCall): readonly string[] {
  return method === 'log' ? ['info', 'log'] : [method]
}

function writeNew(editor: Editor, model: ProjectModel, call: ConsoleCall, level: string): void {
  const { file } = call.record.at
  const home = packageFolderOf(model, file)
  const folder = folderOf(model.apps.find(({ at }) => packageFolderOf(model, at.file) === home)?.at.file ?? file)
  const target = `${folder === '' ? '' : `${folder}/`}logger${/\.[^./]+$/.exec(file)?.[0] ?? '.js'}`
  editor.createFile(
    target,
    // By its name: under `module: nodenext` TypeScript takes the default import of pino 9 for the whole module (observed with 5.8).
    editor.isModule(file)
      ? `import { pino } from 'pino'\n\nexport const logger = pino(${NEW_OPTIONS})`
      : `const pino = require('pino')\n\nconst logger = pino(${NEW_OPTIONS})\n\nmodule.exports = { logger }`,
    file,
  )
  editor.addDependency(file, 'pino', PINO)
  write(editor, model, call, { name: editor.addImport(file, `/${target}`, 'logger', 'logger'), kind: 'pino', module: null, level })
}

function scopeOf(file: string): string {
  const parts = file.replace(/(\/index)?\.[^./]+$/, '').split('/')
  return parts.at(-1) ?? 'server'
}

/** The name of the request in the handler around the place. */
function requestName(facts: SourceFacts, fn: string): string | null {
  const handler = functionsAround(facts, fn).find(isHandlerShaped)
  const names = (handler?.parameters ?? []).map(({ pattern }) => (pattern[0] === 'name' ? pattern[2] : ''))
  return names.find((name) => /^(req|request)$/.test(name)) ?? null
}

/** True when the module's own declaration of the name comes after the place. Imports come before everything. */
function isDeclaredAfter(facts: SourceFacts, node: number, name: string): boolean {
  return (facts.functions['']?.body ?? []).some(
    (statement) => statement[0] === 'declare' && statement[1] > node && binds(statement[3], name),
  )
}

/** True when a function around the place has a parameter or variable of that name. */
function isShadowed(facts: SourceFacts, fn: string, name: string): boolean {
  return functionsAround(facts, fn).some((one) => one.parameters.some(({ pattern }) => binds(pattern, name)) || declares(one.body, name))
}

/** Walks statements without knowing their kinds: declarations, loops and catch clauses bind names. */
function declares(node: unknown, name: string): boolean {
  if (Array.isArray(node)) {
    const [kind, , first, second] = node as readonly unknown[]
    if (kind === 'declare' && binds(second, name)) return true
    if ((kind === 'forOf' || kind === 'forIn') && binds(first, name)) return true
    return node.some((part) => typeof part === 'object' && declares(part, name))
  }
  if (typeof node !== 'object' || node === null) return false
  if ('parameter' in node && binds(node.parameter, name)) return true
  return Object.values(node).some((part) => typeof part === 'object' && declares(part, name))
}

function binds(pattern: unknown, name: string): boolean {
  if (Array.isArray(pattern)) return (pattern[0] === 'name' && pattern[2] === name) || pattern.some((part) => binds(part, name))
  return typeof pattern === 'object' && pattern !== null && Object.values(pattern).some((part) => binds(part, name))
}

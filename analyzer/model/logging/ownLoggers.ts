// Which code of the project is a logger itself: its job is to write what others hand it.
import { baseNameOf } from '../../link/filePath.js'
import type { FunctionFacts, SourceFacts } from '../../extract/facts.js'
import type { Location } from '../../text/location.js'
import { callsOfConsole, consoleMethod } from './logCalls.js'
import type { ProjectModel } from '../model.js'
import { recordedOnce } from '../recorded.js'

const levelNames: ReadonlySet<string> = new Set(
  'log info warn warning error debug trace fatal verbose silly notice critical success'.split(' '),
)
const loggerFile =
  /(^|[-_.])(log|logs|logger|loggers|logging|winston|pino|bunyan)([-_.]?(service|config|util|utils|helper|factory|setup))?$/i

/**
 * True inside a logger of the project: a file, class or function that is called one, functions that wrap console level by level,
 * and a function that chooses the method by a level. A request handler that logs is none, whatever its name.
 */
export function isInLogger(model: ProjectModel, at: Location): boolean {
  const facts = model.files.get(at.file)
  if (facts?.kind !== 'source') return false
  const functions = functionsAround(facts, at.fn)
  if (functions.some(isHandlerShaped)) return false
  return (
    isLoggerFile(at.file) ||
    functions.some((fn) => isLoggerFunction(facts, fn)) ||
    functions.some((fn) => wrappers(model).has(`${at.file}#${fn.id}`))
  )
}

/** Files in which console is wrapped by a logger of the project, and files that are named as one. */
export function isLoggerFile(file: string): boolean {
  const stem = baseNameOf(file).replace(/\.[mc]?[jt]sx?$/, '')
  const folder = file.split('/').at(-2) ?? ''
  return loggerFile.test(stem) || (stem === 'index' && /^(logger|logging|log)$/i.test(folder))
}

/** The functions of the project that stand for a logger, as `file#id`. */
export const wrappers: (model: ProjectModel) => ReadonlySet<string> = recordedOnce(findWrappers)

function findWrappers(model: ProjectModel): ReadonlySet<string> {
  const methods = new Map<string, Set<string>>()
  for (const call of callsOfConsole(model)) {
    const method = consoleMethod(call)
    const key = `${call.at.file}#${call.at.fn}`
    if (method !== null) methods.set(key, (methods.get(key) ?? new Set()).add(method))
  }
  const found = new Set<string>()
  const siblings = new Map<string, Set<string>>()
  for (const [key, used] of methods) {
    const [file = '', id = ''] = key.split('#')
    const facts = model.files.get(file)
    const fn = facts?.kind === 'source' ? facts.functions[id] : undefined
    if (fn === undefined || id === '' || isHandlerShaped(fn)) continue
    if (used.has('*') || (used.size > 1 && fn.parameters.some(isLevelParameter))) found.add(key)
    if (!levelNames.has(fn.name)) continue
    const parent = `${file}#${parentOf(id)}`
    siblings.set(parent, (siblings.get(parent) ?? new Set()).add(key))
  }
  for (const group of siblings.values()) if (group.size > 1) for (const key of group) found.add(key)
  return found
}

function isLoggerFunction(facts: SourceFacts, fn: FunctionFacts): boolean {
  if (/^(log|logger|createLogger|makeLogger|getLogger)$/.test(fn.name) && fn.kind !== 'method') return true
  return Object.values(facts.classes).some(
    (one) => /log(ger|ging)?$/i.test(one.name) && one.members.some((member) => member.function === fn.id),
  )
}

function isLevelParameter({ pattern }: FunctionFacts['parameters'][number]): boolean {
  const name = pattern[0] === 'default' ? pattern[2] : pattern
  return name[0] === 'name' && /^(level|lvl|severity|logLevel|type)$/i.test(name[2])
}

/** True for `(req, res…)`: a function that answers requests. */
export function isHandlerShaped(fn: FunctionFacts): boolean {
  const names = fn.parameters.map(({ pattern }) => (pattern[0] === 'name' ? pattern[2] : ''))
  const has = (wanted: RegExp): boolean => names.some((name) => wanted.test(name))
  return has(/^_?(req|request)$/) && has(/^_?(res|response)$/)
}

/** The function and those around it, innermost first. The module itself is left out. */
export function functionsAround(facts: SourceFacts, id: string): readonly FunctionFacts[] {
  const around: FunctionFacts[] = []
  for (let current = id; current !== ''; current = parentOf(current)) {
    const fn = facts.functions[current]
    if (fn !== undefined) around.push(fn)
  }
  return around
}

function parentOf(id: string): string {
  return id.slice(0, Math.max(0, id.lastIndexOf('.')))
}

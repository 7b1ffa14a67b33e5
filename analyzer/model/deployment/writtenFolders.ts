// The folders below its own that a server writes to: a user other than root needs them to be its own.
import { functionsBehind } from '../../link/handlers.js'
import type { CallRecord, Value } from '../../link/value.js'
import { normalise, projectPath } from '../../link/projectPath.js'
import { literal } from '../../link/values.js'
import { conductOf } from '../conduct.js'
import type { ProjectModel } from '../model.js'
import { globalOf, originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { recordedOnce } from '../recorded.js'
import { isTrue, property, stringOf } from '../values.js'

/** Names below the folder that the server starts in; `unknown` where it also writes elsewhere, or to a place that is not known. */
export const writtenFolders: (model: ProjectModel) => readonly string[] | 'unknown' = recordedOnce((model) => {
  const found = new Set<string>()
  for (const path of writtenPaths(model)) {
    const folder = folderIn(model, path)
    if (folder === 'unknown') return 'unknown'
    if (folder !== null) found.add(folder)
  }
  return [...found].sort()
})

interface WrittenPath {
  readonly value: Value | null
  /** What stands there: a folder, or a file in one. */
  readonly kind: 'folder' | 'file'
}

function writtenPaths(model: ProjectModel): readonly WrittenPath[] {
  const made = (name: string): readonly CallRecord[] =>
    callsTo(model, name).filter(({ isOff, at }) => !isOff && model.productionFiles.has(at.file))
  const links = new Set(model.routes.flatMap(({ chain }) => chain.map(({ value }) => value)))
  const handlers = new Set([...links].flatMap(functionsBehind))
  const handled = [...handlers].flatMap((fn) => conductOf(model, fn).records)
  return [
    ...['multer', 'fastify-multer'].flatMap(made).flatMap(uploadPath),
    ...made('express-fileupload').flatMap(temporaryPath),
    ...['winston', 'winston-daily-rotate-file', 'pino'].flatMap(made).flatMap(logPath),
    ...['better-sqlite3', 'sqlite3', 'nedb', '@seald-io/nedb', 'lowdb'].flatMap(made).map(({ args: [value = null] }) => file(value)),
    ...[...['fs', 'fs-extra', 'fs/promises'].flatMap(made), ...handled].flatMap(filePath),
  ]
}

/** `multer({ dest })` and `multer.diskStorage({ destination })`; without a destination that is the folder of the system. */
function uploadPath(call: CallRecord): readonly WrittenPath[] {
  const isStorage = pathOf(call).endsWith('diskStorage')
  const value = property(call.args[0] ?? null, isStorage ? 'destination' : 'dest')
  return value === null ? [] : [{ value, kind: 'folder' }]
}

/** `fileUpload({ useTempFiles: true })` keeps files below the folder that the server starts in, unless it is told another one. */
function temporaryPath({ args, at }: CallRecord): readonly WrittenPath[] {
  const options = args[0] ?? null
  if (isTrue(property(options, 'useTempFiles')) === 'no') return []
  return [{ value: property(options, 'tempFileDir') ?? literal(at, 'tmp'), kind: 'folder' }]
}

function logPath(call: CallRecord): readonly WrittenPath[] {
  const [first = null] = call.args
  const folder = property(first, 'dirname')
  const name = property(first, 'filename')
  if (folder !== null) return [{ value: folder, kind: 'folder' }]
  if (name !== null) return [file(name)]
  return pathOf(call) === 'destination' && stringOf(first) !== null ? [file(first)] : []
}

const writing = /^(?:writeFile|appendFile|createWriteStream|outputFile|outputJson|writeJson|outputJSON|writeJSON)(?:Sync)?$/
const making = /^(?:mkdir|mkdirp|mkdirs|ensureDir|mkdtemp)(?:Sync)?$/
const copying = /^(?:copyFile|rename|cp|copy|move)(?:Sync)?$/

function filePath(call: CallRecord): readonly WrittenPath[] {
  if (!/^fs(?:-extra|\/promises)?$/.test(originOf(call.callee)?.package ?? '')) return []
  const name = pathOf(call).split('.').at(-1) ?? ''
  const [first = null, second = null] = call.args
  if (making.test(name)) return [{ value: first, kind: 'folder' }]
  return writing.test(name) ? [file(first)] : copying.test(name) ? [file(second)] : []
}

function file(value: Value | null): WrittenPath {
  return { value, kind: 'file' }
}

function pathOf({ callee }: CallRecord): string {
  return originOf(callee)?.path.join('.') ?? ''
}

/** The first folder of a path below the place of the start; null for folders of the system that everybody may write to. */
function folderIn(model: ProjectModel, { value, kind }: WrittenPath): string | 'unknown' | null {
  const text = textOf(value)
  if (text === null) return 'unknown'
  if (/^\/(?:tmp|dev|var\/tmp)(?:\/|$)/.test(text)) return null
  const path = projectPath(literal((value as Value).at, text))
  const names = path === null ? [] : normalise(path).split('/')
  const [first = ''] = names
  const isBelow = /^[\w-][\w.-]*$/.test(first) && !names.includes('..') && names.length > (kind === 'file' ? 1 : 0)
  // A folder with code in it stays root's: whoever gets the server to write there would change the server.
  return isBelow && ![...model.files.keys()].some((name) => name.startsWith(`${first}/`)) ? first : 'unknown'
}

/** Of a path that is known in part, what is not stands as `*`. */
function textOf(value: Value | null): string | null {
  const text = stringOf(value)
  if (text !== null) return text
  if (value?.kind === 'template') {
    const [first, ...rest] = value.parts
    const start = textOf(first ?? null)
    return start === null ? null : start + rest.map((part) => textOf(part) ?? '*').join('')
  }
  if (value?.kind !== 'result') return null
  const { callee } = value.call
  if (globalOf(callee) === 'process.cwd') return '.'
  const origin = originOf(callee)
  return origin?.package === 'os' && origin.path.at(-1) === 'tmpdir' ? '/tmp' : null
}

// Readers of uploaded files that take files of any size.
import { addToGroup } from '../../grouped.js'
import type { CallRecord, Value } from '../../link/value.js'
import { locationKey, sameLocation, type Location } from '../../text/location.js'
import type { Confidence, ProjectModel } from '../model.js'
import { methodName, originOf } from '../origins.js'
import { callsTo } from '../packageCalls.js'
import { callsThat } from '../perPart.js'
import { oncePerPlace, productionCalls } from '../productionCalls.js'
import { registrationsOf, type Registration } from '../registrations.js'
import { recordedOnce } from '../recorded.js'
import { oneOf } from '../sorted.js'
import { hasProperty, numberOf, property, propertyAt, propertyPath } from '../values.js'
import { versionOf } from '../versions.js'

export interface UnlimitedUpload {
  readonly call: CallRecord
  /** The option, or the call that lacks it. */
  readonly at: Location
  /** What reads the files, as the subject of a sentence: `multer()`. */
  readonly name: string
  readonly confidence: Confidence
  /** Where a size is to be added: an object and its argument in the call, where that is written down. */
  readonly repair: Repair | null
  readonly isInterceptor: boolean
}

export type Repair =
  | { readonly kind: 'replace'; readonly at: Location }
  | {
      readonly kind: 'set'
      readonly at: Location
      readonly argument: number
      readonly path: readonly string[]
      /** `when asked`: a file that is too large is cut off and let through without `abortOnLimit`. */
      readonly refuses: 'always' | 'when asked'
      /** No options are given yet. */
      readonly isBare: boolean
    }

/** Those of one controller together. Options that are not known are taken to limit. */
export function unlimitedUploads(model: ProjectModel): readonly (readonly UnlimitedUpload[])[] {
  const groups = new Map<string, UnlimitedUpload[]>()
  for (const upload of allUploads(model)) {
    const { file } = upload.call.at
    addToGroup(groups, upload.isInterceptor ? file : locationKey(upload.call.at), upload)
  }
  return [...groups.values()]
}

function allUploads(model: ProjectModel): readonly UnlimitedUpload[] {
  const isLimitedByModule = nestModuleMaySay(model, [FILE_SIZE])
  const made = uploadCalls(model).flatMap(({ reader, call }) =>
    reader.isInterceptor && isLimitedByModule && !hasOtherLimits(model, reader, call) ? [] : judged(reader, call),
  )
  return [...made, ...model.apps.flatMap((app) => registrationsOf(model, app, 'upload').flatMap(withoutDefault))]
}

export const FASTIFY_MULTIPART = /^@?fastify[/-]multipart/

/** @fastify/multipart takes 1 MiB for each file (domain fact J14), unless it is told `Infinity`. */
function withoutDefault({ effect, isOff }: Registration): readonly UnlimitedUpload[] {
  const { options, call } = effect
  const limits = property(options, 'limits')
  const size = property(limits, 'fileSize')
  if (isOff || call === null || limits === null || size === null || numberOf(size) !== Infinity) return []
  if (!FASTIFY_MULTIPART.test(effect.package ?? '')) return []
  const repair = { kind: 'replace', at: size.at } as const
  return [{ call, at: propertyAt(limits, 'fileSize'), name: '@fastify/multipart', confidence: 'high', repair, isInterceptor: false }]
}

export interface UploadReader {
  readonly package: string
  readonly path: readonly string[]
  /** Position of the options. */
  readonly argument: number
  readonly limit: readonly string[]
  readonly confidence: Confidence
  readonly isInterceptor: boolean
}

const FILE_SIZE = ['limits', 'fileSize']
const uploadReaders: readonly UploadReader[] = [
  reader('multer', [], 'high'),
  reader('fastify-multer', [], 'high'),
  reader('express-fileupload', [], 'high'),
  reader('connect-busboy', [], 'medium'),
  reader('busboy', [], 'medium'),
  reader('@fastify/busboy', [], 'medium'),
  // Their defaults are 200 MB and 1 MiB for each file, which only Infinity takes away.
  { ...reader('formidable', [], 'high'), limit: ['maxFileSize'] },
  { ...reader('formidable', ['formidable'], 'high'), limit: ['maxFileSize'] },
  { ...reader('formidable', ['IncomingForm'], 'high'), limit: ['maxFileSize'] },
  interceptor('FileInterceptor', 1),
  interceptor('FilesInterceptor', 2),
  interceptor('FileFieldsInterceptor', 1),
  interceptor('AnyFilesInterceptor', 0),
]
const boundedByDefault: ReadonlySet<string> = new Set(['formidable'])

function reader(name: string, path: readonly string[], confidence: Confidence): UploadReader {
  return { package: name, path, argument: 0, limit: FILE_SIZE, confidence, isInterceptor: false }
}

function interceptor(name: string, argument: number): UploadReader {
  return { package: '@nestjs/platform-express', path: [name], argument, limit: FILE_SIZE, confidence: 'high', isInterceptor: true }
}

function judged(reader: UploadReader, call: CallRecord): readonly UnlimitedUpload[] {
  const options = call.args[reader.argument] ?? null
  const [outer = '', inner] = reader.limit
  const limits = inner === undefined ? options : property(options, outer)
  const base = {
    call,
    name: reader.isInterceptor ? `${reader.path[0] ?? ''}()` : `${reader.package}()`,
    confidence: storesElsewhere(options) ? ('medium' as const) : reader.confidence,
    isInterceptor: reader.isInterceptor,
  }
  const size = propertyPath(options, reader.limit.join('.'))
  if (numberOf(size) === Infinity && limits !== null && size !== null)
    return [{ ...base, at: propertyAt(limits, inner ?? outer), repair: { kind: 'replace', at: size.at } }]
  const isLacking = hasProperty(options, outer) === 'no' || (inner !== undefined && hasProperty(limits, inner) === 'no')
  if (!isLacking || boundedByDefault.has(reader.package)) return []
  return [{ ...base, at: call.at, repair: repairOf(reader, call, options, limits) }]
}

function repairOf(
  { package: name, argument, limit }: UploadReader,
  call: CallRecord,
  options: Value | null,
  limits: Value | null,
): Repair | null {
  const common = { kind: 'set', refuses: 'always', isBare: false } as const
  if (limits?.kind === 'object') return { ...common, at: limits.at, argument: 0, path: limit.slice(1) }
  const isAsked = name === 'express-fileupload' && hasProperty(options, 'abortOnLimit') === 'no'
  const refuses = isAsked || (name === 'express-fileupload' && options === null) ? 'when asked' : 'always'
  if (options?.kind === 'object') return { ...common, at: options.at, argument: 0, path: limit, refuses }
  return options === null && call.args.length >= argument ? { ...common, at: call.at, argument, path: limit, refuses, isBare: true } : null
}

/** Storages of packages hand files on as they come: what limits there is not seen. */
function storesElsewhere(options: Value | null): boolean {
  const storage = property(options, 'storage')
  return storage !== null && !/^(memory|disk)Storage$/.test(originOf(storage)?.path.at(-2) ?? '')
}

/** Calls that make what reads files, each with what it makes. */
export const uploadCalls = recordedOnce((model): readonly { readonly reader: UploadReader; readonly call: CallRecord }[] =>
  uploadReaders.flatMap((reader) =>
    oncePerPlace(productionCalls(model, callsTo(model, reader.package, reader.path))).flatMap((call) =>
      takesNoFiles(model, call) ? [] : [{ reader, call }],
    ),
  ),
)

/** `multer().none()` alone: forms without files. */
function takesNoFiles(model: ProjectModel, call: CallRecord): boolean {
  const uses = multerUses(model).filter(({ receiver }) => receiver?.kind === 'result' && sameLocation(receiver.call.at, call.at))
  return uses.length > 0 && uses.every(({ callee }) => methodName(callee) === 'none')
}

const multerUses = callsThat(({ callee }) => originOf(callee)?.package === 'multer' && originOf(callee)?.calls.length === 1, {
  packages: oneOf(['multer']),
})

/** Before Nest 12 the `limits` of an interceptor stand in the place of those of its module; from then on both count (run with 10.4, 11.2 and 12.5). */
function hasOtherLimits(model: ProjectModel, { argument }: UploadReader, call: CallRecord): boolean {
  const limits = property(call.args[argument] ?? null, 'limits')
  return limits !== null && (versionOf(model, call.at.file, '@nestjs/platform-express')?.major ?? 12) < 12
}

/** What `MulterModule.register({ limits: { fileSize } })` says, by the paths of its options, holds for the interceptors of its module; which ones is not computed. */
export function nestModuleMaySay(model: ProjectModel, paths: readonly (readonly string[])[]): boolean {
  const registered = callsTo(model, '@nestjs/platform-express', ['MulterModule', 'register'])
  return (
    callsTo(model, '@nestjs/platform-express', ['MulterModule', 'registerAsync']).length > 0 ||
    registered.some(({ args: [options = null] }) => paths.some((path) => mayHave(options, path)))
  )
}

function mayHave(options: Value | null, [key = '', ...rest]: readonly string[]): boolean {
  const answer = hasProperty(options, key)
  return answer === 'unknown' || (answer === 'yes' && (rest.length === 0 || mayHave(property(options, key), rest)))
}

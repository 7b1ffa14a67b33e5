// Uploads and bodies of a large size that stand in memory as a whole.
import type { Value } from '../../link/value.js'
import type { Location } from '../../text/location.js'
import type { App, ProjectModel } from '../model.js'
import { originOf } from '../origins.js'
import { registrationsOf } from '../registrations.js'
import { hasProperty, isTrue, property, propertyAt, propertyPath } from '../values.js'
import { bodyLimits } from './bodyLimits.js'
import { sizeWhenUnset } from './byteSizes.js'
import { FASTIFY_MULTIPART, nestModuleMaySay, uploadCalls, type UploadReader } from './uploadLimits.js'

export interface HeldUpload {
  readonly what: 'files' | 'bodies'
  /** The size. */
  readonly at: Location
  /** What reads the files, as the subject of a sentence. */
  readonly name: string
  readonly bytes: number
}

/** A few of these at once are all the memory that a small container has. What writes to the disk or is read as a stream may be as large. */
const LARGE_FILE = 100 * 1024 * 1024

/** Limits that are written down, above what memory bears. Files of any size are told of by `unlimitedUploads`. */
export function heldUploads(model: ProjectModel): readonly HeldUpload[] {
  const isKeptByModule = nestModuleMaySay(model, [['dest'], ['storage']])
  const made = uploadCalls(model).flatMap(({ reader, call }) => {
    const options = call.args[reader.argument] ?? null
    const isHeld = holdsFiles(reader, options) && !(reader.isInterceptor && isKeptByModule)
    return isHeld ? largeIn(options, `${reader.path[0] ?? reader.package}()`) : []
  })
  return [...made, ...model.apps.flatMap((app) => [...registrationsOf(model, app, 'upload').flatMap(attached), ...parsedIn(model, app)])]
}

/** `express.raw({ limit: '2gb' })` in front of single routes. Those for all are told of by `largeBodies`. */
function parsedIn(model: ProjectModel, app: App): readonly HeldUpload[] {
  return bodyLimits(model, app).flatMap(({ isForAll, name, bytes, value, at }) =>
    isForAll || bytes === null || bytes <= LARGE_FILE || value === null
      ? []
      : [{ what: 'bodies', at: value.at.file === at.file ? value.at : at, name, bytes }],
  )
}

/** `attachFieldsToBody` of @fastify/multipart reads the files of all routes before their handlers, unless `onFile` takes them (run with version 10). */
function attached({ effect, isOff }: ReturnType<typeof registrationsOf>[number]): readonly HeldUpload[] {
  const { options, call, package: name } = effect
  if (isOff || call === null || !FASTIFY_MULTIPART.test(name ?? '') || hasProperty(options, 'onFile') !== 'no') return []
  const how = property(options, 'attachFieldsToBody')
  const isAttached = isTrue(how) === 'yes' || (how?.kind === 'literal' && how.value === 'keyValues')
  return isAttached ? largeIn(options, '@fastify/multipart with attachFieldsToBody') : []
}

function largeIn(options: Value | null, name: string): readonly HeldUpload[] {
  const limits = property(options, 'limits')
  const { bytes } = sizeWhenUnset(propertyPath(options, 'limits.fileSize'))
  const isLarge = limits !== null && bytes !== null && bytes > LARGE_FILE && bytes !== Infinity
  return isLarge ? [{ what: 'files', at: propertyAt(limits, 'fileSize'), name, bytes }] : []
}

/** multer keeps files in memory unless it is told where else (run with version 2), express-fileupload unless it makes files of its own. busboy hands streams on. */
function holdsFiles({ package: name, isInterceptor }: UploadReader, options: Value | null): boolean {
  if (name === 'express-fileupload')
    return hasProperty(options, 'useTempFiles') === 'no' || isTrue(property(options, 'useTempFiles')) === 'no'
  if (!isInterceptor && !/multer$/.test(name)) return false
  const storage = property(options, 'storage')
  const isInMemory = storage === null ? hasProperty(options, 'storage') === 'no' : originOf(storage)?.path.at(-2) === 'memoryStorage'
  return isInMemory && (storage !== null || hasProperty(options, 'dest') === 'no')
}

// Bodies and files that a request brings have a largest size.
import { affected, asvs, cwe, defineRule, evidence, type Problem } from '../../analyzer/check/rule.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { limitBodies, limitUploads } from '../../analyzer/model/input/bodyLimitFix.js'
import { largeBodies, type BodyLimit } from '../../analyzer/model/input/bodyLimits.js'
import { sizeText } from '../../analyzer/model/input/byteSizes.js'
import type { App, ProjectModel } from '../../analyzer/model/model.js'
import { heldUploads } from '../../analyzer/model/input/heldUploads.js'
import { unlimitedUploads, type UnlimitedUpload } from '../../analyzer/model/input/uploadLimits.js'

export default defineRule({
  id: 'require-body-limit',
  summary: 'Request bodies and uploaded files have a largest size that memory and disk can bear.',
  category: 'input',
  severity: 'warning',
  presets: ['recommended', 'strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(770),
    asvs('12.1.1'),
    { name: 'OWASP API4:2023', url: 'https://owasp.org/API-Security/editions/2023/en/0xa4-unrestricted-resource-consumption/' },
  ],
  messages: {
    large: {
      what: '{name} takes bodies of {size} on every route.',
      why: 'A body is held in memory as bytes, as text and as what it is parsed to, and parsing keeps everybody else waiting. A few such requests at once, which nobody has to log in for, exhaust the process.',
      how: 'Keep the limit of the parser for all routes near its default, and raise it on the route that needs more.',
    },
    upload: {
      what: '{name} takes files of any size.',
      why: 'A file is kept in memory or written to the disk until it ends. One endless upload fills either, and then the whole server fails.',
      how: 'Give it limits.fileSize, as large as the largest file that is meant to come.',
    },
    held: {
      what: '{name} holds {things} of {size} in memory.',
      why: 'Each of them stands in memory as a whole until its request is answered, and who sends several at once decides how many. The process ends where memory does, for everybody.',
      how: 'Write what is of that size to the disk or stream it to where it is kept (diskStorage of multer, useTempFiles, request.parts(), the request itself), or take less.',
    },
  },
  *check(model) {
    for (const app of model.apps)
      for (const [first, ...others] of largeBodies(model, app)) if (first !== undefined) yield large(model, app, first, others)
    for (const [first, ...others] of unlimitedUploads(model)) if (first !== undefined) yield unlimited(model, first, others)
    for (const { what, at, name, bytes } of heldUploads(model))
      yield {
        message: 'held',
        at,
        data: { name, things: what, size: bytes === Infinity ? sizeText(bytes) : `up to ${sizeText(bytes)}` },
        confidence: 'medium',
      }
  },
})

function large(model: ProjectModel, app: App, first: BodyLimit, others: readonly BodyLimit[]): Problem<'large'> {
  const { value, at, name, bytes } = first
  return {
    message: 'large',
    at: value?.at.file === at.file ? value.at : at,
    data: { name, size: sizeText(bytes ?? 0) },
    confidence: confidenceFor(model, app, 'high'),
    related: [
      ...others.map((other) => affected(other.at, `${other.name} has the same limit`)),
      evidence(at, 'the limit is used here'),
      evidence(app.at, 'the application'),
    ],
    fix: limitBodies(first),
  }
}

function unlimited(model: ProjectModel, first: UnlimitedUpload, others: readonly UnlimitedUpload[]): Problem<'upload'> {
  const { at, name, confidence } = first
  return {
    message: 'upload',
    at,
    data: { name },
    confidence,
    related: others.map((other) => affected(other.at, `${other.name} takes files of any size`)),
    fix: limitUploads(model, [first, ...others]),
  }
}

// The code of the limiters that fixes write.
import type { Editor } from '../../fix/fix.js'
import type { ProjectModel, Route } from '../model.js'
import { versionOf } from '../versions.js'
import { sharedStoreCode } from './sharedStoreCode.js'

export interface WantedLimit {
  /** Requests that pass in a window. */
  readonly limit: number
  readonly minutes: number
}

/** A route, and the limit of its own that it gets. */
export interface LimitedRoute {
  readonly route: Route
  readonly wanted: WantedLimit
}

/** What a whole application stands: enough for people, too little for floods. */
export const generalLimit: WantedLimit = { limit: 100, minutes: 15 }
/** What a person needs who mistypes a password. */
export const credentialLimit: WantedLimit = { limit: 5, minutes: 15 }

/**
 * Makes express-rate-limit available in a file and answers with the call that makes such a limiter, written for the version that the project has.
 * Where another limiter of the project counts for all processes, it does so too, under `prefix` (code). It counts no request for which `skip` (code
 * that asks `req`) holds.
 */
export function limiterCode(
  editor: Editor,
  model: ProjectModel,
  file: string,
  wanted: WantedLimit,
  prefix: string,
  skip: string | null = null,
): string {
  const version = versionOf(model, file, 'express-rate-limit')
  const isOld = version !== null && version.major < 6
  const isCurrent = version === null || version.major > 7 || (version.major === 7 && version.minor >= 5)
  const rateLimit = editor.addImport(file, 'express-rate-limit', isOld ? 'default' : 'rateLimit', 'rateLimit')
  editor.addDependency(file, 'express-rate-limit', '^8.7.4')
  const store = sharedStoreCode(editor, model, file, prefix)
  const lines = [
    `windowMs: ${wanted.minutes === 1 ? '' : `${wanted.minutes} * `}60 * 1000`,
    `${isCurrent ? 'limit' : 'max'}: ${wanted.limit}`,
    ...(isCurrent
      ? [`standardHeaders: 'draft-8'`, 'legacyHeaders: false']
      : isOld
        ? []
        : ['standardHeaders: true', 'legacyHeaders: false']),
    ...(skip === null ? [] : [`skip: (req) => ${skip}`]),
    ...(store === null ? [] : [`store: ${store}`]),
  ]
  return `${rateLimit}({\n${lines.map((line) => `  ${line.replaceAll('\n', '\n  ')},\n`).join('')}})`
}

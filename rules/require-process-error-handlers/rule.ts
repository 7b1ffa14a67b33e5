// Errors that nobody caught are logged, and then end the process.
import { cwe, defineRule, type RelatedPlace } from '../../analyzer/check/rule.js'
import { FixRefused, suggestion, type Editor } from '../../analyzer/fix/fix.js'
import { confidenceFor } from '../../analyzer/model/auxiliary.js'
import { loggerIn } from '../../analyzer/model/errors/loggerNames.js'
import type { App, ProjectModel } from '../../analyzer/model/model.js'
import { isNestCode, makeLogger } from '../../analyzer/model/logging/nestLogger.js'
import {
  hasProcessGuard,
  hasProcessListener,
  processListeners,
  type ProcessListener,
} from '../../analyzer/model/operations/processErrors.js'
import type { Location } from '../../analyzer/text/location.js'

export default defineRule({
  id: 'require-process-error-handlers',
  summary: 'The process logs errors that nobody caught, and ends.',
  category: 'errors',
  severity: 'info',
  presets: ['strict'],
  frameworks: ['express', 'fastify', 'nest'],
  references: [
    cwe(248),
    {
      name: 'Node.js: warning on using uncaughtException',
      url: 'https://nodejs.org/api/process.html#warning-using-uncaughtexception-correctly',
    },
  ],
  messages: {
    missing: {
      what: 'Nothing handles uncaught exceptions and unhandled rejections of {app}.',
      why: 'Node prints them to the standard error and exits at once: the logger never hears of the crash, and open requests are cut.',
      how: "Listen for 'uncaughtException' where the process starts (it gets rejections too): log the error, then exit.",
    },
    swallowed: {
      what: 'This {event} listener only logs, and the process goes on.',
      why: 'After an uncaught error the state is not known: locks, transactions and half-written answers stay as they were, and later requests meet them.',
      how: 'Log the error, stop taking requests, and exit with a code other than 0; let the platform start a new process.',
    },
  },
  *check(model) {
    const listeners = processListeners(model)
    for (const { app, at } of unguarded(model))
      yield {
        message: 'missing',
        at,
        data: { app: app.name },
        confidence: confidenceFor(model, app, app.scope.gaps.some((gap) => gap.isBlind) ? 'low' : 'high'),
        related: [{ at: app.at, note: `${app.name} is made here`, role: 'evidence' }],
        fix: suggestion('Log uncaught errors and exit', (editor) => listenFor(editor, model, at)),
      }
    for (const [listener, ...others] of onePerPlace(listeners.filter(({ outcome }) => outcome === 'stays'))) {
      if (listener === undefined) continue
      yield {
        message: 'swallowed',
        at: listener.at,
        data: { event: listener.event },
        // Some go on deliberately.
        confidence: 'medium',
        severity: 'warning',
        related: others.map((one): RelatedPlace => ({
          at: one.at,
          note: one.fn === listener.fn ? `${one.event} has the same listener` : `the listener of ${one.event} only logs as well`,
          role: 'affected',
        })),
        fix: suggestion('Exit after logging', (editor) => exitAfter(editor, [listener, ...others])),
      }
    }
  },
})

/** Processes that listen for requests and for no errors, once each. */
function unguarded(model: ProjectModel): readonly { readonly app: App; readonly at: Location }[] {
  const byEntry = new Map<string, { app: App; at: Location }>()
  for (const app of model.apps) {
    const [listener] = app.listeners
    if (app.kind === 'server' && listener !== undefined && !byEntry.has(app.entry)) byEntry.set(app.entry, { app, at: listener.at })
  }
  return [...byEntry.values()].filter(({ app }) => !hasProcessListener(model, app) && !hasProcessGuard(model, app))
}

/** Listeners of one function are one decision; that of exceptions hears of rejections too and comes first. */
function onePerPlace(listeners: readonly ProcessListener[]): readonly (readonly ProcessListener[])[] {
  const places = new Map<string, ProcessListener[]>()
  for (const one of listeners) {
    const key = `${one.at.file}#${one.at.fn}`
    const before = places.get(key) ?? []
    places.set(key, one.event === 'uncaughtException' ? [one, ...before] : [...before, one])
  }
  return [...places.values()]
}

function listenFor(editor: Editor, model: ProjectModel, at: Location): void {
  const known = loggerIn(model, at.file)
  const logger = known ?? (isNestCode(model, at.file) ? makeLogger(editor, at.file) : 'console')
  const what = logger === 'console' ? 'origin, error' : 'error'
  editor.insertBefore(at, `process.on('uncaughtException', (error, origin) => {\n  ${logger}.error(${what})\n  process.exit(1)\n})`)
}

function exitAfter(editor: Editor, listeners: readonly ProcessListener[]): void {
  for (const fn of new Set(listeners.map((one) => one.fn))) {
    const last = fn?.facts.body.at(-1)
    if (fn === null || last === undefined || last[0] === 'return') throw new FixRefused('no statement to follow')
    editor.insertAfter({ file: fn.source.file, fn: fn.facts.id, node: last[1] }, 'process.exit(1)')
  }
}

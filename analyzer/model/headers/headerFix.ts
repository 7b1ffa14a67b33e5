// Gives an application its security headers: the code that the fix writes.
import { FixRefused, suggestion, type Fix } from '../../fix/fix.js'
import { inSameFunction, sameLocation } from '../../text/location.js'
import { answersBeforeHeaders, type EarlyAnswerer } from './answersBeforeHeaders.js'
import { describe } from '../describe.js'
import { maySharePlugin, sharePlugin } from '../enclosedPlugins.js'
import { importPlugin, registerFirst } from '../fastifyFix.js'
import { headerShortfall, type HeaderShortfall } from './headerShortfall.js'
import type { App, Entry, ProjectModel } from '../model.js'
import { isMovableBefore } from '../movableEntries.js'
import { addNestHeaders } from '../nestFix.js'
import type { Registration } from '../registrations.js'
import { runsIn } from '../operations/processes.js'
import { twinsOf } from '../sharedFactories.js'
import { listed } from '../words.js'
import { weakenedHeaders, type WeakenedHeader } from './weakenedHeaders.js'

/**
 * Calls helmet, moves it to the front, or adds it: what the shortfall asks for. null where another process has headers of the same factory: they are there,
 * and only asked for.
 */
export function headerFix(model: ProjectModel, app: App, { kind, at, registration, missed }: HeaderShortfall): Fix | null {
  if (twinsOf(model, app).some((twin) => headerShortfall(model, twin) === null)) return null
  // Whoever has a switch for them wants to be able to do without: a second helmet beside it would make it a switch of nothing.
  if (kind === 'optional') return null
  if (kind === 'uncalled') return suggestion('Call helmet', (editor) => editor.wrap(at, '', '()'))
  if (registration !== null && kind === 'late' && app.framework === 'nest')
    return suggestion(`Register ${describe(registration.handler)} before the application starts`, (editor) => {
      if (!isWrittenIn(registration) || !inSameFunction(registration.entry.at, app.scope.at)) throw new FixRefused()
      const code = editor.text(registration.entry.at)
      editor.removeStatement(registration.entry.at)
      editor.insertAfter(app.scope.at, code)
    })
  const first = missed[0]?.mounts[0] ?? missed[0]?.entry
  if (registration !== null && kind === 'late' && first !== undefined) {
    const to = answersBeforeHeaders(model, app)?.answerers[0].entry ?? first
    return moveInFront(model, registration, to, `Move ${describe(registration.handler)} in front of the first route`)
  }
  if (registration !== null && kind === 'elsewhere' && maySharePlugin(registration.scope, missed))
    return suggestion('Let the plugin share the context around it', (editor) => sharePlugin(editor, model, registration.scope))
  const off = kind === 'partial' ? switchedOff(model, app) : []
  // A second helmet would say the opposite of the first.
  if (off.length > 0)
    return suggestion(`Remove ${listed(off.map(({ option }) => option))}`, (editor) => {
      for (const { holder, option } of off) editor.removeOption(holder.at, option)
    })
  if (app.framework === 'fastify')
    return suggestion(`Register @fastify/helmet for all of ${app.name}`, (editor) =>
      registerFirst(editor, app, importPlugin(editor, model, app.at.file, '@fastify/helmet', 'helmet')),
    )
  if (app.framework === 'nest')
    return suggestion(`Send security headers with everything that ${app.name} answers`, (editor) => addNestHeaders(editor, model, app))
  // Nothing can be put in front of routes that the application comes with.
  if (app.scope.comesFilled === true) return null
  return suggestion(`Add helmet in front of everything in ${app.name}`, (editor) => {
    const helmet = editor.addImport(app.at.file, 'helmet', 'default', 'helmet')
    editor.addMiddleware(app.scope, `${helmet}()`)
    editor.addDependency(app.at.file, 'helmet', '^8.3.0')
  })
}

const HEADERS = ['content-security-policy', 'strict-transport-security', 'x-content-type-options', 'x-frame-options']

/** Options by which helmet, in the process of the application, leaves out what makes its headers whole. */
function switchedOff(model: ProjectModel, app: App): readonly WeakenedHeader[] {
  return weakenedHeaders(model, HEADERS).filter(({ call, confidence }) => confidence === 'high' && runsIn(model, call, app))
}

/** Moves the layer that sets headers in front of what answers by itself; null where it cannot stand there. */
export function headersFirst(model: ProjectModel, registration: Registration, first: EarlyAnswerer): Fix | null {
  return moveInFront(model, registration, first.entry, `Move ${describe(registration.handler)} in front`)
}

/** null where it needs what stands in between, and where a package registers the other. */
function moveInFront(model: ProjectModel, registration: Registration, to: Entry, title: string): Fix | null {
  const { entry } = registration
  if (to.call?.callee.kind !== 'member' || !isWrittenIn(registration) || !isMovableBefore(model, entry, to)) return null
  return suggestion(title, (editor) => editor.moveBefore(entry.at, to.at))
}

/** True where the options are written in the registration, so that nothing that it needs is declared elsewhere. */
function isWrittenIn({ entry, effect: { call } }: Registration): boolean {
  return entry.handlers.length === 1 && call?.args.every((arg, index) => sameLocation(arg.at, call.argsAt[index] ?? entry.at)) === true
}

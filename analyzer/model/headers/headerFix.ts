// Gives an application its security headers: the code that the fix writes.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import { inSameFunction, sameLocation, type Location } from '../../text/location.js'
import { answersBeforeHeaders, type EarlyAnswerer } from './answersBeforeHeaders.js'
import { describe } from '../describe.js'
import { maySharePlugin, sharePlugin } from '../enclosedPlugins.js'
import { importPlugin, registerFirst } from '../fastifyFix.js'
import { headerShortfall, type HeaderShortfall } from './headerShortfall.js'
import type { App, Entry, ProjectModel } from '../model.js'
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
  if (kind === 'uncalled') return suggestion('Call helmet', (editor) => editor.wrap(at, '', '()'))
  if (registration !== null && kind === 'late' && app.framework === 'nest')
    return suggestion(`Register ${describe(registration.handler)} before the application starts`, (editor) => {
      if (!isMovable(registration, app.scope.at)) throw new FixRefused()
      const code = editor.text(registration.entry.at)
      editor.removeStatement(registration.entry.at)
      editor.insertAfter(app.scope.at, code)
    })
  const first = missed[0]?.mounts[0] ?? missed[0]?.entry
  if (registration !== null && kind === 'late' && first !== undefined)
    return suggestion(`Move ${describe(registration.handler)} in front of the first route`, (editor) =>
      moveInFront(editor, registration, answersBeforeHeaders(model, app)?.answerers[0].entry ?? first),
    )
  if (registration !== null && kind === 'elsewhere' && maySharePlugin(registration.scope, missed))
    return suggestion('Let the plugin share the context around it', (editor) => sharePlugin(editor, model, registration.scope))
  const off = kind === 'partial' ? switchedOff(model, app) : []
  // A second helmet would say the opposite of the first.
  if (off.length > 0)
    return suggestion(`Remove ${listed(off.map(({ option }) => option))}`, (editor) => {
      for (const { holder, option } of off) editor.removeProperty(holder.at, option)
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

/** Moves the layer that sets headers in front of what answers by itself. */
export function headersFirst(registration: Registration, first: EarlyAnswerer): Fix {
  return suggestion(`Move ${describe(registration.handler)} in front`, (editor) => moveInFront(editor, registration, first.entry))
}

/** Moves the statement in front of another; refuses where it needs what stands in between, and where a package registers the other. */
function moveInFront(editor: Editor, registration: Registration, { at: to, call }: Entry): void {
  if (call?.callee.kind !== 'member') throw new FixRefused('a package registers what it should stand before')
  if (!isMovable(registration, to)) throw new FixRefused('it needs what is declared in between')
  const code = editor.text(registration.entry.at)
  editor.removeStatement(registration.entry.at)
  editor.insertBefore(to, code)
}

/** True when a registration can stand at an earlier place of the same function: its options are written in it, so nothing that it needs is declared in between. */
function isMovable({ entry, effect }: Registration, to: Location): boolean {
  const isWrittenIn = effect.call?.args.every((arg, index) => sameLocation(arg.at, effect.call?.argsAt[index] ?? to))
  return entry.handlers.length === 1 && inSameFunction(entry.at, to) && isWrittenIn === true
}

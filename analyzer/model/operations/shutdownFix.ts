// Code that closes a server when the process is asked to end: what the fix of a missing or bad shutdown writes.
import { FixRefused, suggestion, type Editor, type Fix } from '../../fix/fix.js'
import { isWithinFunction, type Location } from '../../text/location.js'
import type { LostSignal } from '../deployment/lostSignals.js'
import { afterApplication } from '../fastifyFix.js'
import { fastifyLogging } from '../logging/fastifyLogger.js'
import type { ProjectModel } from '../model.js'
import { loadedPackages } from '../loadedPackages.js'
import type { Shutdown } from './shutdown.js'
import type { SignalListener } from './signalListeners.js'

/** null where more than one process would have to be told: a cluster; and where a call that fails, or ends the process too soon, would have to go. */
export function shutdownFix(model: ProjectModel, shutdown: Shutdown): Fix | null {
  if (shutdown.fault === 'fails' || shutdown.listeners.some((one) => 'signal' in one && one.isHasty)) return null
  if (shutdown.app.framework === 'express' && loadedPackages(model).has('cluster')) return null
  return suggestion('Close the server on SIGTERM', (editor) => closeGracefully(editor, shutdown))
}

/** Writes the command of an image without what stands in front of Node. */
export function startDirectly({ at, direct }: LostSignal): Fix | null {
  if (direct === null) return null
  const code = `CMD [${direct.map((word) => `"${word}"`).join(', ')}]`
  return suggestion(`Write ${code}`, (editor) => editor.replace(at, code))
}

/** Closes the server on SIGTERM (domain facts J2 to J5). */
export function closeGracefully(editor: Editor, shutdown: Shutdown): void {
  const [first] = shutdown.listeners
  if (first === undefined) return listen(editor, shutdown)
  if (shutdown.fault === 'hooks') return editor.replace(first.at, withoutArguments(editor.text(first.at)))
  if (!('signal' in first) || shutdown.listeners.length > 2) throw new FixRefused('each listener needs a change of its own')
  if (shutdown.fault === 'interrupt') return listenAgain(editor, first)
  const name = nameAt(editor, shutdown, first.at)
  for (const listener of shutdown.listeners) if ('signal' in listener) closeIn(editor, listener, closing(shutdown, name))
}

function listen(editor: Editor, shutdown: Shutdown): void {
  const { app, at } = shutdown
  if (app.framework === 'nest') return afterApplication(editor, app, (name) => `${name}.enableShutdownHooks()`)
  if (app.framework === 'fastify') {
    const closeWithGrace = editor.addImport(app.at.file, 'close-with-grace', 'default', 'closeWithGrace')
    editor.addDependency(app.at.file, 'close-with-grace', '^2.5.0')
    // Without a logger of its own, what the application logs is lost.
    const log = (name: string): string =>
      fastifyLogging(app) === 'off' ? `console.error('closing', err)` : `${name}.log.error({ err }, 'closing')`
    const code = (name: string): string => `${closeWithGrace}({ delay: 10_000 }, async ({ err }) => {
  if (err) ${log(name)}
  await ${name}.close()
})`
    return afterApplication(editor, app, code)
  }
  const known = serverName(editor, shutdown)
  const server = known ?? editor.freeName(at.file, 'server')
  const close = editor.freeName(at.file, 'shutdown')
  const sign = known !== null && editor.isTypeScript(at.file) ? '?.' : '.'
  const code = `const ${close} = () => {
  ${server}${sign}close(() => process.exit(0))
  setTimeout(() => process.exit(1), 10_000).unref()
}
process.once('SIGTERM', ${close})
process.once('SIGINT', ${close})`
  if (known === null) editor.holdAs(at, server, code)
  else editor.insertAfter(at, code)
}

/** What the server is called where it begins to listen. */
function serverName(editor: Editor, { app, at }: Shutdown): string | null {
  return editor.nameOf({ ...app.scope, at })
}

/** A name that a listener elsewhere in the file can use as well. */
function nameAt(editor: Editor, shutdown: Shutdown, listener: Location): string {
  const made = shutdown.app.framework === 'express' ? shutdown.at : shutdown.app.scope.at
  const name = editor.nameOf({ ...shutdown.app.scope, at: made })
  if (name === null || !isWithinFunction(listener, made)) throw new FixRefused('the server has no name that the listener could use')
  return name
}

function closing({ app }: Shutdown, name: string): string {
  return app.framework === 'express' ? `${name}.close(() => process.exit(0))` : `void ${name}.close().finally(() => process.exit(0))`
}

function closeIn(editor: Editor, { fn, exit, ending, closed }: SignalListener, code: string): void {
  // Open requests need what it closes, and an end elsewhere would not wait for them.
  if (closed.length > 0 || (ending === 'exits' && exit === null)) throw new FixRefused('the server has to be closed before other things')
  if (exit !== null) return editor.replace(exit, code)
  const last = fn?.facts.body.at(-1)
  if (fn === null || last === undefined || last[0] === 'return') throw new FixRefused('no statement to follow')
  editor.insertAfter({ file: fn.source.file, fn: fn.facts.id, node: last[1] }, code)
}

/** The same listener for SIGTERM, where it is one line. */
function listenAgain(editor: Editor, { at }: SignalListener): void {
  const text = editor.text(at)
  if (text.includes('\n') || !text.includes('SIGINT')) throw new FixRefused('the listener would stand there twice')
  editor.insertAfter(at, text.replaceAll('SIGINT', 'SIGTERM'))
}

function withoutArguments(call: string): string {
  const match = /^([^()]*enableShutdownHooks)\s*\(\s*\[[^\]]*\]\s*\)$/.exec(call)
  if (match?.[1] === undefined) throw new FixRefused('the call has further arguments')
  return `${match[1]}()`
}

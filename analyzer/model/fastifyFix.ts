// Adds plugins, hooks and error handlers to Fastify applications: the code that fixes of several rules write.
import { FixRefused, type Editor } from '../fix/fix.js'
import type { Location } from '../text/location.js'
import type { App, ProjectModel } from './model.js'
import { packagesAbove, versionOf } from './versions.js'

/** Versions that fit the majors of Fastify. */
const VERSIONS: Readonly<Record<string, { readonly 4: string; readonly 5: string }>> = {
  '@fastify/helmet': { 4: '^11.1.1', 5: '^13.2.0' },
  '@fastify/cors': { 4: '^9.0.1', 5: '^11.4.3' },
  'fastify-plugin': { 4: '^4.5.1', 5: '^5.1.0' },
  '@fastify/rate-limit': { 4: '^9.1.0', 5: '^11.2.0' },
}

/** Makes a plugin available in a file, in the version that fits, and answers with its name there. */
export function importPlugin(editor: Editor, model: ProjectModel, file: string, name: string, local: string): string {
  const made = editor.addImport(file, name, 'default', local)
  const versions = VERSIONS[name]
  if (versions === undefined) throw new FixRefused(`no version of ${name} is known`)
  editor.addDependency(file, name, versions[versionOf(model, file, 'fastify')?.major === 4 ? 4 : 5])
  return made
}

/** Registers a plugin directly after the application is made, awaited where that can be. */
export function registerFirst(editor: Editor, app: App, code: string): void {
  const plugin = startedPlugin(app)
  if (plugin !== null) return editor.insertBefore(plugin.first, `${plugin.isAsync ? 'await ' : ''}${plugin.name}.register(${code})`)
  editor.addMiddleware(app.scope, code)
}

interface StartedPlugin {
  /** The instance, as the plugin calls it. */
  readonly name: string
  readonly first: Location
  readonly isAsync: boolean
}

/** What fastify-cli starts is a plugin: there the first statement of its function stands where the application is made elsewhere. */
function startedPlugin({ scope }: App): StartedPlugin | null {
  if (scope.at.fn !== '' || scope.at.node !== 0) return null
  const plugin = scope.entries.find(({ kind }) => kind === 'mount')?.call?.args[0]
  if (plugin?.kind !== 'function' || plugin.source.file !== scope.at.file) return null
  const { parameters, body, id, isAsync } = plugin.facts
  const [parameter] = parameters
  const statement = body[0]
  if (parameter?.pattern[0] !== 'name' || statement === undefined) return null
  return { name: parameter.pattern[2], first: { file: scope.at.file, fn: id, node: statement[1] }, isAsync }
}

/** True where the statement after the one that makes the application may await. */
export function mayAwait(model: ProjectModel, app: App): boolean {
  const plugin = startedPlugin(app)
  if (plugin !== null) return plugin.isAsync
  return mayAwaitAt(model, app.scope.at)
}

/** True where a statement of that function may await. */
export function mayAwaitAt(model: ProjectModel, { file, fn }: Location): boolean {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source') return false
  return fn === '' ? isModuleFile(model, file) : facts.functions[fn]?.isAsync === true
}

/** True when Node runs the file as an ES module. */
function isModuleFile(model: ProjectModel, file: string): boolean {
  return /\.m[jt]s$/.test(file) || (!/\.c[jt]s$/.test(file) && packagesAbove(model, file)[0]?.isModule === true)
}

/** Adds statements directly after the one that makes the application; `code` gets its name there. */
export function afterApplication(editor: Editor, app: App, code: (name: string) => string): void {
  const plugin = startedPlugin(app)
  if (plugin !== null) return editor.insertBefore(plugin.first, code(plugin.name))
  const name = editor.nameOf(app.scope)
  if (name === null) throw new FixRefused('the application has no name where it is made')
  editor.insertAfter(app.scope.at, code(name))
}

/** True where the application has a name behind the statement that makes it. */
export function hasName(editor: Editor, app: App): boolean {
  return startedPlugin(app) !== null || editor.nameOf(app.scope) !== null
}

/** A hook that sends a Permissions-Policy with every answer. */
export function setOnRequest(editor: Editor, app: App): void {
  afterApplication(
    editor,
    app,
    (name) => `${name}.addHook('onRequest', async (_request, reply) => {
  reply.header('Permissions-Policy', 'camera=(), geolocation=(), microphone=()')
})`,
  )
}

/** An error handler with a generic answer to what the server got wrong. What the client got wrong is answered as before: Fastify sends an error with its own body. */
export function addErrorHandler(editor: Editor, app: App): void {
  const type = editor.isTypeScript(app.scope.at.file) ? ': Error & { statusCode?: number }' : ''
  afterApplication(
    editor,
    app,
    (name) => `${name}.setErrorHandler((error${type}, request, reply) => {
  const statusCode = error.statusCode ?? (reply.statusCode >= 400 ? reply.statusCode : 500)
  if (statusCode < 500) return reply.send(error)
  request.log.error(error)
  return reply.code(statusCode).send({ statusCode, error: 'Internal Server Error', message: 'Internal Server Error' })
})`,
  )
}

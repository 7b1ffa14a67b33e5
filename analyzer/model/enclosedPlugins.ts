// Plugins of Fastify that keep what they register to a context of their own, in which nothing is served (domain facts K20, C21).
import type { SourceFacts } from '../extract/facts.js'
import { FixRefused, type Editor } from '../fix/fix.js'
import type { Location } from '../text/location.js'
import { assignedExports } from './assignedExports.js'
import { scopesAround } from './errors/fastifyErrors.js'
import { importPlugin } from './fastifyFix.js'
import type { App, ProjectModel, Route, Scope } from './model.js'

/** True for a context beside the routes: whatever is registered there covers none of them. Where something in it was not understood, routes may be. */
export function isEnclosed(app: App, scope: Scope): boolean {
  return scope !== app.scope && scope.framework === 'fastify' && scope.kind === 'plugin' && servesNothing(scope)
}

function servesNothing({ gaps, entries }: Scope): boolean {
  return (
    gaps.length === 0 &&
    entries.every(
      ({ kind, hook, mounted }) => kind !== 'route' && hook !== 'notFoundHandler' && (mounted === null || servesNothing(mounted)),
    )
  )
}

/** True where the context around the plugin is that of all these routes, so that the plugin reaches them once it shares it. */
export function maySharePlugin(scope: Scope, routes: readonly Route[]): boolean {
  const [mount, ...others] = scope.mounts
  if (mount === undefined || others.length > 0) return false
  return routes.every((route) => isEnclosed(route.app, scope) && scopesAround(route).includes(mount.scope))
}

/** Lets the plugin share the context of whoever registers it, as fastify-plugin does. */
export function sharePlugin(editor: Editor, model: ProjectModel, { at, mounts }: Scope): void {
  const [mount] = mounts
  const call = mount?.call ?? null
  const isNamed = call !== null && call.args[0]?.kind === 'function'
  const place = exportPlace(model, at) ?? (isNamed ? call.argsAt[0] : undefined)
  if (place === undefined) throw new FixRefused('not known where the plugin is given away')
  editor.wrap(place, `${importPlugin(editor, model, place.file, 'fastify-plugin', 'fp')}(`, ')')
}

/** What a module gives away as a whole, where that is the function at this place. */
function exportPlace(model: ProjectModel, { file, fn, node }: Location): Location | undefined {
  const facts = model.files.get(file)
  if (facts?.kind !== 'source' || fn !== '') return undefined
  const place = defaultExport(facts, node)
  return place === undefined ? undefined : { file, fn, node: place }
}

/** The node behind `module.exports =` or `export default`, of a function or of the name that it is declared under. */
function defaultExport(facts: SourceFacts, plugin: number): number | undefined {
  const names = new Set<string>()
  let found = assignedExports(facts).find(({ exported }) => exported === 'default')?.value
  for (const statement of facts.functions['']?.body ?? []) {
    if (statement[0] === 'functionDeclaration' && statement[1] === plugin) {
      if (facts.exports.some((one) => one.kind === 'local' && one.exported === 'default' && one.node === plugin)) return plugin
      names.add(facts.functions[statement[2]]?.name ?? '')
    }
    if (statement[0] !== 'declare' || statement[3][0] !== 'name' || statement[4] === null) continue
    if (statement[3][2] === '*default*') found = statement[4]
    else if (statement[4][1] === plugin) names.add(statement[3][2])
  }
  return found !== undefined && (found[1] === plugin || (found[0] === 'name' && names.has(found[2]))) ? found[1] : undefined
}

// `router.param('id', …)`: a layer for those paths alone that have the parameter.
import type { Entry } from '../model/model.js'

/** The path parameters that the callbacks wait for; null for every other layer, and where a name is not known. */
export function awaitedParameters({ kind, call }: Entry): readonly string[] | null {
  if (kind !== 'layer' || call?.callee.kind !== 'member' || call.callee.name !== 'param') return null
  const [first] = call.args
  const names = first?.kind === 'array' ? first.elements : first === undefined ? [] : [first]
  const known = names.flatMap((name) => (name.kind === 'literal' && typeof name.value === 'string' ? [name.value.replace(/^:/, '')] : []))
  return known.length === names.length && known.length > 0 ? known : null
}

/** True unless the path is known and has none of the parameters. */
export function mayHaveParameter(path: string | null, names: readonly string[]): boolean {
  return path === null || path.includes('(') || names.some((name) => new RegExp(`[:*]${name.replaceAll(/\W/g, '')}(?!\\w)`).test(path))
}

// Fields that a function takes out of an object before it writes it, itself or by a function that it calls.
import type { SourceFacts } from '../../extract/facts.js'
import type { FunctionPlace } from '../../text/location.js'
import { declaredExport, fileBehind, importedNames } from '../imports.js'
import type { ProjectModel } from '../model.js'

/** `assigned`: `delete` leaves the field in a document of mongoose, which keeps its fields elsewhere (run with mongoose 9). */
export type Removal = 'assigned' | 'either'

/** True for a function that takes the field out, `user.password = undefined`, or calls one of its file, or of those that it imports, that does. */
export function isTakenOut(model: ProjectModel, { file, fn }: FunctionPlace, field: string, by: Removal): boolean {
  const source = model.files.get(file)
  if (source?.kind !== 'source') return false
  const body = source.functions[fn]?.body
  if (removes(body, field, by)) return true
  return [...calledNames(body)].some((name) =>
    [source, importedFile(model, file, source, name)].some((one) => one !== null && takesOut(one, name, field, by)),
  )
}

/** The file of the function that is called by that name there: `clean`, or of an imported object, `users.clean`. */
function importedFile(model: ProjectModel, file: string, source: SourceFacts, name: string): SourceFacts | null {
  const [root = ''] = name.split('.')
  const imported = importedNames(source).find(({ local }) => local === root)
  const behind = imported === undefined ? null : fileBehind(model, file, imported.specifier)
  const declared = behind === null || imported === undefined ? null : (declaredExport(model, behind, imported.imported)?.file ?? behind)
  const facts = declared === null ? undefined : model.files.get(declared)
  return facts?.kind === 'source' ? facts : null
}

function takesOut({ functions }: SourceFacts, name: string, field: string, by: Removal): boolean {
  const last = name.split('.').at(-1)
  return Object.values(functions).some((one) => one.name === last && removes(one.body, field, by))
}

/** `delete user.password`, `user.password = undefined`, `user.set('password', undefined)`. */
function removes(node: unknown, field: string, by: Removal): boolean {
  if (typeof node !== 'object' || node === null) return false
  if (Array.isArray(node) && takes(node, field, by)) return true
  return Object.values(node).some((part) => removes(part, field, by))
}

function takes([kind, , operator, target, value]: readonly unknown[], field: string, by: Removal): boolean {
  if (kind === 'assign') return speaksOf(target, field)
  if (kind === 'unary' && operator === 'delete')
    return speaksOf(target, field) && (by === 'either' || JSON.stringify(target).includes('"_doc"'))
  return kind === 'call' && /"\$?set"/.test(JSON.stringify(operator)) && JSON.stringify([target, value]).includes(`"${field}"`)
}

function calledNames(node: unknown, names = new Set<string>()): ReadonlySet<string> {
  if (typeof node !== 'object' || node === null) return names
  if (Array.isArray(node) && node[0] === 'call') {
    const name = nameOf(node[2])
    if (name !== null) names.add(name)
  }
  for (const part of Object.values(node)) calledNames(part, names)
  return names
}

function nameOf(callee: unknown): string | null {
  if (!Array.isArray(callee)) return null
  const [kind, , first, second] = callee as readonly unknown[]
  if (kind === 'name' && typeof first === 'string') return first
  const object = kind === 'member' && typeof second === 'string' ? nameOf(first) : null
  return object === null ? null : `${object}.${String(second)}`
}

function speaksOf(node: unknown, field: string): boolean {
  if (!Array.isArray(node)) return typeof node === 'object' && node !== null && Object.values(node).some((one) => speaksOf(one, field))
  const parts: readonly unknown[] = node
  return (parts[0] === 'member' && parts[3] === field) || parts.some((one) => speaksOf(one, field))
}

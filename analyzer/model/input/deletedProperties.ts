// `delete req.body.role`: handlers that take away what must not come through.
import type { FunctionValue } from '../../link/value.js'
import type { ProjectModel } from '../model.js'

/** True where the text of the function, or of one inside it, deletes a property of something called `name`. */
export function isDeletedFrom(model: ProjectModel, { source: { file }, facts }: FunctionValue, name: string): boolean {
  // What a closure of the function does may change while the function stands: the text of now is asked.
  const source = model.files.get(file)
  if (source?.kind !== 'source') return false
  return Object.values(source.functions).some(
    ({ id, body }) => (id === facts.id || id.startsWith(`${facts.id}.`)) && body.some((statement) => deletes(statement, name)),
  )
}

function deletes(node: unknown, name: string): boolean {
  if (!Array.isArray(node)) return isRecord(node) && Object.values(node).some((one) => deletes(one, name))
  const parts: readonly unknown[] = node
  if (parts[0] === 'unary' && parts[2] === 'delete' && isPropertyOf(parts[3], name)) return true
  return parts.some((part) => deletes(part, name))
}

/** `req.body.role`, `body.role`, `req.body['role']`. */
function isPropertyOf(target: unknown, name: string): boolean {
  if (!Array.isArray(target) || (target[0] !== 'member' && target[0] !== 'index')) return false
  const object: unknown = target[2]
  if (!Array.isArray(object)) return false
  return object[0] === 'member' ? object[3] === name : object[0] === 'name' && object[2] === name
}

function isRecord(node: unknown): node is Readonly<Record<string, unknown>> {
  return typeof node === 'object' && node !== null
}

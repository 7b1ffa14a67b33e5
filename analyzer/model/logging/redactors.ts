// Functions of the project that take out what must not be read.
import type { Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'

/** True where a function that says so makes the object: `redact(body)`. */
export function isRedactor(model: ProjectModel, at: Location): boolean {
  const facts = model.files.get(at.file)
  if (facts?.kind !== 'source') return false
  for (let id = at.fn; id !== ''; id = id.slice(0, Math.max(0, id.lastIndexOf('.'))))
    if (/redact|saniti[sz]e|mask|scrub|censor|omit|strip|safe|clean|hide|public|pick/i.test(facts.functions[id]?.name ?? '')) return true
  return false
}

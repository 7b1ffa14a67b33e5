// Rows of people that stand in the code: demonstration accounts and seeds. Their passwords are data, and no setting of the server.
import { locationKey, type Location } from '../../text/location.js'
import type { ProjectModel } from '../model.js'
import { isPasswordName } from './secretNames.js'
import { recordedOnce } from '../recorded.js'

const PERSON =
  /^_?(id|email|e_?mail|mail|user_?name|login|name|first_?name|last_?name|full_?name|display_?name|role|roles|is_?admin|phone|age)$/i
const CONNECTION = /^(host|hostname|port|database|db|server|service|dialect|uri|url|pool|socket|ssl)$/i

/** True where the literal is the password of a row: beside a name, an address or a role, and not beside a host. */
export function isInSeedRow(model: ProjectModel, at: Location): boolean {
  return places(model).has(locationKey(at))
}

const places = recordedOnce(findPlaces)

function findPlaces(model: ProjectModel): ReadonlySet<string> {
  const places = new Set<string>()
  for (const value of model.objects) {
    if (value.kind !== 'object' || value.role !== 'plain') continue
    // Most objects hold no password, and need not be looked at name by name.
    let holds = false
    for (const [name, one] of value.properties) holds ||= one.kind === 'literal' && isPasswordName(name)
    if (!holds) continue
    const names = [...value.properties.keys()]
    if (!names.some((name) => PERSON.test(name)) || names.some((name) => CONNECTION.test(name))) continue
    for (const [name, one] of value.properties) if (one.kind === 'literal' && isPasswordName(name)) places.add(locationKey(one.at))
  }
  return places
}

// Adds limiters to single routes: the code that fixes of several rules write.
import type { Editor } from '../../fix/fix.js'
import type { Value } from '../../link/value.js'
import { sameLocation } from '../../text/location.js'
import { credentialLimit, limiterCode, type WantedLimit } from './limiterCode.js'
import type { ProjectModel } from '../model.js'
import type { RoutePlace } from '../routePlaces.js'

export interface LimitedPlace {
  readonly place: RoutePlace
  /** Position of the new argument in the call that registers the route. */
  readonly index: number
  readonly kind: string
}

interface Grade extends WantedLimit {
  readonly name: string
}

const credentialGrade: Grade = { name: 'credentialLimiter', ...credentialLimit }

/** Limits by purpose where they are not those of credentials: 20 tokens and uploads, 10 payments an hour, 50 steps of administration, 20 of other work. */
const grades: Readonly<Record<string, Grade>> = {
  token: { name: 'tokenLimiter', limit: 20, minutes: 15 },
  payment: { name: 'paymentLimiter', limit: 10, minutes: 60 },
  upload: { name: 'uploadLimiter', limit: 20, minutes: 60 },
  admin: { name: 'adminLimiter', limit: 50, minutes: 15 },
  hashing: { name: 'workLimiter', limit: 20, minutes: 15 },
  'child process': { name: 'workLimiter', limit: 20, minutes: 15 },
  media: { name: 'workLimiter', limit: 20, minutes: 15 },
  'database write': { name: 'workLimiter', limit: 20, minutes: 15 },
  'file system': { name: 'workLimiter', limit: 20, minutes: 15 },
}

/** How much a route of that kind stands. */
export function gradeOf(kind: string): WantedLimit {
  return grades[kind] ?? credentialGrade
}

/** Where a limiter can be added as an argument of the registration. null where the line also registers other routes, or is no plain registration. */
export function limitablePlace(model: ProjectModel, place: RoutePlace, kind: string): LimitedPlace | null {
  const { entry } = place.routes[0] ?? {}
  if (entry?.call == null || !sameLocation(entry.call.at, place.at)) return null
  const isShared = model.routes.some((route) => sameLocation(route.at, place.at) && !place.routes.includes(route))
  const index = isPath(entry.call.args[0]) ? 1 : 0
  return isShared || entry.call.args.length <= index ? null : { place, index, kind }
}

/** `route('/login').post(handler)` has its path elsewhere. */
function isPath(first: Value | undefined): boolean {
  const value = first?.kind === 'array' ? first.elements[0] : first
  return value !== undefined && !['function', 'result', 'package', 'member', 'choice'].includes(value.kind)
}

/**
 * Declares the limiters after the imports of the file and puts one in front of the handlers of each place.
 * Several routes get one each from a function, since a limiter that they shared would count their requests together (domain fact C7).
 */
export function limitPlaces(editor: Editor, model: ProjectModel, file: string, places: readonly LimitedPlace[]): void {
  const byName = new Map<string, { grade: Grade; places: LimitedPlace[] }>()
  for (const place of places) {
    const grade = grades[place.kind] ?? credentialGrade
    const group = byName.get(grade.name) ?? { grade, places: [] }
    group.places.push(place)
    byName.set(grade.name, group)
  }
  const declarations: string[] = []
  for (const { grade, places: group } of byName.values()) {
    const code = limiterCode(editor, model, file, grade)
    const name = editor.freeName(file, group.length === 1 ? grade.name : `make${grade.name[0]?.toUpperCase() ?? ''}${grade.name.slice(1)}`)
    declarations.push(`const ${name} = ${group.length === 1 ? '' : '() => '}${code}`)
    for (const { place, index } of group) editor.insertArgument(place.at, index, group.length === 1 ? name : `${name}()`)
  }
  editor.insertAfterImports(file, declarations.join('\n'))
}

// Adds limiters to single routes: the code that fixes of several rules write.
import type { Editor } from '../../fix/fix.js'
import type { Value } from '../../link/value.js'
import { sameLocation } from '../../text/location.js'
import { credentialLimit, limiterCode, type WantedLimit } from './limiterCode.js'
import type { ProjectModel } from '../model.js'
import type { RoutePlace } from '../routePlaces.js'
import { leadingHeaderHandlers } from './leadingHeaders.js'
import { neighbourLimit } from './neighbourLimit.js'

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
  const first = isPath(entry.call.args[0]) ? 1 : 0
  const index = first + leadingHeaderHandlers(model, entry.call.args.slice(first))
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
    const { declaration, codes } = limitersFor(editor, model, file, grade, group)
    if (declaration !== null) declarations.push(declaration)
    group.forEach(({ place, index }, number) => editor.insertArgument(place.at, index, codes[number] ?? ''))
  }
  if (declarations.length > 0) editor.insertAfterImports(file, declarations.join('\n'))
}

/** What stands in front of each place, and what has to be declared for it. */
function limitersFor(
  editor: Editor,
  model: ProjectModel,
  file: string,
  grade: Grade,
  places: readonly LimitedPlace[],
): { readonly declaration: string | null; readonly codes: readonly string[] } {
  const known = places.map(({ place }) => (grade === credentialGrade ? neighbourLimit(editor, model, place) : null))
  const open = places.filter((_, index) => known[index] === null)
  if (open.length === 0) return { declaration: null, codes: known.map((code) => code ?? '') }
  const isOne = open.length === 1
  const kind = grade.name.replace('Limiter', '')
  const code = limiterCode(editor, model, file, grade, isOne ? `'rl:${kind}:'` : '`rl:${name}:`')
  const isShared = code.includes('`rl:${name}:`')
  const name = isOne ? limiterName(editor, file, grade, open[0]?.place) : editor.freeName(file, `make${capital(grade.name)}`)
  const parameter = isShared ? `name${editor.isTypeScript(file) ? ': string' : ''}` : ''
  return {
    declaration: `const ${name} = ${isOne ? '' : `(${parameter}) => `}${code}`,
    codes: places.map(({ place }, index) => known[index] ?? (isOne ? name : `${name}(${isShared ? `'${counterName(place)}'` : ''})`)),
  }
}

/** `credentialLimiter`; where the file has one already, what the route is called: `forgotLimiter`. */
function limiterName(editor: Editor, file: string, grade: Grade, place: RoutePlace | undefined): string {
  const free = editor.freeName(file, grade.name)
  const [word, ...others] = place === undefined ? [] : counterName(place).split('-').slice(-2)
  if (free === grade.name || word === undefined || !/^[a-z]/i.test(word)) return free
  return editor.freeName(file, `${word}${others.map(capital).join('')}Limiter`)
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1)
}

/** `auth-login` for `/auth/login`: routes that count in one store each have a name there. */
function counterName({ routes: [route] }: RoutePlace): string {
  const parts = (route?.path ?? '').split('/').filter((part) => /^[\w-]+$/.test(part))
  return parts.join('-') || (route?.method.toLowerCase() ?? '')
}

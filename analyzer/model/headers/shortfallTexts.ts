// What is told of security headers that lack: in words, and with the places by which a reader can check it.
import { describe } from '../describe.js'
import { absentHeaders, type HeaderShortfall } from './headerShortfall.js'
import { idiomTexts } from '../idioms.js'
import type { App } from '../model.js'
import { affected, evidence, type RelatedPlace } from '../relatedPlaces.js'
import { routeName } from '../routePlaces.js'
import { listed } from '../words.js'

/** The data of messages about a shortfall. */
export function shortfallTexts(
  app: App,
  { registration, missed, answered, headers, flags }: HeaderShortfall,
): Readonly<Record<string, string>> {
  const some = missed.length === 1 ? `${missed[0]?.path ?? ''} is` : `${missed.length} routes are`
  return {
    ...idiomTexts(app),
    app: app.name,
    middleware: registration === null ? '' : describe(registration.handler),
    missed: missed.length === answered ? 'every request is' : some,
    headers: `${listed(headers)} ${headers.length === 1 ? 'is' : 'are'}`,
    absent: absentHeaders(headers).join(', '),
    flags: flags.join(', '),
  }
}

/** Where the application is made, and routes that are answered without the headers: all of them where others have them. */
export function shortfallPlaces(app: App, { kind, at, missed, unlistedPackages }: HeaderShortfall): readonly RelatedPlace[] {
  const isSome = kind === 'late' || kind === 'elsewhere'
  const lack = kind === 'partial' ? 'the others' : 'them'
  const packages = unlistedPackages.length === 0 ? '' : ` (behind ${unlistedPackages.join(', ')}, which Parapet does not know)`
  const place = isSome ? affected : evidence
  return [
    ...(at === app.at ? [] : [evidence(app.at, `${app.name} is made here`)]),
    ...(isSome ? missed : missed.slice(0, 3)).map((route) => place(route.at, `${routeName(route)} is answered without ${lack}${packages}`)),
  ]
}

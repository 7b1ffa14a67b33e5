// Which findings are known already, from a baseline or from an earlier state of the project, and which are new.
import type { FileFacts } from '../extract/facts.js'
import type { Location } from '../text/location.js'
import { compareFindings, type Finding } from './finding.js'
import { identityOf, placeIdentity } from './fingerprint.js'
import type { IsRoute } from './places.js'

/** What is kept of a finding to know it again. */
export interface KnownFinding {
  readonly ruleId: string
  readonly file: string
  /** Without its number, so that equal findings are counted and not named. */
  readonly identity: string
  /** Further places with the same fault, as identities by file. */
  readonly places: Readonly<Record<string, readonly string[]>>
}

/** What of the present state matters for knowing findings again. */
export interface Present {
  readonly files: ReadonlyMap<string, FileFacts>
  readonly isRoute: IsRoute
}

export interface Matched<Known> {
  readonly finding: Finding
  readonly known: Known
}

export interface Comparison<Known extends KnownFinding> {
  /** Findings that are not known. One that is known and has spread stands here with its new places alone. */
  readonly fresh: readonly Finding[]
  readonly accepted: readonly Matched<Known>[]
  /** Findings that are known and have spread, whole. */
  readonly spread: readonly Matched<Known>[]
  /** Those of which nothing was found again. */
  readonly obsolete: readonly Known[]
}

export function knownFrom(finding: Finding, files: Present['files']): KnownFinding {
  const places: Record<string, string[]> = {}
  for (const { at, file, role } of finding.related) if (role === 'affected') (places[file] ??= []).push(placeIdentity(at, files))
  for (const list of Object.values(places)) list.sort()
  return { ruleId: finding.ruleId, file: finding.file, identity: identityOf(finding.fingerprint), places }
}

/**
 * Compares findings with known ones. Each known place accounts for one place, so that one fault more in equal code is seen, and only in its own file,
 * so that a fault fixed here and made there is seen; but what a file held that is gone by now may stand in any file, since files are renamed.
 *
 * A finding about a container (an application, a router) is new only where one of its places is: that five of six routes are left is no news.
 */
export function compareWithKnown<Known extends KnownFinding>(
  findings: readonly Finding[],
  known: readonly Known[],
  present: Present,
): Comparison<Known> {
  const pool = createPool(known, present.files)
  const fresh: Finding[] = []
  const accepted: Matched<Known>[] = []
  const spread: Matched<Known>[] = []
  const unknown: Finding[] = []
  for (const finding of findings) {
    const same = pool.take(headKey(finding), finding.file)
    if (same === null) {
      unknown.push(finding)
      continue
    }
    const places = newPlaces(finding, pool, present)
    if (places.length === 0) accepted.push({ finding, known: same })
    else {
      fresh.push(limitedToPlaces(finding, places))
      spread.push({ finding, known: same })
    }
  }
  for (const finding of unknown) {
    const { known: other, places } = reshaped(finding, pool, present)
    if (other === null) fresh.push(finding)
    else if (places.length === 0) accepted.push({ finding, known: other })
    else {
      fresh.push(limitedToPlaces(finding, places))
      spread.push({ finding, known: other })
    }
  }
  return { fresh: fresh.sort(compareFindings), accepted, spread, obsolete: known.filter((one) => !pool.isUsed(one)) }
}

interface Pool<Known> {
  /** Uses one known place up and answers whose it was; null when there is none left. */
  readonly take: (key: string, file: string) => Known | null
  /** How many are left. */
  readonly count: (key: string, file: string) => number
  readonly isUsed: (known: Known) => boolean
}

function createPool<Known extends KnownFinding>(known: readonly Known[], files: Present['files']): Pool<Known> {
  const left = new Map<string, Known[]>()
  const used = new Set<Known>()
  const add = (key: string, file: string, one: Known): void => {
    // What a file held that is gone may be anywhere.
    const place = `${key} ${files.has(file) ? file : ''}`
    const list = left.get(place)
    if (list) list.push(one)
    else left.set(place, [one])
  }
  for (const one of known) {
    add(one.identity, one.file, one)
    for (const [file, places] of Object.entries(one.places)) for (const place of places) add(`${one.ruleId} ${place}`, file, one)
  }
  const listFor = (key: string, file: string): Known[] | undefined =>
    [left.get(`${key} ${file}`), left.get(`${key} `)].find((list) => list !== undefined && list.length > 0)
  return {
    take: (key, file) => {
      const one = listFor(key, file)?.shift() ?? null
      if (one !== null) used.add(one)
      return one
    },
    count: (key, file) => (left.get(`${key} ${file}`)?.length ?? 0) + (left.get(`${key} `)?.length ?? 0),
    isUsed: (one) => used.has(one),
  }
}

function headKey(finding: Finding): string {
  return identityOf(finding.fingerprint)
}

function placeKey(finding: Finding, at: Location, files: Present['files']): string {
  return `${finding.ruleId} ${placeIdentity(at, files)}`
}

function affectedOf(finding: Finding): readonly Location[] {
  return finding.related.filter(({ role }) => role === 'affected').map(({ at }) => at)
}

function newPlaces(finding: Finding, pool: Pick<Pool<unknown>, 'take'>, { files }: Present): readonly Location[] {
  return affectedOf(finding).filter((at) => pool.take(placeKey(finding, at, files), at.file) === null)
}

/**
 * A finding that took another shape: whose its places were as places of its rule, and which of them are new. One about a container is known
 * for the places that are; one about a place itself is known only as a whole.
 */
function reshaped<Known>(
  finding: Finding,
  pool: Pool<Known>,
  { files, isRoute }: Present,
): { readonly known: Known | null; readonly places: readonly Location[] } {
  const affected = affectedOf(finding)
  const isContainer = affected.length > 0 && affected.every(isRoute) && !isRoute(finding.at)
  const keys = (isContainer ? affected : [finding.at, ...affected]).map((at) => ({ at, key: placeKey(finding, at, files) }))
  const isKnown = keys.every(({ key, at: { file } }) => {
    const equal = keys.filter((other) => other.key === key && other.at.file === file)
    return pool.count(key, file) >= equal.length
  })
  if (!isContainer && !isKnown) return { known: null, places: [] }
  const owners = keys.map(({ at, key }) => ({ at, owner: pool.take(key, at.file) }))
  return {
    known: owners.find(({ owner }) => owner !== null)?.owner ?? null,
    places: owners.filter(({ owner }) => owner === null).map(({ at }) => at),
  }
}

/** The finding at its first new place, so that whoever reads the change sees it there; where it is known from becomes evidence. */
function limitedToPlaces(finding: Finding, places: readonly Location[]): Finding {
  const related = finding.related.filter(({ at, role }) => role === 'evidence' || places.includes(at))
  const first = related.find(({ role }) => role === 'affected')
  if (first === undefined) return finding
  const origin = { at: finding.at, file: finding.file, range: finding.range, message: 'known here already', role: 'evidence' as const }
  return {
    ...finding,
    at: first.at,
    file: first.file,
    range: first.range,
    related: [...related.filter((place) => place !== first), origin],
  }
}

// Puts SARIF files of parts together to one run: code scanning takes at most twenty, and one tool should be one.
import type { Log, Notification, ReportingDescriptor, Result, Run } from 'sarif'
import { compareText } from '../analyzer/check/finding.js'
import { identityOf } from '../analyzer/check/fingerprint.js'

/** Rules of all parts by id, results of all parts once each, what they could not see. The parts have to be of one tool. */
export function mergeSarif(logs: readonly Log[]): Log {
  const runs = logs.flatMap((log) => log.runs)
  const [first] = runs
  const [log] = logs
  if (first === undefined || log === undefined) return { version: '2.1.0', runs: [] }
  const rules = byId(runs.flatMap((run) => run.tool.driver.rules ?? []))
  const taxonomies = runs.flatMap((run) => run.taxonomies?.[0] ?? [])
  const [taxonomy] = taxonomies
  const { properties: _, ...rest } = first
  const run: Run = {
    ...rest,
    tool: { driver: { ...first.tool.driver, rules } },
    ...(taxonomy === undefined
      ? {}
      : {
          taxonomies: [
            { ...taxonomy, taxa: byId(taxonomies.flatMap(({ taxa }) => taxa ?? [])).sort((a, b) => Number(a.id) - Number(b.id)) },
          ],
        }),
    invocations: [
      {
        executionSuccessful: runs.every(({ invocations = [] }) => invocations.every(({ executionSuccessful }) => executionSuccessful)),
        toolExecutionNotifications: distinct(runs.flatMap(notificationsOf)),
      },
    ],
    results: joined(
      runs.flatMap(({ results }) => results ?? []),
      rules,
    ),
  }
  return { ...log, runs: [run] }
}

function notificationsOf({ invocations = [] }: Run): readonly Notification[] {
  return invocations.flatMap(({ toolExecutionNotifications = [] }) => toolExecutionNotifications)
}

const LEVELS = ['error', 'warning', 'note', 'none']

/** The worst first, so that a limit cuts off the least; among equals in the order of their places. */
function joined(results: readonly Result[], rules: readonly ReportingDescriptor[]): Result[] {
  const byKey = new Map<string, Result>()
  for (const result of results) {
    const key = JSON.stringify([result.ruleId, result.locations, result.message, result.suppressions?.map(({ kind }) => kind)])
    const known = byKey.get(key)
    byKey.set(key, known === undefined ? result : union(known, result))
  }
  const rank = ({ level = 'warning', suppressions }: Result): number => (suppressions === undefined ? 0 : 10) + LEVELS.indexOf(level)
  return renumbered([...byKey.values()].sort(comparePlaces))
    .map((result) => ({ ...result, ruleIndex: rules.findIndex(({ id }) => id === result.ruleId) }))
    .sort((a, b) => rank(a) - rank(b) || (b.rank ?? 0) - (a.rank ?? 0) || comparePlaces(a, b))
}

const PRINT = 'parapetFingerprint/v1'

/** Parts number equal findings each for itself, so a number may be taken. */
function renumbered(results: readonly Result[]): readonly Result[] {
  const taken = new Set<string>()
  return results.map((result) => {
    const given = result.partialFingerprints?.[PRINT] ?? ''
    let print = given
    for (let number = 2; taken.has(print); number++) print = `${identityOf(given)}-${number}`
    taken.add(print)
    return { ...result, partialFingerprints: { ...result.partialFingerprints, [PRINT]: print } }
  })
}

function union(a: Result, b: Result): Result {
  const related = distinct([...(a.relatedLocations ?? []), ...(b.relatedLocations ?? [])].map(({ id: _, ...location }) => location))
  const surer = (b.rank ?? 0) > (a.rank ?? 0) ? b : a
  return related.length === 0 ? surer : { ...surer, relatedLocations: related.map((location, index) => ({ id: index + 1, ...location })) }
}

function comparePlaces(a: Result, b: Result): number {
  const [one, other] = [a, b].map(({ locations }) => locations?.[0]?.physicalLocation)
  return (
    compareText(one?.artifactLocation?.uri ?? '', other?.artifactLocation?.uri ?? '') ||
    (one?.region?.startLine ?? 0) - (other?.region?.startLine ?? 0) ||
    (one?.region?.startColumn ?? 0) - (other?.region?.startColumn ?? 0) ||
    compareText(a.ruleId ?? '', b.ruleId ?? '') ||
    compareText(a.message.text ?? '', b.message.text ?? '')
  )
}

function byId<Descriptor extends ReportingDescriptor>(descriptors: readonly Descriptor[]): Descriptor[] {
  const known = new Map<string, Descriptor>()
  for (const descriptor of descriptors) known.set(descriptor.id, lessSure(known.get(descriptor.id), descriptor))
  return [...known.values()].sort((a, b) => compareText(a.id, b.id))
}

const PRECISIONS = ['low', 'medium', 'high', undefined]

/** A rule is as precise as the least sure of its results, in whichever part. */
function lessSure<Descriptor extends ReportingDescriptor>(known: Descriptor | undefined, other: Descriptor): Descriptor {
  if (known === undefined) return other
  const rank = ({ properties }: Descriptor): number => PRECISIONS.indexOf(properties?.['precision'] as string | undefined)
  return rank(other) < rank(known) ? other : known
}

function distinct<Item>(items: readonly Item[]): Item[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
}

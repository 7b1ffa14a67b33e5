// The running frameworks are the referee: what an application really registers and answers, the model must say too.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import { fixtureFolder, fixtureNames, readFixture, type ExpressVersion } from './fixture.js'
import { loadFolder } from './loadFolder.js'
import { rules } from '../../rules/index.js'
import { contradictions } from './agreement.js'
import { capabilityContradictions } from './capabilities.js'
import { modelRoutes, unansweredRoutes, visitRoutes } from './modelRoutes.js'
import { modelScopes } from './modelScopes.js'
import { probe, sendHonest } from './probe.js'
import { recordedRoutes } from './recordedRoutes.js'
import { recordedScopes } from './recordedScopes.js'
import { startApplication } from './start.js'
import { inTurns } from './turns.js'

/** Waiting for a turn counts too. */
const TIMEOUT = 90_000
const turn = inTurns(2)
const knownRules = new Set(rules.map(({ id }) => id))
const cases = fixtureNames().flatMap((name) =>
  readFixture(fixtureFolder(name)).express.map((express): [string, ExpressVersion] => [name, express]),
)

describe.concurrent('the model and the running application agree', () => {
  test.each(cases)('%s on Express %i', (name, express) => turn(() => compare(name, express)), TIMEOUT)
})

async function compare(name: string, express: ExpressVersion): Promise<void> {
  const fixture = readFixture(fixtureFolder(name))
  const { model, findings } = analyze(loadFolder(fixtureFolder(name), express), rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  const running = await startApplication(fixtureFolder(name), { express })
  try {
    const honest = await sendHonest(running.url, fixture.requests)
    expect(honest.filter(({ status, expected }) => status !== expected)).toEqual([])
    expect(modelScopes(model), 'registrations by scope and order').toEqual(recordedScopes(running.recorded))
    expect([...modelRoutes(model)].sort(), 'methods and full paths').toEqual(runtimeRoutes(running.recorded))
    const visited = await visitRoutes(running.url, model, running.recorded, fixture)
    expect(unansweredRoutes(visited), 'routes that the application does not know').toEqual([])
    const report = await probe(running.url, fixture.probes)
    expect(capabilityContradictions(model, visited, report, fixture.probes.flood), 'protection').toEqual([])
    expect(contradictions(findings, { report, visited }, model, knownRules), 'findings').toEqual([])
  } finally {
    await running.stop()
  }
}

function runtimeRoutes(recording: Parameters<typeof recordedRoutes>[0]): readonly string[] {
  return recordedRoutes(recording)
    .map(({ method, path, index }) => `${method} ${path} ${recording.calls[index]?.file ?? ''}:${recording.calls[index]?.line ?? 0}`)
    .sort()
}

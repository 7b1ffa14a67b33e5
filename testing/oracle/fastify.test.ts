// Fastify as the referee: routes, prefixes, hooks and protections of running applications, which the model must tell too.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { protectsRoute } from '../../analyzer/model/queries.js'
import { rules } from '../../rules/index.js'
import { contradictions } from './agreement.js'
import { capabilityContradictions } from './capabilities.js'
import { modelFastifyRoutes, recordedFastifyRoutes } from './fastifyRoutes.js'
import { fixtureFolder, fixtureNames, readFixture, type ExpressVersion, type Fixture } from './fixture.js'
import { loadFolder } from './loadFolder.js'
import { samplePath, type VisitedRoute } from './modelRoutes.js'
import { probe, send, sendHonest } from './probe.js'
import { startApplication } from './start.js'
import { inTurns } from './turns.js'

/** Waiting for a turn counts too. */
const TIMEOUT = 90_000
const turn = inTurns(2)
const knownRules = new Set(rules.map(({ id }) => id))
const cases = fixtureNames().flatMap((name) =>
  (readFixture(fixtureFolder(name)).fastify ?? []).map((version): [string, ExpressVersion] => [name, version]),
)

describe.concurrent('the model and the running application agree', () => {
  test.each(cases)('%s on Fastify %i', (name, version) => turn(() => compare(name, version)), TIMEOUT)
})

async function compare(name: string, version: ExpressVersion): Promise<void> {
  const fixture = readFixture(fixtureFolder(name))
  const { model, findings } = analyze(loadFolder(fixtureFolder(name), version), rules, { configuration: DEFAULT_CONFIGURATION, only: [] })
  const running = await startApplication(fixtureFolder(name), { express: version })
  try {
    expect(modelFastifyRoutes(model), 'routes with their hooks').toEqual(recordedFastifyRoutes(running.recorded.routes ?? []))
    const honest = await sendHonest(running.url, fixture.requests)
    expect(honest.filter(({ status, expected }) => status !== expected)).toEqual([])
    const visited = await visit(running.url, model, fixture)
    expect(
      visited.filter(({ status }) => status === 404).map(({ request }) => request),
      'routes that the application does not know',
    ).toEqual([])
    expect(asked(model, visited), 'who must sign in').toEqual([])
    const report = await probe(running.url, fixture.probes)
    expect(capabilityContradictions(model, visited, report, fixture.probes.flood), 'protection').toEqual([])
    expect(contradictions(findings, { report, visited }, model, knownRules), 'findings').toEqual([])
  } finally {
    await running.stop()
  }
}

/** Reading routes that answer 401 stand behind authentication. */
function asked(model: ProjectModel, visited: readonly VisitedRoute[]): readonly string[] {
  return visited.flatMap(({ route, request, status }) => {
    if (route.method !== 'GET' || status !== 401) return []
    const { answer } = protectsRoute(model, route, 'auth')
    return answer === 'yes' ? [] : [`${request} answers ${status}, and the model says ${answer}`]
  })
}

/** Requests every route once, with what the fixture's own request for it brings. */
async function visit(url: string, model: ProjectModel, fixture: Fixture): Promise<readonly VisitedRoute[]> {
  const visited: VisitedRoute[] = []
  for (const route of model.routes) {
    const path = samplePath(route.path, fixture.parameters ?? {})
    if (path === null) continue
    const method = route.method === 'ALL' ? 'GET' : route.method
    const known = fixture.requests.find((request) => request.method === method && request.path === path)
    const response = await send(url, { ...known, method, path, headers: { ...fixture.probes.headers, ...known?.headers } })
    const body = await response.text()
    const isKnown = response.status !== 404 || !/^\{"message":"Route /.test(body)
    visited.push({
      route,
      request: `${method} ${path}`,
      status: isKnown && response.status === 404 ? 400 : response.status,
      headers: response.headers,
      isAnswered: isKnown,
    })
  }
  return visited
}

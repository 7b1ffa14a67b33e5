// Nest as the referee: routes, the classes in front of them, and protections of running applications, which the model must tell too.
import { describe, expect, test } from 'vitest'
import { analyze } from '../../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../../analyzer/check/configuration.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import { rules } from '../../rules/index.js'
import { contradictions } from './agreement.js'
import { capabilityContradictions } from './capabilities.js'
import { fixtureFolder, fixtureNames, readFixture, type Fixture, type NestVersion } from './fixture.js'
import { loadFolder } from './loadFolder.js'
import { samplePath, type VisitedRoute } from './modelRoutes.js'
import { unexpectedAnswers } from './nestMessages.js'
import { middlewareName, modelNestRoutes, recordedNestRoutes, transportOf } from './nestRoutes.js'
import { probe, send, sendHonest } from './probe.js'
import { startApplication } from './start.js'
import { inTurns } from './turns.js'

/** Waiting for a turn counts too. */
const TIMEOUT = 90_000
const turn = inTurns(2)
const knownRules = new Set(rules.map(({ id }) => id))
const cases = fixtureNames().flatMap((name): [string, NestVersion][] => {
  const { nest, nestVersions } = readFixture(fixtureFolder(name))
  return nest === undefined ? [] : (nestVersions ?? [12]).map((version) => [name, version])
})

describe.concurrent('the model and the running application agree', () => {
  test.each(cases)('%s on Nest %i', (name, version) => turn(() => compare(name, version)), TIMEOUT)
})

async function compare(name: string, version: NestVersion): Promise<void> {
  const fixture = readFixture(fixtureFolder(name))
  const { model, findings } = analyze(loadFolder(fixtureFolder(name), 5, version), rules, {
    configuration: DEFAULT_CONFIGURATION,
    only: [],
  })
  const running = await startApplication(fixtureFolder(name), { express: 5, nest: version })
  try {
    expect(modelNestRoutes(model), 'routes with what stands in front').toEqual(recordedNestRoutes(running.recorded.nest ?? []))
    expect(await unexpectedAnswers(running, model, fixture.messages ?? []), 'messages').toEqual([])
    if (!running.url.startsWith('http:')) return
    const honest = await sendHonest(running.url, fixture.requests)
    expect(honest.filter(({ status, expected }) => status !== expected)).toEqual([])
    const visited = await visit(running.url, model, fixture)
    expect(
      visited.filter(({ isAnswered }) => !isAnswered).map(({ request }) => request),
      'routes that the application does not know',
    ).toEqual([])
    expect(middlewareContradictions(visited), 'middleware').toEqual([])
    const report = await probe(running.url, fixture.probes)
    expect(capabilityContradictions(model, visited, report, fixture.probes.flood), 'protection').toEqual([])
    expect(contradictions(findings, { report, visited }, model, knownRules), 'findings').toEqual([])
  } finally {
    await running.stop()
  }
}

/** Requests every route once, with what the fixture's own request for it brings. */
async function visit(url: string, model: ProjectModel, fixture: Fixture): Promise<readonly VisitedRoute[]> {
  const visited: VisitedRoute[] = []
  for (const route of model.routes) {
    const path = samplePath(route.path, fixture.parameters ?? {})
    if (path === null || transportOf(route) !== null) continue
    const method = route.method === 'ALL' ? 'GET' : route.method
    const known = fixture.requests.find((request) => request.method === method && request.path === path)
    const response = await send(url, { ...known, method, path, headers: { ...fixture.probes.headers, ...known?.headers } })
    const body = await response.text()
    const isKnown = response.status !== 404 || !/"message":"Cannot /.test(body)
    visited.push({ route, request: `${method} ${path}`, status: response.status, headers: response.headers, isAnswered: isKnown })
  }
  return visited
}

/** Middleware of the fixtures adds its name to x-middleware: those of the model's chain, in order, and no others. */
function middlewareContradictions(visited: readonly VisitedRoute[]): readonly string[] {
  return visited.flatMap(({ route, request, headers }) => {
    const real = (headers.get('x-middleware') ?? '').split(',').filter(Boolean).join(', ')
    const said = route.chain
      .map(({ value }) => middlewareName(value))
      .filter((name) => /Middleware$/.test(name))
      .join(', ')
    return real === said ? [] : [`${request} passed [${real}], and the model says [${said}]`]
  })
}

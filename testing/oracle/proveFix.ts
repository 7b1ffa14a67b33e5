// Proves a fix at run time: the weakness is there before and gone after, honest requests pass both times, the result type-checks.
import { expect } from 'vitest'
import { analyze, type Analysis } from '../../analyzer/analyze.js'
import type { Finding } from '../../analyzer/check/finding.js'
import type { Rule } from '../../analyzer/check/rule.js'
import { editsOf, textsAfter } from '../../analyzer/fix/applyFixes.js'
import { configurationOf } from '../model.js'
import { loadTexts } from '../project.js'
import { applicationTexts, fixtureOf, type InlineApplication, type Texts } from './inlineApplication.js'
import { send } from './probe.js'
import { stageApplication } from './stage.js'
import { startApplication } from './start.js'
import { typeErrors } from './typeCheck.js'
import type { ExpressVersion, HonestRequest } from './fixture.js'

/**
 * A case of a fix.
 *
 * ```ts
 * test('app.disable takes the header away', () => proveFix({
 *   rule: noPoweredBy,
 *   app: `
 *     //- /server.js
 *     const express = require('express')
 *     const app = express()
 *     app.get('/', (req, res) => res.json({ ok: true }))
 *     app.listen(process.env.PORT)
 *   `,
 *   honest: [{ method: 'GET', path: '/', status: 200 }],
 *   weakness: async ({ get }) => (await get('/')).headers.has('x-powered-by'),
 * }))
 * ```
 */
export interface FixCase extends InlineApplication {
  readonly rule: Rule
  /** Which finding's fix; the first that has one unless told. */
  readonly finding?: (finding: Finding) => boolean
  /** 5 unless told. Also written into package.json, which rules read. */
  readonly express?: ExpressVersion
  /** Requests that pass before and after, with the same status. A safe fix must not change their bodies and headers either. */
  readonly honest: readonly HonestRequest[]
  /** Lower-case names of the headers that a safe fix is meant to change. */
  readonly intended?: readonly string[]
  /** True while the application has the weakness. Asked on the running application before (must be true) and after (must be false). */
  readonly weakness: (application: ProbedApplication) => Promise<boolean>
}

export interface ProbedApplication {
  readonly url: string
  /** Sends a GET. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  send(request: Omit<HonestRequest, 'status'>): Promise<Response>
  /** What the application printed so far. */
  output(): string
  /** Asks the process to end, as platforms do. */
  signal(name: 'SIGTERM' | 'SIGINT'): void
  /** Whether it starts under other variables of the environment (`null` takes one away). */
  startsUnder(env: Readonly<Record<string, string | null>>): Promise<boolean>
}

/** What the case came to, for further expectations. */
export interface ProvenFix {
  readonly finding: Finding
  readonly before: Texts
  readonly after: Texts
}

/** Runs the whole proof. Fails the test with the first thing that does not hold. */
export async function proveFix(fixCase: FixCase): Promise<void> {
  await provenFix(fixCase)
}

/** As `proveFix`, and gives what the case came to. */
export async function provenFix(fixCase: FixCase): Promise<ProvenFix> {
  const express = fixCase.express ?? 5
  const before = applicationTexts(fixCase, express)
  const { finding, analysis } = findingOf(before, fixCase)
  const after = fixedTexts(before, finding, analysis)
  const again = analysisOf(after, fixCase.rule).findings
  expect(
    again.map(({ fingerprint }) => fingerprint),
    'the finding is gone after the fix',
  ).not.toContain(finding.fingerprint)
  expectTypes(before, 'before the fix', fixCase, express)
  expectTypes(after, 'after the fix', fixCase, express)
  const weak = await observe(before, fixCase, express)
  const fixed = await observe(after, fixCase, express)
  const honest = fixCase.honest.map(({ method, path, status }) => `${method} ${path} ${status}`)
  expect(weak.statuses, 'honest requests before the fix').toEqual(honest)
  expect(fixed.statuses, 'honest requests after the fix').toEqual(honest)
  expect(weak.isWeak, 'the weakness before the fix').toBe(true)
  expect(fixed.isWeak, 'the weakness after the fix').toBe(false)
  if (finding.fix?.safety === 'safe') expect(fixed.answers, 'a safe fix changes nothing but what it is for').toEqual(weak.answers)
  return { finding, before, after }
}

function analysisOf(texts: Texts, rule: Rule): Analysis {
  return analyze(loadTexts(texts).input, [rule], { configuration: configurationOf({}), only: [rule.id] })
}

function findingOf(texts: Texts, fixCase: FixCase): { finding: Finding; analysis: Analysis } {
  const analysis = analysisOf(texts, fixCase.rule)
  const wanted = fixCase.finding ?? ((finding) => finding.fix !== null)
  const finding = analysis.findings.find(wanted)
  const seen = analysis.findings.map(({ message, file, range }) => `${file}:${range.start.line} ${message}`).join('\n')
  if (finding === undefined) throw new Error(`${fixCase.rule.id} has no such finding with a fix. It found:\n${seen}`)
  return { finding, analysis }
}

function fixedTexts(texts: Texts, finding: Finding, analysis: Analysis): Texts {
  const context = { model: analysis.model, text: (file: string) => texts.get(file) ?? null }
  const edits = finding.fix === null ? null : editsOf(finding.fix, context)
  if (edits === null) throw new Error(`The fix of ${finding.ruleId} does not apply.`)
  return new Map([...texts, ...textsAfter(edits, context)])
}

function expectTypes(texts: Texts, when: string, fixCase: FixCase, express: ExpressVersion): void {
  if (![...texts.keys()].some((file) => /\.[cm]?tsx?$/.test(file))) return
  const stage = stageApplication(texts, fixtureOf(fixCase, texts), express)
  try {
    expect(typeErrors(stage.folder), `type errors ${when}`).toEqual([])
  } finally {
    stage.remove()
  }
}

interface Observation {
  readonly statuses: readonly string[]
  readonly answers: readonly { readonly headers: Readonly<Record<string, string>>; readonly body: string }[]
  readonly isWeak: boolean
}

async function observe(texts: Texts, fixCase: FixCase, express: ExpressVersion): Promise<Observation> {
  const fixture = fixtureOf(fixCase, texts)
  const running = await startApplication(texts, { express, fixture })
  const startsUnder = async (env: Readonly<Record<string, string | null>>) => {
    const kept = Object.entries({ ...fixture.env, ...env }).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
    try {
      const other = await startApplication(texts, { express, fixture: { ...fixture, env: Object.fromEntries(kept) } })
      await other.stop()
      return true
    } catch {
      return false
    }
  }
  try {
    const statuses: string[] = []
    const answers = []
    for (const request of fixCase.honest) {
      const response = await send(running.url, request)
      statuses.push(`${request.method} ${request.path} ${response.status}`)
      answers.push({ headers: stableHeaders(response.headers, fixCase.intended ?? []), body: await response.text() })
    }
    const application: ProbedApplication = {
      url: running.url,
      get: (path, headers = {}) => send(running.url, { method: 'GET', path, headers }),
      send: (request) => send(running.url, request),
      output: running.output,
      signal: running.signal,
      startsUnder,
    }
    return { statuses, answers, isWeak: await fixCase.weakness(application) }
  } finally {
    await running.stop()
  }
}

/** Headers without those that differ from one answer to the next. */
function stableHeaders(headers: Headers, intended: readonly string[]): Readonly<Record<string, string>> {
  const changing = new Set(['date', 'ratelimit-reset', 'x-ratelimit-reset', ...intended])
  return Object.fromEntries([...headers].filter(([name]) => !changing.has(name)))
}

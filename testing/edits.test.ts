// After edits of a project with handlers, services and files that nothing reaches, its model and its findings are those of a fresh analysis.
import { expect, test } from 'vitest'
import { analyze, type Analysis, type ProjectInput } from '../analyzer/analyze.js'
import { DEFAULT_CONFIGURATION } from '../analyzer/check/configuration.js'
import { extractFacts } from '../analyzer/extract/extractFacts.js'
import type { FileFacts } from '../analyzer/extract/facts.js'
import { withManifest } from '../analyzer/manifest.js'
import { createSession } from '../analyzer/session.js'
import type { Location } from '../analyzer/text/location.js'
import { generateApp } from '../bench/generateApp.js'
import { rules } from '../rules/index.js'
import { packageAt } from './packageAt.js'

const PACKAGE = packageAt('', { isModule: true })

/** What somebody types into a function. */
const LINES = [
  'console.log(req.body)',
  'res.status(500).json({ e: err.stack })',
  'logger.error({ password: input.password })',
  'await service.operation1(id, input)',
  'if (input.amount > 5) return',
  "throw new NotFound('x')",
  "res.setHeader('X-Frame-Options', 'DENY')",
  'const list = [1].map((one) => one + 1)',
  'logger.info(`got ${req.query.name}`)',
  "const secret = 'sk_live_51H8abcdefGHIJKLMNOPqrst'",
  'if (!input.ignoreTls) return',
  'const options = { rejectUnauthorized: false }',
]

test.each([1, 2, 3])('a session after random edits equals a fresh analysis (%i)', (seed) => {
  const app = generateApp({ features: 3, routesPerFeature: 3, prices: 4, unreachedFiles: 6 })
  const texts = new Map(app.files)
  const files = new Map<string, FileFacts>([...texts].map(([file, text]) => [file, extractFacts(file, text)]))
  const project: ProjectInput = {
    files,
    packages: withManifest([PACKAGE], 'package.json', texts.get('package.json') ?? ''),
    tsconfigs: [],
    ignoredFiles: [],
  }
  const options = { configuration: { ...DEFAULT_CONFIGURATION, preset: 'strict', minConfidence: 'low' }, only: [] } as const
  const session = createSession(project, rules, options)
  expect(session.analyze().model.routes).toHaveLength(9)
  const edited = [...texts.keys()].filter((file) => /(controller|service|policy|repository|errors|asyncHandler|price\d+)\.ts$/.test(file))
  const random = randomNumbers(seed)
  for (let edit = 0; edit < 25; edit++) {
    const file = edited[random(edited.length)] ?? ''
    const text = random(5) === 0 ? (app.files.get(file) ?? '') : changed(texts.get(file) ?? '', random)
    const facts = extractFacts(file, text)
    if (facts.kind === 'unparsed') continue
    texts.set(file, text)
    files.set(file, facts)
    session.update(file, text)
    expect(seen(session.analyze()), `after edit ${edit} in ${file}`).toEqual(seen(analyze(project, rules, options)))
  }
  expect(session.boots()).toBeLessThan(25)
})

/** A server that calls neither `later` nor what that calls. */
const withBodies = (callee: string, later: string): string => `import make from 'express'
import helmet from 'helmet'
const app = make()
app.get('/', (req, res) => res.json({}))
function keyOf(user) {
  ${callee}
}
function later(user) {
  ${later}
}
app.listen(3000)
`
const USE = 'console.log({ password: keyOf(user) })'
const FALLBACK = "return process.env.JWT_SECRET || 'changeme'"

test.each([
  ['what is too long to be run for its callers', withBodies(`let a = 1; a += 1; a += 2; ${FALLBACK}`, USE), withBodies(FALLBACK, USE), 1],
  ['what registers a protection', withBodies('', 'app.use(helmet())'), withBodies('', 'console.log(1)'), 1],
  ['what makes an application', withBodies('', ''), withBodies('', "make().get('/later', (req, res) => res.json({}))"), 2],
])('where nothing leads, a session follows an edit of %s', (_, before, after, boots) => {
  const project = (text: string): ProjectInput => ({
    files: new Map([['app.js', extractFacts('app.js', text)]]),
    packages: [{ ...PACKAGE, dependencies: { express: '^5.0.0', helmet: '^8.0.0' }, scripts: { start: 'node app.js' } }],
    tsconfigs: [],
    ignoredFiles: [],
  })
  const options = { configuration: { ...DEFAULT_CONFIGURATION, preset: 'strict', minConfidence: 'low' }, only: [] } as const
  const session = createSession(project(before), rules, options)
  const fresh = [before, after].map((text) => seen(analyze(project(text), rules, options)))
  expect(fresh[1]).not.toEqual(fresh[0])
  expect(seen(session.analyze())).toEqual(fresh[0])
  session.update('app.js', after)
  expect(seen(session.analyze())).toEqual(fresh[1])
  expect(session.boots()).toBe(boots)
})

function changed(text: string, random: (below: number) => number): string {
  const lines = text.split('\n')
  const at = random(lines.length)
  const kind = random(4)
  if (kind === 0) lines.splice(at, 1)
  else if (kind === 1) lines.splice(at, 0, lines[at] ?? '')
  else lines.splice(at, 0, LINES[random(LINES.length)] ?? '')
  return lines.join('\n')
}

function seen({ model, findings, hidden }: Analysis): unknown {
  const places = (all: readonly { readonly at: Location }[]): readonly string[] => all.map(({ at }) => `${at.file}#${at.fn}:${at.node}`)
  return {
    findings: [...findings, ...hidden].map(({ ruleId, file, range, message, confidence, related, fingerprint, fix }) => [
      `${ruleId} ${file}:${range.start.line}:${range.start.column} ${message} ${confidence} ${fingerprint} ${fix?.title ?? ''}`,
      places(related),
    ]),
    calls: places(model.calls),
    handovers: places(model.handovers),
    objects: places(model.objects),
    bindings: places(model.bindings),
    unreached: places(model.unreached),
    names: model.scopes.map(({ name }) => name),
    files: [...model.serverFiles, ...model.productionFiles],
  }
}

/** The same numbers for the same seed. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648
    return (state >> 8) % below
  }
}

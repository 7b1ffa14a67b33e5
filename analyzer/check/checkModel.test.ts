// From rules to findings: quarantine, order, precedence, suppressions and configuration together.
import { expect, test } from 'vitest'
import { handMadeModel, locate } from '../../testing/handMadeModel.js'
import type { Entry, ProjectModel, Route, Scope } from '../model/model.js'
import type { Location } from '../text/location.js'
import { checkModel } from './checkModel.js'
import { DEFAULT_CONFIGURATION, type Configuration } from './configuration.js'
import { defineRule, type Problem, type RelatedPlace, type Rule } from './rule.js'

function ruleOf(id: string, problems: (model: ProjectModel) => Iterable<Problem<'found'>>, parts: Partial<Rule<'found'>> = {}): Rule {
  return defineRule({
    id,
    summary: 'Summary.',
    category: 'errors',
    severity: 'warning',
    presets: ['recommended', 'strict'],
    frameworks: ['express'],
    references: [],
    messages: { found: { what: `{name} is wrong in {affected} more places.`, why: 'Why {name}.', how: 'How.' } },
    ...parts,
    check: problems,
  })
}

const TEXT = `const app = express()
app.get('/a', a)
app.post('/b', b)
app.put('/c', c)
`
const model = modelWithRoutes(TEXT)
const at = (code: string): Location => locate(model, 'app.js', TEXT, code)
const affected = (...codes: string[]): RelatedPlace[] => codes.map((code) => ({ at: at(code), note: code, role: 'affected' as const }))

function modelWithRoutes(text: string): ProjectModel {
  const plain = handMadeModel({ 'app.js': text })
  const places = ["app.get('/a', a)", "app.post('/b', b)", "app.put('/c', c)"].map((code) => locate(plain, 'app.js', text, code))
  const entries = places.map((place) => ({ kind: 'route', at: place }) as unknown as Entry)
  const scope = { entries, at: locate(plain, 'app.js', text, 'express()') } as unknown as Scope
  return { ...plain, scopes: [scope], routes: entries.map((entry) => ({ at: entry.at, entry }) as unknown as Route) }
}

function check(rules: readonly Rule[], configuration: Partial<Configuration> = {}, only: readonly string[] = [], checked = model) {
  return checkModel(checked, rules, { configuration: { ...DEFAULT_CONFIGURATION, ...configuration }, only })
}

test('a rule that throws between two problems keeps the first, is reported once, and the others go on', () => {
  const broken = ruleOf('b-broken', function* () {
    yield { message: 'found', at: at('express()'), confidence: 'high' }
    throw new Error('boom')
  })
  const sound = ruleOf('a-sound', () => [{ message: 'found', at: at("app.post('/b', b)"), confidence: 'high' }])
  const result = check([broken, sound])
  expect(result.findings.map((finding) => finding.ruleId)).toEqual(['b-broken', 'a-sound'])
  expect(result.internalErrors).toHaveLength(1)
  expect(result.internalErrors[0]?.message).toContain('b-broken failed: boom')
})

test('a message that the rule does not have is an internal error and no finding', () => {
  const broken = ruleOf('broken', () => [{ message: 'other' as 'found', at: at('express()'), confidence: 'high' }])
  const result = check([broken])
  expect(result.findings).toEqual([])
  expect(result.internalErrors[0]?.message).toContain('no message named "other"')
})

test('findings have their texts filled in, ranges from 1, and come in the order of the text whatever the order of rules', () => {
  const late = ruleOf('late', () => [{ message: 'found', at: at("app.post('/b', b)"), confidence: 'high', data: { name: 'b' } }])
  const early = ruleOf('early', () => [
    { message: 'found', at: at('express()'), confidence: 'high', data: { name: 'x' }, related: affected("app.get('/a', a)") },
  ])
  const result = check([late, early])
  expect(result.findings.map((finding) => [finding.message, finding.why])).toEqual([
    ['x is wrong in 1 more places.', 'Why x.'],
    ['b is wrong in 0 more places.', 'Why b.'],
  ])
  expect(result.findings[0]?.range).toEqual({ start: { line: 1, column: 13, offset: 12 }, end: { line: 1, column: 22, offset: 21 } })
  expect(check([early, late])).toEqual(result)
})

test('the same problem from two contexts is one finding with the places of both and the higher confidence', () => {
  const twice = ruleOf('twice', () => [
    { message: 'found', at: at('express()'), confidence: 'medium', related: affected("app.get('/a', a)") },
    { message: 'found', at: at('express()'), confidence: 'high', related: affected("app.get('/a', a)", "app.put('/c', c)") },
  ])
  const { findings } = check([twice])
  expect(findings).toHaveLength(1)
  expect(findings[0]?.confidence).toBe('high')
  expect(findings[0]?.related.map((place) => place.message)).toEqual(["app.get('/a', a)", "app.put('/c', c)"])
})

test('findings below the minimum confidence are counted and left out', () => {
  const unsure = ruleOf('unsure', () => [{ message: 'found', at: at('express()'), confidence: 'low' }])
  expect(check([unsure])).toMatchObject({ findings: [], hidden: [{ ruleId: 'unsure' }] })
  expect(check([unsure], { minConfidence: 'low' }).findings).toHaveLength(1)
})

test('presets, settings of rules and overrides decide severity; a rule named on the command line is on', () => {
  const strict = ruleOf('strict-one', () => [{ message: 'found', at: at('express()'), confidence: 'high' }], { presets: ['strict'] })
  const severities = (configuration: Partial<Configuration>, only: string[] = []) =>
    check([strict], configuration, only).findings.map((finding) => finding.severity)
  expect(severities({})).toEqual([])
  expect(severities({ preset: 'strict' })).toEqual(['warning'])
  expect(severities({ rules: { 'strict-one': 'error' } })).toEqual(['error'])
  expect(severities({ rules: { 'strict-one': 'error' }, overrides: [{ files: ['*.js'], rules: { 'strict-one': 'off' } }] })).toEqual([])
  expect(severities({ rules: { 'strict-one': 'off' } }, ['strict-one'])).toEqual(['warning'])
  expect(severities({ preset: 'strict', ignores: ['app.js'] })).toEqual([])
})

test('an ineffective limiter silences the missing one for the routes that it affects', () => {
  const ineffective = ruleOf('no-ineffective-rate-limit', () => [
    { message: 'found', at: at('express'), confidence: 'high', related: affected("app.get('/a', a)", "app.post('/b', b)") },
  ])
  const auth = ruleOf('require-auth-rate-limit', () => [{ message: 'found', at: at("app.post('/b', b)"), confidence: 'high' }])
  const general = ruleOf('require-rate-limit', () => [
    {
      message: 'found',
      at: at('express()'),
      confidence: 'high',
      related: affected("app.get('/a', a)", "app.post('/b', b)", "app.put('/c', c)"),
    },
  ])
  const { findings } = check([ineffective, auth, general])
  expect(findings.map((finding) => [finding.ruleId, finding.related.map((place) => place.message)])).toEqual([
    ['no-ineffective-rate-limit', ["app.get('/a', a)", "app.post('/b', b)"]],
    ['require-rate-limit', ["app.put('/c', c)"]],
  ])
})

test('a webhook that nobody signs is told as that, and not as a route without a limit', () => {
  const webhook = ruleOf('require-webhook-signature', () => [{ message: 'found', at: at("app.post('/b', b)"), confidence: 'medium' }])
  const auth = ruleOf('require-auth-rate-limit', () => [
    { message: 'found', at: at("app.post('/b', b)"), confidence: 'high', related: affected("app.put('/c', c)") },
  ])
  const { findings } = check([webhook, auth])
  expect(findings.map((finding) => [finding.ruleId, finding.range.start.line])).toEqual([
    ['require-webhook-signature', 3],
    ['require-auth-rate-limit', 4],
  ])
})

test('a limiter finding without routes of its own silences the application that its evidence names', () => {
  const ineffective = ruleOf('no-ineffective-rate-limit', () => [
    { message: 'found', at: at('express'), confidence: 'high', related: [{ at: at('express()'), note: 'made here', role: 'evidence' }] },
  ])
  const general = ruleOf('require-rate-limit', () => [
    { message: 'found', at: at('express()'), confidence: 'high', related: affected("app.get('/a', a)") },
  ])
  expect(check([ineffective, general]).findings.map((finding) => finding.ruleId)).toEqual(['no-ineffective-rate-limit'])
})

test('a credential route is named once, and a guess takes nothing from a certain finding', () => {
  const auth = (confidence: 'high' | 'low') =>
    ruleOf('require-auth-rate-limit', () => [{ message: 'found', at: at("app.post('/b', b)"), confidence }])
  const general = ruleOf('require-rate-limit', () => [
    { message: 'found', at: at('express()'), confidence: 'high', related: affected("app.get('/a', a)", "app.post('/b', b)") },
  ])
  const places = (rule: Rule) =>
    check([rule, general], { minConfidence: 'low' }).findings.find((finding) => finding.ruleId === 'require-rate-limit')?.related.length
  expect(places(auth('high'))).toBe(1)
  expect(places(auth('low'))).toBe(2)
})

test('rules about one piece of code: the stronger one speaks', () => {
  const text = `const secret = process.env.SECRET || 'abc'\n`
  const secrets = handMadeModel({ 'config.js': text })
  const place = (code: string) => locate(secrets, 'config.js', text, code)
  const fallback = ruleOf('no-secret-fallback', () => [{ message: 'found', at: place("process.env.SECRET || 'abc'"), confidence: 'high' }])
  const hardcoded = ruleOf('no-hardcoded-secret', () => [{ message: 'found', at: place("'abc'"), confidence: 'high' }])
  const weak = ruleOf('no-weak-secret', () => [{ message: 'found', at: place("'abc'"), confidence: 'high' }])
  const ids = (...rules: Rule[]) => check(rules, {}, [], secrets).findings.map((finding) => finding.ruleId)
  expect(ids(weak, hardcoded, fallback)).toEqual(['no-secret-fallback'])
  expect(ids(weak, hardcoded)).toEqual(['no-hardcoded-secret'])
  expect(ids(weak)).toEqual(['no-weak-secret'])
})

test('a suppressed place leaves the others: the next one takes the finding over', () => {
  const text = TEXT.replace('app.get', '// parapet-ignore-next-line several -- public\napp.get')
  const suppressed = modelWithRoutes(text)
  const place = (code: string) => locate(suppressed, 'app.js', text, code)
  const several = ruleOf('several', () => [
    {
      message: 'found',
      at: place("app.get('/a', a)"),
      confidence: 'high',
      related: [{ at: place("app.put('/c', c)"), note: 'c', role: 'affected' }],
    },
  ])
  const result = check([several], {}, [], suppressed)
  expect(result.findings.map((finding) => [finding.ruleId, finding.range.start.line, finding.related.length])).toEqual([['several', 5, 0]])
})

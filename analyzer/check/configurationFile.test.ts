// The configuration file: what it decides, and what is said when it is wrong.
import { expect, test } from 'vitest'
import { isIgnored, settingOf, toProjectPath } from './configuration.js'
import { readConfiguration, type ConfigurationProblem } from './configurationFile.js'
import { configurationJsonSchema } from './configurationSchema.js'
import type { Rule } from './rule.js'

const RULES = ['no-console', 'require-rate-limit']
const rule = (id: string): Rule => ({ id, presets: ['recommended'] }) as unknown as Rule

function read(text: string, base = { add: '', strip: '' }) {
  const outcome = readConfiguration(text, RULES, base)
  if ('problems' in outcome) throw new Error(outcome.problems.map((problem) => problem.message).join(' '))
  return outcome.configuration
}

function problems(text: string): readonly ConfigurationProblem[] {
  const outcome = readConfiguration(text, RULES)
  return 'problems' in outcome ? outcome.problems : []
}

test('comments and trailing commas are fine, and what is not said has its default', () => {
  const configuration = read('\uFEFF// ours\n{ "rules": { "no-console": "off", }, /* x */ "environment": { "FEATURE": "on" } }')
  expect(configuration.rules).toEqual({ 'no-console': 'off' })
  expect(configuration.environment).toEqual({ NODE_ENV: 'production', FEATURE: 'on' })
  expect(configuration.preset).toBe('recommended')
})

test('everything that is wrong is said in one round, in the order of the file', () => {
  const text =
    '{\n  "rules": { "no-consle": "off" },\n  "presets": "strict",\n  "ignores": "dist",\n  "overrides": [{ "files": ["a"], "rules": { "x": "off" } }]\n}'
  expect(problems(text).map(({ line, message }) => `${line} ${message}`)).toEqual([
    '2 There is no rule "no-consle". Did you mean "no-console"?',
    '3 There is no setting "presets". Did you mean "preset"?',
    '4 "ignores" must be a list in brackets.',
    '5 There is no rule "x". `parapet rules` lists the rules.',
  ])
  expect(problems('{ "rules": "off", "overrides": [1] }').map(({ message }) => message)).toEqual([
    '"rules" must be an object in braces.',
    '"overrides.0" must be an object in braces.',
  ])
})

test('a capability stands for a list of one', () => {
  expect(read('{ "middleware": { "./limit.js": "rate-limit", "noop": [] } }').middleware).toEqual({
    './limit.js': ['rate-limit'],
    noop: [],
  })
})

test.each([
  ['an unknown setting', '{\n  "rule": {}\n}', 2, 3, 'There is no setting "rule". Did you mean "rules"?'],
  ['an unknown rule', '{\n  "rules": {\n    "no-consle": "off"\n  }\n}', 3, 5, 'There is no rule "no-consle". Did you mean "no-console"?'],
  [
    'an unknown rule of an override',
    '{ "overrides": [{ "files": ["a"], "rules": { "x": "off" } }] }',
    1,
    46,
    'There is no rule "x". `parapet rules` lists the rules.',
  ],
  [
    'a wrong severity',
    '{ "rules": { "no-console": "warn" } }',
    1,
    28,
    '"rules.no-console" must be "off", "on", "info", "warning" or "error".',
  ],
  ['a wrong type', '{ "ignores": "dist" }', 1, 14, '"ignores" must be a list in brackets.'],
  [
    'a wrong capability',
    '{ "middleware": { "a": "limit" } }',
    1,
    24,
    '"middleware.a" must be a capability or a list of capabilities, such as "rate-limit" or ["rate-limit", "auth"].',
  ],
  ['a list where the object belongs', '[]', 1, 1, 'The configuration must be an object in braces.'],
  ['an override without files', '{ "overrides": [{ "rules": {} }] }', 1, 17, '"overrides.0.files" must be a list in brackets.'],
  ['no JSON', '{ "rules": }', 1, 12, 'This is not JSON: value expected. Write an object such as { "preset": "recommended" }.'],
  ['nothing', '', 1, 1, 'This is not JSON: value expected. Write an object such as { "preset": "recommended" }.'],
])('%s is named with its place', (_, text, line, column, message) => {
  expect(problems(text)).toEqual([{ message, line, column }])
})

test('every wrong thing is named, not only the first', () => {
  expect(problems('{ "foo": 1, "preset": "all" }')).toHaveLength(2)
})

test('globs are relative to the file: a name matches anywhere, a folder stands for all in it, the last override wins', () => {
  const configuration = read(
    '{ "rules": { "no-console": "off" }, "overrides": [{ "files": ["src"], "rules": { "no-console": "error" } }, { "files": ["*.gen.ts"], "rules": { "no-console": "info" } }], "ignores": ["legacy/**"] }',
  )
  const setting = (file: string) => settingOf(rule('no-console'), file, configuration)
  expect([setting('a.ts'), setting('src/a.ts'), setting('src/deep/x.gen.ts')]).toEqual(['off', 'error', 'info'])
  expect([isIgnored('legacy/a.ts', configuration), isIgnored('src/legacy/a.ts', configuration)]).toEqual([true, false])
})

test('a file above the analysed folder, and one below it, keep their own view of paths', () => {
  const above = read('{ "ignores": ["apps/api/legacy"], "entries": ["apps/api/main.ts"] }', { add: 'apps/api/', strip: '' })
  expect([
    isIgnored('legacy/a.ts', above),
    toProjectPath('./apps/api/main.ts', above.base),
    toProjectPath('apps/web/main.ts', above.base),
  ]).toEqual([true, 'main.ts', null])
  const below = read('{ "ignores": ["legacy"] }', { add: '', strip: 'apps/api/' })
  expect([isIgnored('apps/api/legacy/a.ts', below), isIgnored('legacy/a.ts', below), toProjectPath('main.ts', below.base)]).toEqual([
    true,
    false,
    'apps/api/main.ts',
  ])
})

test('the JSON schema is draft-07, describes every setting and knows no others', () => {
  const schema = configurationJsonSchema()
  expect(schema['$schema']).toBe('http://json-schema.org/draft-07/schema#')
  const properties = schema['properties'] as Record<string, { description?: string }>
  expect(Object.values(properties).every((property) => (property.description ?? '').length > 20)).toBe(true)
  expect(schema['additionalProperties']).toBe(false)
  expect(properties['preset']).toMatchObject({ enum: ['recommended', 'strict'] })
  expect(schema['required']).toBeUndefined()
})

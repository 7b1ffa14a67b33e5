// Every format over one awkward project: compared with files kept beside this test, and checked against the formats' schemas.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import type { Log } from 'sarif'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { defineRule, cwe, type Problem, type Rule } from '../../analyzer/check/rule.js'
import { suggestion } from '../../analyzer/fix/fix.js'
import { globalOf, methodName } from '../../analyzer/model/origins.js'
import type { ProjectModel } from '../../analyzer/model/model.js'
import type * as Catalogue from '../../rules/index.js'
import { sandbox, type Sandbox } from '../testTerminal.js'
import { FORMAT_NAMES } from './formats.js'

vi.mock('../../rules/index.js', (): typeof Catalogue => ({ rules: [no('log', 'error'), no('info', 'info'), no('warn', 'warning')] }))

/** Reports calls of one method of console; calls of `log` in a row are one finding with several places. */
function no(method: string, severity: Rule['severity']): Rule {
  return defineRule({
    id: `no-${method}`,
    summary: `Nothing is written by console.${method} | <b> & "so" 😀.`,
    category: method === 'log' ? 'secrets' : 'logging',
    severity,
    presets: ['recommended'],
    frameworks: ['express'],
    references: method === 'log' ? [cwe(532), { name: 'Manual', url: 'https://example.org/?a=1&b=2' }] : [],
    messages: {
      call: { what: `console.${method} writes "100%, <raw>": it | is & stays.`, why: 'Line one.\nLine two: \u0007.', how: 'Remove `it`.' },
    },
    *check(model: ProjectModel): Iterable<Problem<'call'>> {
      const calls = model.calls.filter(
        (call) => call.receiver !== null && globalOf(call.receiver) === 'console' && methodName(call.callee) === method,
      )
      for (const [index, call] of calls.entries()) {
        yield {
          message: 'call',
          at: call.at,
          confidence: index === 0 ? 'high' : 'medium',
          related: (method === 'log' ? calls : [])
            .filter((other) => other !== call)
            .map((other) => ({ at: other.at, note: 'also called', role: 'affected' as const })),
          ...(method === 'warn'
            ? {}
            : {
                fix: suggestion('Remove the call', (editor) => {
                  editor.removeStatement(call.at)
                }),
              }),
        }
      }
    },
  })
}

const FILES = {
  'package.json': '{ "dependencies": { "express": "^5.0.0" } }',
  'src/A ä #1.js': "const emoji = '😀'; console.log(\n  'one',\n  emoji,\n)\nconsole.info('b')\n",
  'src/b.js': "console.log('two')\n// parapet-ignore-next-line no-warn -- shown while it starts\nconsole.warn('c')\nconsole.warn('d')\n",
  'broken.js': 'let = = 1\n',
}
const here = dirname(fileURLToPath(import.meta.url))
const schemas = join(here, '..', '..', 'testing', 'schemas')
let box: Sandbox
beforeAll(() => {
  box = sandbox({ ...Object.fromEntries(Object.entries(FILES).map(([file, text]) => [`apps/api/${file}`, text])) })
})
afterAll(() => {
  box.remove()
})

const printed = async (format: string, ...more: string[]): Promise<string> =>
  (await box.run(['check', 'apps/api', '--format', format, ...more])).out
const json = async (format: string): Promise<unknown> => JSON.parse(await printed(format)) as unknown

function valid(schema: string, value: unknown): unknown {
  const ajv = new Ajv({ allErrors: true, strict: false, formats: { uri: /^https:\/\//, 'uri-reference': /^[\w%./-]+$/ } })
  const check = ajv.compile(JSON.parse(readFileSync(join(schemas, schema), 'utf8')) as object)
  return check(value) ? true : check.errors
}

async function validXml(schema: string, contents: string): Promise<unknown> {
  const { valid: isValid, errors } = await validateXML({
    xml: { fileName: 'report.xml', contents },
    schema: readFileSync(join(schemas, schema), 'utf8'),
  })
  return isValid ? true : errors
}

test.each(FORMAT_NAMES)('%s is what it was', async (format) => {
  await expect(await printed(format)).toMatchFileSnapshot(join(here, '..', '..', 'testing', 'formats', `${format}.golden`))
})

test('SARIF, GitLab and rdjson fit their schemas', async () => {
  expect(valid('sarif.json', await json('sarif'))).toBe(true)
  expect(valid('gitlab.json', await json('gitlab'))).toBe(true)
  expect(valid('rdjson.json', await json('rdjson'))).toBe(true)
})

test('the schemas refuse what is wrong', async () => {
  expect(valid('sarif.json', { ...((await json('sarif')) as object), version: '2.0.0' })).not.toBe(true)
  expect(valid('gitlab.json', [{ description: '' }])).not.toBe(true)
  expect(valid('rdjson.json', { diagnostics: [{}] })).not.toBe(true)
  expect(await validXml('junit.xsd', '<testsuites/>')).not.toBe(true)
  expect(await validXml('checkstyle.xsd', '<checkstyle version="8.0"><file/></checkstyle>')).not.toBe(true)
})

test('JUnit and Checkstyle fit their schemas, also without findings', async () => {
  expect(await validXml('junit.xsd', await printed('junit'))).toBe(true)
  expect(await validXml('checkstyle.xsd', await printed('checkstyle'))).toBe(true)
  expect(await validXml('junit.xsd', await printed('junit', '--rule', 'unused-suppression'))).toBe(true)
  expect(await validXml('checkstyle.xsd', await printed('checkstyle', '--rule', 'unused-suppression'))).toBe(true)
})

test('SARIF says what code scanning asks for', async () => {
  const [run] = ((await json('sarif')) as Log).runs
  const results = run?.results ?? []
  const [first] = results
  expect(first?.ruleId).toBe('no-log')
  expect(first?.locations?.[0]?.physicalLocation).toEqual({
    artifactLocation: { uri: 'apps/api/src/A%20%C3%A4%20%231.js' },
    region: { startLine: 1, startColumn: 21, endLine: 1, endColumn: 33 },
  })
  const rule = run?.tool.driver.rules?.find(({ id }) => id === 'no-log')
  expect(rule?.properties).toMatchObject({
    'security-severity': '8.0',
    precision: 'medium',
    tags: ['security', 'secrets', 'express', 'external/cwe/cwe-532'],
  })
  expect(run?.tool.driver.rules?.find(({ id }) => id === 'no-info')?.properties).not.toHaveProperty('security-severity')
  expect(results.filter(({ suppressions }) => suppressions !== undefined).map(({ suppressions }) => suppressions)).toEqual([
    [{ kind: 'inSource', justification: 'shown while it starts' }],
  ])
  expect(run?.taxonomies?.[0]?.taxa?.map(({ id }) => id)).toEqual(['532'])
  expect(run?.automationDetails?.id).toBe('parapet/apps/api/')
})

test('columns of rdjson count bytes', async () => {
  const { diagnostics } = (await json('rdjson')) as { diagnostics: { location: { range: { start: object } } }[] }
  // The emoji is two units of UTF-16 and four bytes.
  expect(diagnostics[0]?.location.range.start).toEqual({ line: 1, column: 23 })
})

test('several formats in one run, each to its file, and one printed', async () => {
  const { code, out, err } = await box.run([
    'check',
    'apps/api',
    '--format',
    'sarif=out/a.sarif',
    '--format',
    'concise',
    '--format',
    'json=out/a.json',
  ])
  expect([code, out]).toEqual([1, await printed('concise')])
  expect(err).toContain('not parsed: broken.js')
  expect(readFileSync(join(box.root, 'out/a.sarif'), 'utf8')).toBe(await printed('sarif'))
  expect(readFileSync(join(box.root, 'out/a.json'), 'utf8')).toBe(await printed('json'))
})

test('a run that prints nothing says where its reports are', async () => {
  const { out, err } = await box.run(['check', 'apps/api', '--format', 'junit=out/junit.xml', '--format', 'gitlab=out/gl.json'])
  expect([out, err]).toEqual(['', expect.stringContaining('Written: out/junit.xml and out/gl.json.\n')])
})

test.each([
  [['--format', 'json', '--format', 'sarif'], 'Only one format can be printed. Give the others a file, as in --format sarif=report.txt.'],
  [['--format', 'json=a', '--format', 'sarif=a'], 'Two formats would be written to a.'],
  [['--format', 'json='], 'Name the file of --format json=FILE'],
])('%j is wrong use', async (argv, sentence) => {
  const { code, err } = await box.run(['check', ...argv])
  expect([code, err.includes(sentence)]).toEqual([2, true])
})

test('GitHub gets ten annotations of a level, the surest first, and a summary of the step', async () => {
  const many = sandbox({ 'a.js': "console.warn('w')\n".repeat(30) + "console.log('e')\n".repeat(12) + "console.info('i')\n" })
  const { out } = await many.run(['check', '--format', 'github', '--min-confidence', 'low'], { env: { GITHUB_STEP_SUMMARY: 'summary.md' } })
  const count = (command: string): number => out.split('\n').filter((line) => line.startsWith(`::${command} `)).length
  expect([count('error'), count('warning'), count('notice')]).toEqual([10, 10, 1])
  expect(out).toContain('22 more findings without annotation')
  const summary = readFileSync(join(many.root, 'summary.md'), 'utf8')
  expect(summary).toMatch(/^# Parapet\n\n12 errors, 30 warnings and 1 info in 1 file\./)
  expect(summary.split('\n### ')).toHaveLength(44)
  many.remove()
})

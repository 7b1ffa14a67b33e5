// The command line from arguments to output: wrong use, hard inputs, configuration, formats.
import { chmodSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { sandbox, type Sandbox } from './testTerminal.js'

let box: Sandbox = sandbox()
afterEach(() => {
  box.remove()
})

function open(files: Readonly<Record<string, string | Buffer>>): Sandbox {
  box.remove()
  box = sandbox(files)
  return box
}

const SERVER = {
  'package.json': '{ "dependencies": { "express": "^5.0.0" }, "scripts": { "start": "node app.js" } }',
  'app.js': `const express = require('express')
const app = express()
app.get('/users/:id', (req, res) => { res.json({}) })
app.listen(3000)
`,
}
const SUPPRESSED = "// parapet-ignore-next-line no-such-rule\nconst app = require('express')()\napp.listen(1)\n"

test('the version is that of package.json', async () => {
  const { code, out } = await open({}).run(['--version'])
  expect([code, out]).toEqual([0, `${manifest.version}\n`])
})

test.each([
  [['chekc'], 'unknown command'],
  [['check', '--foramt', 'json'], 'Did you mean --format?'],
  [['check', '--format', 'xml'], 'Allowed choices are pretty, concise, json,'],
  [['check', '--max-warnings', 'many'], 'Give a whole number, 0 or more.'],
  [['check', '--max-warnings', '-1'], 'Give a whole number, 0 or more.'],
  [['check', '--rule', 'unused-supression'], 'Did you mean unused-suppression?'],
  [['check', 'nowhere'], 'There is nothing at nowhere.'],
  [['check', '--unsafe'], 'use it with --fix or --diff'],
  [['check', '--diff', '--format', 'json'], 'use it without --format json'],
  [['check', '--config', 'nowhere.json'], 'cannot be read'],
  [['explain', 'no-such-rule'], 'There is no rule no-such-rule.'],
  [['explain'], 'missing required argument'],
  [['why', '/users', 'rate-limits'], 'Did you mean rate-limit?'],
  [['why', '/nowhere'], 'No route fits /nowhere.'],
  [['routes', 'nowhere'], 'There is nothing at nowhere.'],
])('%j is wrong use, with a sentence that says what to do', async (argv, sentence) => {
  const { code, out, err } = await open(SERVER).run(argv)
  expect(code).toBe(2)
  expect(err).toContain(sentence)
  expect(out).toBe('')
})

test.each([
  ['an empty folder', {}, 'There is no JavaScript or TypeScript here.'],
  ['a folder without a server', { 'a.js': 'export const x = 1\n' }, 'No server was found here'],
  [
    'a framework without an application',
    { 'package.json': '{"dependencies":{"express":"^5.0.0"}}', 'a.js': 'x()\n' },
    'depends on express, but no application of it was found',
  ],
  [
    'an application that a package of the monorepo makes',
    { 'package.json': '{"dependencies":{"express":"^5.0.0","@acme/http":"workspace:*"}}', 'a.js': "require('@acme/http').serve()\n" },
    '@acme/http is a package of your own that was not read and may make it: check the root of the monorepo',
  ],
  [
    'an unknown framework',
    { 'package.json': '{"dependencies":{"koa":"^2.0.0"}}', 'a.js': 'x()\n' },
    'depends on koa, a framework that Parapet does not know yet',
  ],
])('%s is said, and fails under --require-app alone', async (_, files, sentence) => {
  const { code, out } = await open(files).run(['check'])
  expect([code, out.includes(sentence)]).toEqual([0, true])
  expect((await box.run(['check', '--require-app'])).code).toBe(1)
})

test('a server passes --require-app', async () => {
  const { out } = await open(SERVER).run(['check', '--require-app', '--rule', 'unused-suppression'])
  expect(out).toContain('Seen: 1 Express application (app), 1 route, ')
})

test('applications of several frameworks are counted together, and their frameworks named', async () => {
  const { out } = await open({
    'package.json': '{"dependencies":{"express":"^5.0.0","fastify":"^5.0.0"}}',
    'a.js': "const app = require('express')()\napp.get('/', (req, res) => res.end())\napp.listen(1)\n",
    'b.js': "const server = require('fastify')()\nserver.get('/', () => 'b')\nserver.listen({ port: 2 })\n",
  }).run(['check', '--rule', 'unused-suppression'])
  expect(out).toContain('Seen: 2 applications of Express and Fastify (app and server), 2 routes')
})

test('help names no default that says nothing', async () => {
  const { out } = await open({}).run(['check', '--help'])
  expect([out.includes('default: []'), out.includes('default: false'), out.includes('(default: medium)')]).toEqual([false, false, true])
})

test('a file that does not parse is named with its place and the rest goes on', async () => {
  const { code, out } = await open({ ...SERVER, 'broken.js': 'let a = 1\nlet = = 2\n' }).run(['check', '--rule', 'unused-suppression'])
  expect(code).toBe(0)
  expect(out).toMatch(/not parsed: broken\.js:2:\d+ /)
  expect(out).toContain('1 route')
  expect(out).toMatch(/ \d+ files read, 1 of them not parsed\./)
})

test('a quiet run and a diff name it on the error stream', async () => {
  const { run } = open({ ...SERVER, 'broken.js': 'let a = 1\nlet = = 2\n' })
  for (const option of ['--quiet', '--diff']) {
    const { out, err } = await run(['check', '--rule', 'unused-suppression', option])
    expect([out, err]).toEqual(['', expect.stringMatching(/not parsed: broken\.js:2:\d+ /)])
  }
})

test('a binary, a minified file of 5 MB, an unreadable file, a loop of links: a line each and no crash', async () => {
  const minified = `!function(){${'var a=1;'.repeat(650_000)}}()`
  const { root, run } = open({
    ...SERVER,
    'binary.js': Buffer.from([0, 1, 2, 0, 255]),
    'bundle.js': minified,
    'secret.js': 'x()',
    'src/a.js': 'x()',
  })
  symlinkSync('..', join(root, 'src/loop'))
  symlinkSync('self.js', join(root, 'self.js'))
  chmodSync(join(root, 'secret.js'), 0)
  const { code, out } = await run(['check', '--rule', 'unused-suppression'])
  expect(code).toBe(0)
  expect(out).toMatch(/not read: binary\.js \(/)
  expect(out).toMatch(/not read: bundle\.js \(/)
  expect(out).toMatch(/not read: src\/loop \(symbolic link/)
  // Whoever runs the tests as root can read everything.
  if (process.getuid?.() !== 0) expect(out).toMatch(/not read: secret\.js \(unreadable\)/)
})

test('a file that is asked about and cannot be read is named', async () => {
  const { code, out } = await open({ ...SERVER, 'README.md': '# hello' }).run(['check', 'README.md'])
  expect([code, out.includes('not read: README.md (not a file that Parapet reads, or ignored by git)')]).toEqual([0, true])
})

test('findings are limited to the files that are asked about, while the project around is read', async () => {
  const { run } = open({ ...SERVER, 'a.js': SUPPRESSED, 'lib/b.js': SUPPRESSED })
  const files = async (...paths: string[]) =>
    (JSON.parse((await run(['check', ...paths, '--rule', 'unknown-suppressed-rule', '--format', 'json'])).out) as Json).findings.map(
      ({ file }) => file,
    )
  expect(await files()).toEqual(['a.js', 'lib/b.js'])
  expect(await files('lib/b.js')).toEqual(['lib/b.js'])
  expect(await files('lib', 'package.json')).toEqual(['lib/b.js'])
  expect(await files('lib')).toEqual(['lib/b.js'])
})

interface Json {
  readonly findings: readonly { readonly ruleId: string; readonly file: string; readonly severity: string }[]
  readonly summary: Readonly<Record<string, number>>
}

test('the report for programs has the promised shape, and is the same every time', async () => {
  const { run } = open({ ...SERVER, 'a.js': SUPPRESSED })
  const { code, out } = await run(['check', '--rule', 'unknown-suppressed-rule', '--format', 'json'])
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({
    version: 1,
    findings: [
      {
        ruleId: 'unknown-suppressed-rule',
        severity: 'warning',
        confidence: 'high',
        message: 'There is no rule no-such-rule to suppress.',
        why: expect.any(String) as string,
        how: expect.any(String) as string,
        file: 'a.js',
        range: { start: { line: 1, column: 1 }, end: { line: 1, column: 41 } },
        related: [],
        fingerprint: expect.stringMatching(/^[0-9a-f]{28}$/) as string,
        fix: null,
        references: [],
      },
    ],
    summary: { errors: 0, warnings: 1, infos: 0, files: 1 },
    seen: { applications: expect.any(Number) as number, registrations: 1, notices: [], skipped: [] },
    unparsed: [],
    internalErrors: [],
  })
  expect(Object.keys(JSON.parse(out) as object)).toEqual(['version', 'findings', 'summary', 'seen', 'unparsed', 'internalErrors'])
  expect((await run(['check', '--rule', 'unknown-suppressed-rule', '--format', 'json'])).out).toBe(out)
})

test('warnings fail unless they are tolerated', async () => {
  const { run } = open({ ...SERVER, 'a.js': SUPPRESSED })
  const code = async (...options: string[]) => (await run(['check', '--rule', 'unknown-suppressed-rule', ...options])).code
  expect([await code(), await code('--max-warnings', '1')]).toEqual([1, 0])
})

test('the pretty report has a frame, reasons once, a summary and what was seen', async () => {
  const { out } = await open({ ...SERVER, 'a.js': `${SUPPRESSED}${SUPPRESSED}` }).run(['check', '--rule', 'unknown-suppressed-rule'])
  expect(out).toContain('a.js\n\n  1:1  warning  There is no rule no-such-rule to suppress.  unknown-suppressed-rule\n')
  expect(out).toContain('    > 1 │ // parapet-ignore-next-line no-such-rule\n        │ ^^^^')
  expect(out.split('    why  ')).toHaveLength(2)
  expect(out).toContain('2 warnings in 1 file.\n')
  expect(out).toMatch(/Seen: .* registrations? reached, 0 scopes incomplete, \d+ files read\./)
})

test('a quiet run prints a line for each finding and nothing when there is nothing', async () => {
  const { run } = open({ ...SERVER, 'a.js': SUPPRESSED })
  expect((await run(['check', '--quiet', '--rule', 'unknown-suppressed-rule'])).out).toBe(
    'a.js:1:1 warning There is no rule no-such-rule to suppress. unknown-suppressed-rule\n',
  )
  expect(await run(['check', '--quiet', '--rule', 'unused-suppression'])).toEqual({ code: 0, out: '', err: '' })
})

test('figures come with --stats', async () => {
  const { out } = await open(SERVER).run(['check', '--stats'])
  expect(out).toMatch(/Statistics\n {2}read and extract/)
  expect(out).toMatch(/exhausted budgets +0\n/)
})

test('the nearest configuration counts, and a broken one is wrong use with its place', async () => {
  const { run, write } = open({
    ...SERVER,
    'a.js': SUPPRESSED,
    'parapet.config.json': '{ "rules": { "unknown-suppressed-rule": "off", "suppression-without-reason": "error" } } // ours',
  })
  const ids = async () =>
    (JSON.parse((await run(['check', 'a.js', '--format', 'json'])).out) as Json).findings.map(
      ({ ruleId, severity }) => `${ruleId} ${severity}`,
    )
  expect(await ids()).toContain('suppression-without-reason error')
  expect((await ids()).join()).not.toContain('unknown-suppressed-rule')
  write({ 'parapet.config.json': '{\n  "rules": { "no-consol": "off" }\n}' })
  const broken = await run(['check'])
  expect([broken.code, broken.err.includes('parapet.config.json:2:14 There is no rule "no-consol".')]).toEqual([2, true])
})

test('a configuration above the checked folder applies with its own view of paths', async () => {
  const { run } = open({
    'api/package.json': '{}',
    'api/a.js': SUPPRESSED,
    'api/old/b.js': SUPPRESSED,
    'parapet.config.json': '{ "ignores": ["api/old"] }',
  })
  const { out } = await run(['check', 'api', '--format', 'json', '--rule', 'unknown-suppressed-rule'])
  expect((JSON.parse(out) as Json).findings.map(({ file }) => file)).toEqual(['a.js'])
})

test('a package.json above the checked folder is mentioned', async () => {
  const { run } = open({ ...SERVER, 'src/a.js': 'x()', 'examples/a.js': 'x()' })
  expect((await run(['check', 'src'])).out).toContain('note: src was looked at within the package around it; paths are seen from there.')
  const { out } = await run(['check', 'examples'])
  expect(out).toContain('../package.json lies outside the checked folder and was not read')
})

test('colours on demand, and progress on the terminal of errors only', async () => {
  const { run } = open(SERVER)
  expect((await run(['check'], { env: { FORCE_COLOR: '1' } })).out).toContain('\u001b[')
  expect((await run(['check'], { isOutTty: true, env: { NO_COLOR: '1' } })).out).not.toContain('\u001b[')
  const shown = await run(['check'], { isErrTty: true })
  expect(shown.err).toContain('Reading…')
  expect(shown.out).not.toContain('…')
})

// Parts of a monorepo: together they say what one run over everything says.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import type { Log } from 'sarif'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { planShard } from '../workspace/shards.js'
import { sandbox, type Sandbox } from './testTerminal.js'

const server = (imports: string): string =>
  `const express = require('express')\n${imports}\nconst app = express()\napp.get('/', (req, res) => { res.json({}) })\napp.listen(3000)\n`
const manifest = (name: string, dependencies: Readonly<Record<string, string>> = {}): string =>
  JSON.stringify({ name, dependencies: { express: '^5.0.0', ...dependencies }, scripts: { start: 'node app.js' } })

const FILES = {
  'package.json': '{ "private": true, "workspaces": ["apps/*", "packages/*"] }',
  'tsconfig.json': '{ "compilerOptions": { "baseUrl": ".", "paths": { "@shop/*": ["packages/*"] } } }',
  'apps/one/package.json': manifest('one', { kit: '*' }),
  'apps/one/app.js': server("app.use(require('kit').log)").replace("app.use(require('kit').log)\n", "const { log } = require('kit')\n"),
  'apps/two/package.json': manifest('two', { kit: '*' }),
  'apps/two/app.js': server("const { log } = require('kit')"),
  'apps/three/package.json': manifest('three'),
  'apps/three/app.js': server("const { log } = require('../../packages/near')"),
  'apps/four/package.json': manifest('four'),
  'apps/four/app.ts':
    "import express from 'express'\nimport { log } from '@shop/alias/index'\nexport const app = express()\napp.use(log)\napp.listen(1)\n",
  'packages/kit/package.json': '{ "name": "kit", "main": "index.js" }',
  'packages/kit/index.js': "exports.log = (req, res, next) => {\n  console.log('kit')\n  next()\n}\n",
  'packages/near/package.json': '{ "name": "near" }',
  'packages/near/index.js': "exports.log = (req, res, next) => {\n  console.log('near')\n  next()\n}\n",
  'packages/alias/package.json': '{ "name": "not-its-alias" }',
  'packages/alias/index.ts': "export const log = (req, res, next) => {\n  console.log('alias')\n  next()\n}\n",
  'packages/lonely/package.json': '{ "name": "lonely" }',
  'packages/lonely/index.js': "exports.f = (req, res) => {\n  console.log('lonely')\n}\n",
}

let box: Sandbox
beforeEach(() => {
  box = sandbox(FILES)
})
afterEach(() => {
  box.remove()
})
const read = (file: string): unknown => JSON.parse(readFileSync(join(box.root, file), 'utf8'))

async function parts(count: number, format: string): Promise<readonly string[]> {
  const files: string[] = []
  for (let index = 1; index <= count; index++) {
    const file = `.out/${index}.${format}`
    await box.run(['check', '--shard', `${index}/${count}`, '--format', `${format}=${file}`])
    files.push(file)
  }
  return files
}

test('applications go to the parts in turn, with the packages that they load by name, path and alias', () => {
  const excluded = (index: number, count: number): readonly string[] => {
    const { isExcluded, applications, total } = planShard(box.root, { index, count })
    expect(total).toBe(4)
    return [
      ...applications,
      '|',
      ...Object.keys(FILES)
        .filter((file) => /index|app\./.test(file) && !isExcluded(file))
        .map((file) => file.split('/')[1] ?? ''),
    ]
  }
  expect(excluded(1, 4)).toEqual(['apps/four', '|', 'four', 'kit', 'near', 'alias', 'lonely'])
  expect(excluded(2, 4)).toEqual(['apps/one', '|', 'one', 'kit'])
  expect(excluded(3, 4)).toEqual(['apps/three', '|', 'three', 'near'])
  expect(excluded(4, 4)).toEqual(['apps/two', '|', 'two', 'kit'])
  expect(planShard(box.root, { index: 5, count: 5 }).applications).toEqual([])
})

test.each([1, 2, 4, 6])('%i parts in JSON come to the findings of one run', async (count) => {
  const whole = await box.run(['check', '--format', 'json'])
  const files = await parts(count, 'json')
  const merged = await box.run(['merge', ...files])
  expect(merged.code).toBe(whole.code)
  const [one, other] = [whole, merged].map(({ out }) => JSON.parse(out) as Record<string, unknown> & { seen: Record<string, unknown> })
  expect(other?.['findings']).toEqual(one?.['findings'])
  // What is hidden in a package that parts share counts in each.
  expect({ ...(other?.['summary'] as object), hidden: 0 }).toEqual({ ...(one?.['summary'] as object), hidden: 0 })
  expect([other?.seen['applications'], other?.seen['routes']]).toEqual([one?.seen['applications'], one?.seen['routes']])
  expect((await box.run(['merge', ...files.toReversed()])).out).toBe(merged.out)
})

test('parts in SARIF come to one run with the results of the whole', async () => {
  const whole = JSON.parse((await box.run(['check', '--format', 'sarif'])).out) as Log
  const merged = await box.run(['merge', ...(await parts(3, 'sarif')), '-o', '.out/all.sarif'])
  expect([merged.code, merged.out, merged.err]).toEqual([1, '', expect.stringContaining('from 3 parts. Written: .out/all.sarif.')])
  const all = read('.out/all.sarif') as Log
  expect(all.runs).toHaveLength(1)
  expect(all.runs[0]?.results).toEqual(whole.runs[0]?.results)
  expect(all.runs[0]?.tool).toEqual(whole.runs[0]?.tool)
  const schema = JSON.parse(readFileSync(new URL('../testing/schemas/sarif.json', import.meta.url), 'utf8')) as object
  const ajv = new Ajv({ strict: false, formats: { uri: true, 'uri-reference': true } })
  expect(ajv.validate(schema, all), ajv.errorsText()).toBe(true)
})

test('a part says which it is, and one without an application does not fail for that', async () => {
  const { out } = await box.run(['check', '--shard', '2/4'])
  expect(out).toContain('Part 2 of 4: apps/one. `parapet merge` puts the parts together.')
  const empty = await box.run(['check', '--shard', '6/6', '--require-app'])
  expect([empty.code, empty.out]).toEqual([0, expect.stringContaining('Part 6 of 6 has no application: there are 4 in all.')])
})

test('a baseline and a comparison hold for parts too', async () => {
  await box.run(['baseline', 'create'])
  for (const index of [1, 2, 3, 4]) {
    const { code, out } = await box.run(['check', '--shard', `${index}/4`, '--baseline', 'parapet.baseline.json'])
    expect([code, out.includes('obsolete')]).toEqual([0, false])
  }
})

test.each([
  [['check', '--shard', '0/4'], '--shard wants a part and how many there are, such as 1/4, and not 0/4.'],
  [['check', '--shard', '5/4'], 'and not 5/4.'],
  [['merge', 'nowhere.json'], 'There is nothing to read at nowhere.json.'],
  [['merge', 'apps/one/app.js'], 'apps/one/app.js is not JSON'],
  [['merge', 'package.json'], 'package.json is no report of Parapet in JSON or SARIF.'],
])('%j is wrong use', async (argv, sentence) => {
  const { code, err } = await box.run(argv)
  expect([code, err.includes(sentence)]).toEqual([2, true])
})

test('a part that is missing is said, since it would look like one without findings', async () => {
  const [first = '', , third = ''] = await parts(3, 'json')
  expect((await box.run(['merge', first, third])).err).toContain('Of 3 parts 2 is missing.')
  const twice = await box.run(['merge', first, first, third])
  expect([twice.code, twice.err]).toEqual([2, expect.stringContaining('Part 1 of 3 is given twice')])
  const [other = ''] = await parts(2, 'json')
  const mixed = await box.run(['merge', other, third])
  expect([mixed.code, mixed.err]).toEqual([2, expect.stringContaining('different splits')])
})

test('one application is checked with what it loads, and findings need not fail', async () => {
  const { code, out } = await box.run(['check', '--application', 'apps/one', '--exit-zero'])
  expect([code, out]).toEqual([0, expect.stringContaining('Only apps/one was checked, with the packages that it loads.')])
  const inside = await box.run(['check', '../..', '--application', '.', '--format', 'json'], { cwd: join(box.root, 'apps/one') })
  const files = (JSON.parse(inside.out) as { findings: { file: string }[] }).findings.map(({ file }) => file)
  expect([inside.code, new Set(files)]).toEqual([1, new Set(['apps/one/app.js'])])
  const outside = await box.run(['check', 'apps/one', '--application', 'apps/two'])
  expect([outside.code, outside.err]).toEqual([2, expect.stringContaining('lies outside the checked folder')])
  expect((await box.run(['check', '--application', 'apps/one', '--shard', '1/2'])).code).toBe(2)
  const unknown = await box.run(['check', '--application', 'apps/nope'])
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('apps/nope holds no package')])
})

// `parapet report`: its formats, and what changed since a baseline.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sandbox, type Sandbox } from '../testTerminal.js'
import { WEAK_SERVER } from '../weakServer.js'

let project: Sandbox
beforeEach(() => void (project = sandbox(WEAK_SERVER)))
afterEach(() => project.remove())

test('Markdown is printed, with the place of every answer', async () => {
  const { code, out, err } = await project.run(['report', '--no-cache'])
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out).toContain(
    '### ✓ Every route stands behind a rate limit (in place)\n\n- **in place** 2 of 2 routes behind a rate limit.\n  - `app.js:6`',
  )
  expect(out).toContain('### ✗ Server code logs through the logger and not the console (missing)')
  expect(out).toContain('| GET | `/users/:id` | `routes/users.js:6` |')
})

test('several formats are written at once, the same each time', async () => {
  const print = async (format: string): Promise<string> => (await project.run(['report', '--no-cache', '--format', format])).out
  const texts = [await print('json'), await print('html')]
  expect([await print('json'), await print('html')]).toEqual(texts)
  const argv = ['report', '--no-cache', '--format', 'json=out/a.json', '--format', 'html=out/a.html']
  expect(await project.run(argv)).toEqual({ code: 0, out: '', err: '' })
  expect(['out/a.json', 'out/a.html'].map((file) => readFileSync(join(project.root, file), 'utf8'))).toEqual(texts)
  const report = JSON.parse(texts[0] ?? '') as { version: number; areas: { id: string; score: number | null }[]; change: null }
  expect(report.version).toBe(1)
  expect(report.change).toBe(null)
  expect(report.areas.find(({ id }) => id === 'rate-limits')).toMatchObject({ score: 100 })
  expect(texts[1]).toMatch(/Content-Security-Policy" content="default-src &apos;none&apos;/)
  expect(texts[1]).not.toMatch(/(src|href)="(?!#)/)
  expect(texts[1]).not.toMatch(/ style="| on\w+="/)
})

test('text of a project cannot become markup', async () => {
  project.write({
    'routes/users.js': `module.exports = require('express').Router().get('/<img src=x onerror=alert(1)>|\`', (req, res) => res.end())\n`,
  })
  const html = await project.run(['report', '--no-cache', '--format', 'html'])
  expect(html.out).not.toContain('<img')
  expect(html.out).toContain('&lt;img src=x')
  const markdown = await project.run(['report', '--no-cache'])
  const row = markdown.out.split('\n').find((line) => line.startsWith('| GET |')) ?? ''
  expect(row.replaceAll('\\|', '').split('|')).toHaveLength(11)
})

test('what changed since a baseline', async () => {
  await project.run(['baseline', 'create', '--no-cache', '--min-confidence', 'medium'])
  const same = await project.run(['report', '--no-cache', '--baseline', 'parapet.baseline.json', '--format', 'json'])
  expect(JSON.parse(same.out)).toMatchObject({ change: { baseline: 'parapet.baseline.json', fresh: [], gone: [] } })
  project.write({
    'app.js': (WEAK_SERVER['app.js'] ?? '').replace('app.use(helmet())\n', ''),
    'routes/users.js': (WEAK_SERVER['routes/users.js'] ?? '').replace("  console.log('list')\n", ''),
  })
  const changed = await project.run(['report', '--no-cache', '--baseline', 'parapet.baseline.json', '--format', 'json'])
  const { change } = JSON.parse(changed.out) as { change: { fresh: { ruleId: string }[]; gone: { ruleId: string }[] } }
  expect(change.fresh.map(({ ruleId }) => ruleId)).toContain('require-security-headers')
  expect(change.gone.map(({ ruleId }) => ruleId)).toEqual(['no-console'])
  const page = await project.run(['report', '--no-cache', '--baseline', 'parapet.baseline.json', '--format', 'html'])
  expect(page.out).toContain('<strong>gone</strong>')
})

test('a format that does not exist, and a file without a name, are wrong use', async () => {
  expect(await project.run(['report', '--format', 'pdf'])).toMatchObject({ code: 2 })
  expect(await project.run(['report', '--format', 'json='])).toMatchObject({ code: 2 })
})

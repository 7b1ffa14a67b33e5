// What npm publishes: the command line with its documentation. The extension has a package of its own.
import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
/** npm packs the file that `main` names, whatever its rules say. */
const ALLOWED =
  /^(package\.json|README\.md|CHANGELOG\.md|LICENSE|docs\/[\w.-]+\.(md|json)|rules\/[a-z-]+\/README\.md|dist\/[\w.-]+\.js|dist\/extension\/client\.cjs)$/

test('nothing but the command line is published', () => {
  const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [{ files }] = JSON.parse(output) as [{ files: { path: string }[] }]
  const paths = files.map(({ path }) => path)
  expect(paths.filter((path) => !ALLOWED.test(path))).toEqual([])
  expect(paths).toEqual(expect.arrayContaining(['package.json', 'rules/no-console/README.md', 'docs/parapet.schema.json']))
})

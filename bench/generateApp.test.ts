// The generated project has the size that the benchmark speaks of.
import { expect, test } from 'vitest'
import { generateApp, LARGE } from './generateApp.js'

test('the large project has 3,000 source files, of which 60 % hang together, and 1,500 routes', () => {
  const { files } = generateApp(LARGE)
  const sources = [...files].filter(([path]) => /\.tsx?$/.test(path))
  const unreached = sources.filter(([path]) => path.startsWith('web/') || path.startsWith('src/legacy/'))
  const routes = sources.flatMap(([, text]) => text.match(/^router\.(get|post|put|patch|delete)\(/gm) ?? [])
  expect([sources.length, sources.length - unreached.length, routes.length]).toEqual([3000, 1800, 1500])
})

test('every relative import of the generated project leads to a generated file', () => {
  const { files } = generateApp({ features: 3, routesPerFeature: 4, prices: 5, unreachedFiles: 6 })
  const dangling: string[] = []
  for (const [path, text] of files) {
    for (const [, specifier] of text.matchAll(/from '(\.[^']*)\.js'/g)) {
      const target = new URL(`${specifier}.ts`, `file:///${path}`).pathname.slice(1)
      if (!files.has(target)) dangling.push(`${path} → ${specifier}`)
    }
  }
  expect(dangling).toEqual([])
})

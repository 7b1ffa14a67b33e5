// Which layers run for which paths: optional parts, wildcards and texts that go on.
import { expect, test } from 'vitest'
import { covers, shapeOf } from './routePath.js'

const answer = (layer: string, route: string, mode: 'prefix' | 'exact'): string => covers(shapeOf(layer), shapeOf(route), mode)

// Each was run with Express 5.3, or with 4.22 where its syntax is that of Express 4.
test.each([
  ['/items{/*rest}', '/items', 'yes'],
  ['/items{/*rest}', '/items/:id', 'yes'],
  ['/items{/*rest}', '/items/:id/parts', 'yes'],
  ['/items{/*rest}', '/itemsx', 'no'],
  ['/items{/:id}', '/items', 'yes'],
  ['/items{/:id}', '/items/:id/parts', 'no'],
  ['/{*rest}', '/', 'yes'],
  ['/{*rest}', '/items/:id', 'yes'],
  ['/a{/b}/c', '/a/c', 'yes'],
  ['/a{/b}/c', '/a/b/c', 'yes'],
  ['/a{/b}/c', '/a/b', 'no'],
  ['/items*', '/items/:id', 'yes'],
  ['/items*', '/itemsx', 'yes'],
  ['/items*', '/shops', 'no'],
  ['/opt/:part?', '/opt', 'yes'],
])('all(%s) in front of %s: %s', (layer, route, expected) => {
  expect(answer(layer, route, 'exact')).toBe(expected)
})

test.each([
  ['/opt', '/opt{/:part}', 'yes'],
  ['/opt', '/opt/:part?', 'yes'],
  ['/opt/:part', '/opt{/:part}', 'maybe'],
  ['/shop', '/opt{/:part}', 'no'],
  ['/opt{/:part}', '/opt{/:part}/x', 'yes'],
  ['/files', '/files{/*path}', 'yes'],
  ['/files', '/{*path}', 'maybe'],
])('use(%s) in front of %s: %s', (layer, route, expected) => {
  expect(answer(layer, route, 'prefix')).toBe(expected)
})

// Statements that move, and expressions that are held in a constant.
import { expect, test } from 'vitest'
import { edited } from '../../testing/edited.js'

const lines = (...text: string[]): string => `${text.join('\n')}\n`

/** `limit()` in front of `route()`. */
const moved = (...text: string[]): string | null =>
  edited({ 'a.js': lines(...text) }, (editor, { at }) => editor.moveBefore(at('limit()'), at('route()')))

test('comments above a statement and behind it move with it, and those that stand apart stay', () => {
  expect(moved('// apart', '', 'route()', '', '// why', 'limit() // so', '', 'end()')).toBe(
    lines('// apart', '', '// why', 'limit() // so', '', 'route()', '', 'end()'),
  )
})

test('a statement in front of a comment stands in front of what that speaks of', () => {
  expect(moved('a()', '// the route', 'route()', 'limit()')).toBe(lines('a()', 'limit()', '// the route', 'route()'))
})

test('what stood apart stands apart again, and the end of the file stays its end', () => {
  expect(moved('a()', '', 'route()', '', 'limit()')).toBe(lines('a()', '', 'limit()', '', 'route()'))
  expect(moved('a()', 'route()', '', '', 'limit()')).toBe(lines('a()', 'limit()', 'route()'))
})

test('conditions that guard nothing else go with it', () => {
  expect(moved('route()', 'if (a) {', '  // why', '  if (b) limit()', '}', 'end()')).toBe(
    lines('if (a) {', '  // why', '  if (b) limit()', '}', 'route()', 'end()'),
  )
  expect(moved('route()', 'if (a) {', '  limit()', '  other()', '}')).toBeNull()
  expect(moved('route()', 'if (a) limit()', 'else other()')).toBeNull()
})

test('a statement stays behind what it needs, and functions are there before', () => {
  expect(moved('route()', 'const a = 1', 'if (a) limit()')).toBeNull()
  expect(moved('route()', 'function a() {}', 'if (a) limit()')).toBe(lines('if (a) limit()', 'route()', 'function a() {}'))
  expect(moved('route(); limit()')).toBeNull()
})

test('something can come in front of what moves', () => {
  const after = edited({ 'a.mjs': lines('route()', 'limit()') }, (editor, { at }) =>
    editor.moveBefore(at('limit()'), at('route()'), 'await '),
  )
  expect(after).toBe(lines('await limit()', 'route()'))
})

/** `listen()` as `server`, closed behind it. */
const held = (...text: string[]): string | null =>
  edited({ 'a.mjs': lines(...text) }, (editor, { at }) => editor.holdAs(at('listen()'), 'server', 'close(server)'))

test('an expression is held where it stands alone, is returned, exported or answered', () => {
  expect(held('listen() // now', 'end()')).toBe(lines('const server = listen() // now', 'close(server)', 'end()'))
  expect(held('if (a) listen()')).toBe(lines('if (a) {', '  const server = listen()', '  close(server)', '}'))
  expect(held('function start() {', '  return listen();', '}')).toBe(
    lines('function start() {', '  const server = listen();', '  close(server);', '  return server;', '}'),
  )
  expect(held('export default listen()')).toBe(lines('const server = listen()', 'close(server)', 'export default server'))
  expect(held('const start = () => listen()')).toBe(
    lines('const start = () => {', '  const server = listen()', '  close(server)', '  return server', '}'),
  )
})

test('what adds listeners to it belongs to it', () => {
  expect(held("listen().on('error', fail).once('listening', () => end())", 'end()')).toBe(
    lines("const server = listen().on('error', fail).once('listening', () => end())", 'close(server)', 'end()'),
  )
  expect(held("export default listen().on('error', fail)")).toBe(
    lines("const server = listen().on('error', fail)", 'close(server)', 'export default server'),
  )
  expect(held('listen().address()')).toBeNull()
})

test('a part of another expression is not held', () => {
  expect(held('export default { server: listen() }')).toBeNull()
  expect(held('const start = () => [listen()]')).toBeNull()
  expect(held('export default /* it */ listen()')).toBeNull()
})

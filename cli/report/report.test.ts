// The pieces of reports: frames, tables, wrapped text, diffs, and what must not reach a terminal.
import picocolors from 'picocolors'
import { expect, test } from 'vitest'
import { printable } from '../terminal.js'
import { codeFrame } from './codeFrame.js'
import { unifiedDiff } from './diff.js'
import { table } from './table.js'
import { wrapped } from './wrapped.js'

const plain = picocolors.createColors(false)

function range(line: number, column: number, endLine: number, endColumn: number) {
  return { start: { line, column, offset: 0 }, end: { line: endLine, column: endColumn, offset: 0 } }
}

test('a frame shows two lines before and marks the place', () => {
  expect(codeFrame('a\nb\nc\nlet x = bad()\ne', range(4, 9, 4, 14), plain)).toEqual([
    '  2 │ b',
    '  3 │ c',
    '> 4 │ let x = bad()',
    '    │         ^^^^^',
  ])
})

test('numbers of lines are lined up, and a place of several lines is marked to the end of its first', () => {
  const text = Array.from({ length: 10 }, (_, index) => `line${index + 1}(  `).join('\n')
  expect(codeFrame(text, range(10, 5, 12, 3), plain)).toEqual([
    '   8 │ line8(  '.trimEnd(),
    '   9 │ line9(',
    '> 10 │ line10(',
    '     │     ^^^',
  ])
})

test('tabs are widened so that the mark stands under its place', () => {
  expect(codeFrame('\t\tbad()', range(1, 3, 1, 8), plain)).toEqual(['> 1 │     bad()', '    │     ^^^^^'])
})

test('a very long line is cut, and a mark beyond the cut is left out', () => {
  const [line, mark] = codeFrame(`${'x'.repeat(500)}bad()`, range(1, 501, 1, 506), plain)
  expect(line?.length).toBeLessThan(180)
  expect(mark).toBeUndefined()
})

test('an empty place still has a mark, and a line that is not there has no frame', () => {
  expect(codeFrame('a', range(1, 1, 1, 1), plain)).toEqual(['> 1 │ a', '    │ ^'])
  expect(codeFrame('a', range(7, 1, 7, 2), plain)).toEqual([])
})

test('what would steer a terminal is shown as a dot', () => {
  expect(printable('a\u001b[31mb\u0007\u202ec\td')).toBe('a·[31mb··c  d')
})

test('a table lines up its columns', () => {
  expect(
    table(
      ['method', 'path'],
      [
        ['GET', '/'],
        ['DELETE', '/users/:id'],
      ],
      plain,
    ),
  ).toBe('method  path\nGET     /\nDELETE  /users/:id\n')
})

test('text broken at blanks', () => {
  expect(wrapped('one two three four', 12, 'why ', '    ')).toEqual(['why one two', '    three', '    four'])
})

test('a diff is what git apply takes, also for a new file', () => {
  const texts = new Map([
    ['a.js', 'one\nTWO\n'],
    ['b.js', 'new\n'],
  ])
  expect(unifiedDiff(texts, (file) => (file === 'a.js' ? 'one\ntwo\n' : ''))).toBe(
    '--- a/a.js\n+++ b/a.js\n@@ -1,2 +1,2 @@\n one\n-two\n+TWO\n--- /dev/null\n+++ b/b.js\n@@ -0,0 +1,1 @@\n+new\n',
  )
  expect(unifiedDiff(new Map(), () => '')).toBe('')
})

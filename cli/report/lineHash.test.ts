// Hashes of lines as code scanning computes them. The expected values are those that GitHub's own tests state for these texts.
import { expect, test } from 'vitest'
import { lineHashes } from './lineHash.js'

test.each([
  ['', ['c129715d7a2bc9a3:1']],
  [' a\nb\n  \t\tc\n d', ['271789c17abda88f:1', '54703d4cd895b18:1', '180aee12dab6264:1', 'a23a3dc5e078b07b:1']],
])('%j', (text, hashes) => {
  expect(lineHashes(text)).toEqual(hashes)
})

test('line ends make no difference', () => {
  const lines = [' hello; \t', 'world!!!', '', '', '  \t\tGreetings', ' End', '']
  const expected = lineHashes(lines.join('\n'))
  expect(expected[0]).toBe('e9496ae3ebfced30:1')
  expect(lineHashes(lines.join('\r\n'))).toEqual(expected)
  expect(lineHashes(lines.join('\r'))).toEqual(expected)
})

test('equal surroundings are numbered', () => {
  const hashes = lineHashes('Lorem ipsum dolor sit amet.\n'.repeat(10))
  expect(hashes.slice(0, 3)).toEqual(['a7f2ff13bc495cf2:1', 'a7f2ff13bc495cf2:2', 'a7f2ff13bc495cf2:3'])
  expect(new Set(hashes).size).toBe(11)
})

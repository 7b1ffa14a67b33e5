// Texts that would end the process, and texts that only look like it.
import { expect, test } from 'vitest'
import { isTooDeep } from './nesting.js'
import { parseSource } from './parse.js'

const many = 120_000

test.each([
  ['parentheses', '('.repeat(many)],
  ['arrays', '['.repeat(many) + ']'.repeat(many)],
  ['sums', 'a' + '+a'.repeat(many)],
  ['sums over lines', 'a' + '\n+ "a"'.repeat(many)],
  ['negations', '!'.repeat(many) + 'a'],
  ['calls', 'f('.repeat(many)],
  ['chained calls', 'a()' + '\n.b()'.repeat(many)],
  ['arrows', 'a=>'.repeat(many) + '1'],
  ['blocks', '{'.repeat(many)],
  ['branches', 'if(a)\n'.repeat(many) + ';'],
  ['else branches', 'if(a);else '.repeat(many) + ';'],
  ['conditionals', 'a?b:'.repeat(many) + 'c'],
  ['templates', '`${'.repeat(many)],
  ['types', 'let x: ' + 'A<'.repeat(many)],
  ['elements', '<a>\n'.repeat(many)],
  ['operators that are words', 'await\n'.repeat(many) + 'a'],
  ['behind a string', 'a("it\'s (");' + '['.repeat(many)],
  ['behind a comment', "/* don't */" + '['.repeat(many)],
])('%s nest too deeply', (_, text) => {
  expect(isTooDeep(text)).toBe(true)
  expect(parseSource('a.ts', text)).toEqual({ kind: 'broken', message: 'nested too deeply', offset: 0 })
})

test.each([
  ['many statements', 'app.use(a)\n'.repeat(many)],
  ['many elements', `[${'a, '.repeat(many)}]`],
  ['many branches that end', 'if (a) { b() }\n'.repeat(3_000)],
  ['a long string', `a = "${'('.repeat(many)}"`],
  ['a long comment', `/* ${'( '.repeat(many)}*/ a`],
  ['a line comment', `// ${'( '.repeat(many)}\na`],
  ['an unfinished comment', `a /* ${'( '.repeat(many)}`],
  ['a short text', '('.repeat(100)],
])('%s do not', (_, text) => {
  expect(isTooDeep(text)).toBe(false)
})

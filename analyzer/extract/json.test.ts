// JSON files, as facts.
import { expect, test } from 'vitest'
import { factsOf, statementShapes } from '../../testing/factShapes.js'
import { extractFacts } from './extractFacts.js'

test('a JSON file exports its value', () => {
  expect(statementShapes('// note\n{ "a": [1, -2.5, true, null, "s"], "b": {}, }', 'a.json')).toEqual([
    [
      'exportAssignment',
      [
        'object',
        [
          { kind: 'property', key: 'a', value: ['array', [1, -2.5, true, null, 's'].map((value) => ['literal', value])] },
          { kind: 'property', key: 'b', value: ['object', []] },
        ],
      ],
    ],
  ])
  expect(factsOf('{}', 'tsconfig.json').language).toBe('json')
})

test('a byte order mark shifts nothing', () => {
  const text = '\uFEFF{"a":1}'
  const spans = factsOf(text, 'a.json').functions['']?.spans ?? []
  expect(text.slice(spans[2], spans[3])).toBe('{"a":1}')
})

test.each([
  ['{ "a": }', 'value expected', 1, 8],
  ['', 'value expected', 1, 1],
  ['{\n"a": 1', 'close brace expected', 2, 7],
])('%s is unparsed', (text, message, line, column) => {
  expect(extractFacts('a.json', text)).toMatchObject({ kind: 'unparsed', message, line, column })
})

test('endless nesting is unparsed', () => {
  expect(extractFacts('a.json', '['.repeat(100_000) + ']'.repeat(100_000))).toMatchObject({
    kind: 'unparsed',
    message: 'nested too deeply',
  })
})

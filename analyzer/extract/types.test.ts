// Type annotations, as facts.
import { expect, test } from 'vitest'
import { factsOf } from '../../testing/factShapes.js'

const plain = (name: string) => ({ name, args: [] })

test.each([
  ['string', plain('string')],
  ['Request', plain('Request')],
  ['express.Application', plain('express.Application')],
  ['Promise<Request[]>', { name: 'Promise', args: [{ name: 'Array', args: [plain('Request')] }] }],
  ['readonly string[]', { name: 'Array', args: [plain('string')] }],
  ['(A)', plain('A')],
  ['A | null', { name: '|', args: [plain('A'), plain('null')] }],
  ['A & B', { name: '&', args: [plain('A'), plain('B')] }],
  ['"get" | 5', { name: '|', args: [plain('"get"'), plain('5')] }],
  ["import('express').Request", plain('Request')],
  ['this', plain('this')],
  ['{ a: string }', plain('?')],
  ['(a: string) => void', plain('?')],
  ['typeof x', plain('?')],
  ['keyof A', plain('?')],
  ['`a${string}`', plain('?')],
  ['[A, B]', plain('?')],
  ['A extends B ? C : D', plain('?')],
  ['A["b"]', plain('?')],
])('%s', (type, expected) => {
  expect(factsOf(`function f(a: ${type}) {}`).functions['0']?.parameters[0]?.type).toEqual(expected)
})

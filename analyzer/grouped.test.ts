// Groups keep the order in which their items came.
import { expect, test } from 'vitest'
import { addToGroup, addToGroupOnce } from './grouped.js'

test('items stand in their group, in order', () => {
  const groups = new Map<string, number[]>()
  for (const item of [1, 2, 3, 3]) addToGroup(groups, item % 2 === 0 ? 'even' : 'odd', item)
  expect([...groups]).toEqual([
    ['odd', [1, 3, 3]],
    ['even', [2]],
  ])
})

test('an item that comes again at once stands there once', () => {
  const groups = new Map<string, number[]>()
  for (const item of [1, 1, 2, 1]) addToGroupOnce(groups, 'all', item)
  expect(groups.get('all')).toEqual([1, 2, 1])
})

// Garbage goes where the heap is larger than it should be, and stays where it is not.
import { expect, test } from 'vitest'
import { collectBeyond } from './collect.js'

/** Something that nothing holds once the current turn is over. */
function garbage(): WeakRef<object> {
  return new WeakRef({ text: 'x'.repeat(10) })
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('a heap beyond the limit is collected, a smaller one is left alone', async () => {
  const left = garbage()
  await turn()
  collectBeyond(Infinity)
  expect(left.deref()).toBeDefined()
  await turn()
  collectBeyond(0)
  expect(left.deref()).toBeUndefined()
})

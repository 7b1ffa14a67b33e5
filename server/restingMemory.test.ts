// Memory is collected once nobody has typed for a while, and not before.
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createMemoryKeeper } from './restingMemory.js'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Something that nothing holds once the current turn is over. */
function garbage(): WeakRef<object> {
  return new WeakRef({ text: 'x'.repeat(10) })
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

test('what is garbage is gone five seconds after the last analysis', async () => {
  const afterAnalysis = createMemoryKeeper()
  const left = garbage()
  afterAnalysis()
  await turn()
  vi.advanceTimersByTime(4_000)
  afterAnalysis()
  vi.advanceTimersByTime(4_000)
  await turn()
  expect(vi.getTimerCount()).toBe(1)
  vi.advanceTimersByTime(1_000)
  await turn()
  await turn()
  expect(left.deref()).toBeUndefined()
  expect(vi.getTimerCount()).toBe(0)
})

// Answers are asked again where something that they were read from has changed, and only there.
import { expect, test } from 'vitest'
import { type Answer, ask, newAnswer, newSource, note, outdate } from './answers.js'

/** A number that may change, and how often each answer was found. */
function cell(value: number) {
  const source = newSource()
  return {
    read: () => {
      note(source)
      return value
    },
    set: (next: number) => {
      value = next
      outdate(source)
    },
    source,
  }
}

function counted(find: () => unknown): { readonly answer: Answer; readonly count: () => number } {
  let times = 0
  const answer = newAnswer(() => {
    times++
    return find()
  })
  return { answer, count: () => times }
}

test('an answer is found once, and again when what it was read from is another one', () => {
  const number = cell(1)
  const { answer, count } = counted(() => number.read() * 2)
  expect([ask(answer), ask(answer), count()]).toEqual([2, 2, 1])
  number.set(5)
  expect([ask(answer), ask(answer), count()]).toEqual([10, 10, 2])
})

test('an answer that says the same as before leaves those standing that read it', () => {
  const number = cell(1)
  const parity = counted(() => [number.read() % 2])
  const text = counted(() => JSON.stringify(ask(parity.answer)))
  const before = ask(parity.answer)
  expect(ask(text.answer)).toBe('[1]')
  number.set(3)
  expect(ask(text.answer)).toBe('[1]')
  expect(ask(parity.answer)).toBe(before)
  expect([parity.count(), text.count()]).toEqual([2, 1])
  number.set(4)
  expect(ask(text.answer)).toBe('[0]')
  expect([parity.count(), text.count()]).toEqual([3, 2])
})

test('calls and values of the boot are the same only where they are the same object', () => {
  const number = cell(1)
  const call = counted(() => ({ callee: number.read() > 0, args: [] }))
  const value = counted(() => ({ kind: 'literal', at: null, value: number.read() > 0 }))
  const reader = counted(() => [ask(call.answer), ask(value.answer)])
  ask(reader.answer)
  number.set(2)
  ask(reader.answer)
  expect(reader.count()).toBe(2)
})

test('what is read depends on what was read before it', () => {
  const isOn = cell(1)
  const divisor = cell(2)
  const inner = counted(() => {
    if (divisor.read() === 0) throw new Error('divided by zero')
    return 10 / divisor.read()
  })
  const outer = counted(() => (isOn.read() === 1 ? ask(inner.answer) : 'off'))
  expect(ask(outer.answer)).toBe(5)
  divisor.set(0)
  isOn.set(0)
  expect(ask(outer.answer)).toBe('off')
  expect(inner.count()).toBe(1)
  isOn.set(1)
  expect(() => ask(outer.answer)).toThrow('divided by zero')
  divisor.set(5)
  expect(ask(outer.answer)).toBe(2)
})

test('an answer that nobody reads any more is forgotten', () => {
  const which = cell(1)
  const number = cell(7)
  const inner = counted(() => number.read())
  const outer = counted(() => (which.read() === 1 ? ask(inner.answer) : 0))
  ask(outer.answer)
  expect(number.source.readers.size).toBe(1)
  which.set(2)
  expect(ask(outer.answer)).toBe(0)
  expect(number.source.readers.size).toBe(0)
  which.set(1)
  number.set(8)
  expect(ask(outer.answer)).toBe(8)
})

test('an answer that one reader leaves while another, which is still in the making, has read it is not forgotten', () => {
  const which = cell(1)
  const number = cell(7)
  const inner = counted(() => number.read())
  const leaving = counted(() => (which.read() === 1 ? ask(inner.answer) : 0))
  const staying = counted(() => [ask(inner.answer), ask(leaving.answer)])
  ask(leaving.answer)
  which.set(2)
  expect(ask(staying.answer)).toEqual([7, 0])
  number.set(8)
  expect(ask(staying.answer)).toEqual([8, 0])
})

// A table does what a Map does, whatever its size.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Table } from './table.js'

type Step = readonly ['set' | 'delete' | 'get' | 'clear', name: string]

// More names than a list holds, and the names that objects have by themselves.
const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', '', 'constructor', '__proto__')
const kind = fc.constantFrom('set', 'set', 'set', 'set', 'set', 'delete', 'get', 'clear')
const steps: fc.Arbitrary<Step[]> = fc.array(fc.tuple(kind, name) as fc.Arbitrary<Step>, { maxLength: 60 })

test('after any steps it holds what a Map holds, in the same order', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const table = new Table<{ at: number }>()
      const map = new Map<string, { at: number }>()
      for (const [at, [step, one]] of all.entries()) {
        const value = { at }
        if (step === 'set') [table, map].forEach((each) => each.set(one, value))
        else if (step === 'delete') expect(table.delete(one)).toBe(map.delete(one))
        else if (step === 'clear') [table, map].forEach((each) => each.clear())
        expect([table.size, table.has(one), table.get(one)]).toEqual([map.size, map.has(one), map.get(one)])
      }
      expect([...table]).toEqual([...map])
      expect([...table.keys()]).toEqual([...map.keys()])
      expect([...table.values()]).toEqual([...map.values()])
      const walked: unknown[] = []
      table.forEach((value, one) => walked.push([one, value]))
      expect(walked).toEqual([...map])
    }),
  )
})

test.each([2, 20])('a walk over %i names meets those that stood there when it began', (count) => {
  const table = new Table<{ at: number }>()
  for (let at = 0; at < count; at++) table.set(`n${at}`, { at })
  const met: string[] = []
  for (const [one, value] of table) {
    met.push(one)
    table.set(`${one} again`, value)
  }
  expect(met).toHaveLength(count)
  expect(table.size).toBe(2 * count)
})

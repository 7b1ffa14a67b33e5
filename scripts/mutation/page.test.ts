// What the page says about mutants that survive.
import { expect, test } from 'vitest'
import type { Mutant } from './mutants.js'
import { mutationPage } from './page.js'

const mutant: Mutant = { file: 'a.ts', start: 0, end: 4, before: 'true', after: 'false', operator: 'flip boolean', line: 7 }
const result = {
  file: 'a.ts',
  hash: 'x',
  possible: 9,
  mutants: [
    { mutant, outcome: 'survived' as const },
    { mutant, outcome: 'killed' as const },
    { mutant, outcome: 'endless' as const },
  ],
}

const page = (notes: Readonly<Record<string, string>> = {}): string =>
  mutationPage({ results: [result], untried: ['b.ts'], notes, seed: 5 })

test('files that have changed since they were tried are named', () => {
  expect(page()).toContain('Samples are drawn with the seed 5. Not tried as they are now: `b.ts`.')
})

test('shares are rounded down, and what does not end counts as killed', () => {
  expect(page()).toContain('| `a.ts` | 9 | 3 | 2 | 1 | 66 % |')
})

test('a survivor has its reason, found with its line or without', () => {
  const line = '- `a.ts:7` flip boolean: `true` → `false`.'
  expect(page()).toContain(`${line} Not explained yet.`)
  expect(page({ '`a.ts` flip boolean: `true` → `false`': 'Because.' })).toContain(`${line} Because.`)
  const both = { '`a.ts` flip boolean: `true` → `false`': 'Because.', '`a.ts:7` flip boolean: `true` → `false`': 'Here.' }
  expect(page(both)).toContain(`${line} Here.`)
})

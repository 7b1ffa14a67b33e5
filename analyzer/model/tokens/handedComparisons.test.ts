// Which functions are run for what they compare, of all that handlers hand something to.
import { expect, test } from 'vitest'
import type { FunctionValue } from '../../link/value.js'
import { modelOf } from '../../../testing/model.js'
import { handedComparisons } from './handedComparisons.js'

test('what holds no comparison of two things, or gets none that matter, is not run by itself', () => {
  const { model, ran } = watched(`
    const express = require('express')
    const app = express()
    const same = (a, b) => a === b
    const through = (a, b) => [1].some(() => a === b)
    const equal = (a, b) => a === b
    const handing = (a, b) => equal(a, b)
    const parts = (a, b) => (a === 'x' ? [b] : [a, b])
    const alone = (a) => a.split(' ')
    const equalParts = (a, b) => a === b
    app.post('/', (req, res) => {
      parts(req.body.a, req.body.b)
      alone(req.body.a)
      equalParts(req.body.a, req.body.b)
      if (!same(req.body.key, process.env.API_KEY) || !through(req.body.key, process.env.API_KEY) || !handing(req.body.key, process.env.API_KEY)) return res.status(401).end()
      res.json({})
    })
    app.listen(3000)
  `)
  const found = handedComparisons((_, other) => other.kind === 'environment')(model)
  expect(found.map(({ handed }) => handed.operands.map(({ kind }) => kind))).toContainEqual(['member', 'environment'])
  expect(found).toHaveLength(3)
  expect(ran).toEqual(expect.arrayContaining(['same', 'through', 'handing']))
  expect(ran).not.toContain('parts')
  expect(ran).not.toContain('alone')
  expect(ran).not.toContain('equalParts')
})

/** The model of a fixture, with the names of the functions whose summary is asked for. */
function watched(text: string): { readonly model: ReturnType<typeof modelOf>; readonly ran: readonly string[] } {
  const model = modelOf(text)
  const ran: string[] = []
  const summaryOf = (fn: FunctionValue): ReturnType<typeof model.summaryOf> => {
    ran.push(fn.facts.name)
    return model.summaryOf(fn)
  }
  return { model: Object.create(model, { summaryOf: { value: summaryOf } }) as typeof model, ran }
}

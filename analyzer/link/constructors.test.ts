// What an instance begins with, and in which order.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

test.each([
  ['', ''],
  ['extends Base', 'super();'],
])('fields begin with what parameters of the constructor gave: class Api %s', (base, start) => {
  const { routes } = modelOf(`
    //- /server.ts
    import express from 'express'
    class Base {}
    class Api ${base} {
      readonly paths = [this.prefix + '/list', this.given ?? '/none', this.fallback]
      constructor(private readonly prefix: string, given: string, private readonly fallback = '/fallback') { ${start} }
    }
    const app = express()
    for (const path of new Api('/api', '/given', '/other').paths) app.get(path, (req, res) => res.json([]))
    app.listen(3000)
  `)
  expect(routes.map(({ path }) => path)).toEqual(['/api/list', '/none', '/other'])
})

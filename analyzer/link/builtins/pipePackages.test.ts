// Applications that functions are put together with: what each of them registers, in the order in which they run.
import { expect, test } from 'vitest'
import { modelOf } from '../../../testing/model.js'
import { chainText } from '../../model/chainText.js'

test.each([
  ['remeda', "import { pipe } from 'remeda'", 'pipe(express(), withHeaders, withRoutes).listen(3000)'],
  ['fp-ts', "import { flow } from 'fp-ts/function'", 'flow(withHeaders, withRoutes)(express()).listen(3000)'],
  ['lodash', "import _ from 'lodash'", '_.flow([withHeaders, withRoutes])(express()).listen(3000)'],
  ['ramda', "import * as R from 'ramda'", 'R.compose(withRoutes, withHeaders)(express()).listen(3000)'],
])('%s', (_, imported, code) => {
  const { routes } = modelOf(`
    import express from 'express'
    import helmet from 'helmet'
    ${imported}
    const withHeaders = (app) => app.use(helmet())
    const withRoutes = (app) => app.get('/a', function list(req, res) { res.json({}) })
    ${code}
  `)
  expect(routes.map((route) => `${route.method} ${route.path}: ${chainText(route)}`)).toEqual(['GET /a: helmet() → list'])
})

// Why responses of an application come without security headers.
import { expect, test } from 'vitest'
import { modelOf, type TestConfiguration } from '../../../testing/model.js'
import { absentHeaders, headerShortfall, type HeaderShortfall } from './headerShortfall.js'

function shortfallIn(code: string, configuration: TestConfiguration = {}): HeaderShortfall | null {
  const model = modelOf(
    `
    //- /app.js
    const express = require('express')
    const helmet = require('helmet')
    const app = express()
    const ok = (req, res) => res.json({})
    const values = {
      'X-Frame-Options': 'DENY',
      'X-Content-Type-Options': 'nosniff',
      'Strict-Transport-Security': 'max-age=31536000',
      'Content-Security-Policy': "default-src 'self'",
    }
    const set = (...names) => (req, res, next) => { for (const name of names) res.set(name, values[name]); next() }
    ${code}
    app.listen(3000)
  `,
    configuration,
  )
  const [app] = model.apps
  return app === undefined ? null : headerShortfall(model, app)
}

/** Kind, confidence, and the paths that are missed. */
function told(code: string, configuration: TestConfiguration = {}): string | null {
  const shortfall = shortfallIn(code, configuration)
  return shortfall === null ? null : `${shortfall.kind} ${shortfall.confidence}: ${shortfall.missed.map(({ path }) => path).join(' ')}`
}

const routes = "app.get('/a', ok)\napp.get('/b', ok)"

test('nothing is wrong without routes, behind a gateway that sets them, and with helmet first', () => {
  expect(told('app.use(express.json())')).toBeNull()
  expect(told(routes, { gateway: ['security-headers'] })).toBeNull()
  expect(told(routes, { gateway: ['rate-limit'] })).toBe('missing high: /a /b')
  expect(told(`app.use(helmet)\n${routes}`, { gateway: ['security-headers'] })).toBeNull()
  expect(told(`app.use(helmet())\n${routes}`)).toBeNull()
  expect(told("app.get('/a', ok)")).toBe('missing high: /a')
})

test('helmet that is not called, under any name and wherever it is registered, but for development', () => {
  const all = 'uncalled high: /a /b'
  expect(told(`app.use(helmet)\n${routes}`)).toBe(all)
  expect(told(`app.use(helmet.helmet)\n${routes}`)).toBe(all)
  expect(told(`app.use(require('helmet').default)\n${routes}`)).toBe(all)
  expect(told(`const router = express.Router()\nrouter.use(helmet)\napp.use('/r', router)\n${routes}`)).toBe(all)
  expect(told(`if (process.env.NODE_ENV === 'development') app.use(helmet)\n${routes}`)).not.toBe(all)
  expect(told(`app.use(helmet.noSniff)\n${routes}`)).not.toBe(all)
  const second = shortfallIn(`app.use(express.json(), helmet)\n${routes}`)
  expect(second?.at).not.toEqual(second?.missed[0]?.chain[0]?.at)
  expect(second?.at).toEqual(second?.missed[0]?.chain[1]?.at)
})

test('one header by hand is a part, unknown ones make it less sure, packages that are not known too', () => {
  expect(told(`app.use(set('X-Frame-Options'))\n${routes}`)).toBe('partial medium: /a /b')
  expect(told(`app.use((req, res, next) => { res.set('X-Frame-Options', 'whatever'); next() })\n${routes}`)).toBe('missing high: /a /b')
  expect(shortfallIn(`app.use(set('X-Frame-Options'))\n${routes}`)?.headers).toEqual(['x-frame-options'])
  expect(told(`app.use((req, res, next) => { res.set(req.query.name, 'DENY'); next() })\n${routes}`)).toBe('missing low: /a /b')
  expect(told(`app.use(set('X-Frame-Options'), (req, res, next) => { res.set(req.query.name, 'DENY'); next() })\n${routes}`)).toBe(
    'partial low: /a /b',
  )
  const behind = shortfallIn(`app.use(require('some-unlisted-thing')())\n${routes}`)
  expect([behind?.kind, behind?.confidence, behind?.unlistedPackages]).toEqual(['missing', 'medium', ['some-unlisted-thing']])
  expect(told(`app.get('/early', ok)\napp.use(require('some-unlisted-thing')())\n${routes}`)).toBe('missing high: /early /a /b')
})

test('several headers by hand are a part without nosniff, or with nothing against framing', () => {
  const by = (...names: readonly string[]): string | null => told(`app.use(set(${names.map((name) => `'${name}'`).join()}))\n${routes}`)
  expect(by('X-Frame-Options', 'Strict-Transport-Security')).toBe('partial medium: /a /b')
  expect(by('X-Content-Type-Options', 'Strict-Transport-Security')).toBe('partial medium: /a /b')
  expect(by('X-Content-Type-Options', 'X-Frame-Options')).toBeNull()
  expect(by('X-Content-Type-Options', 'Content-Security-Policy')).toBeNull()
  expect(told(`app.use(helmet({ noSniff: false }))\n${routes}`)).toBeNull()
  const some =
    "app.get('/a', set('X-Frame-Options', 'Strict-Transport-Security'), ok)\napp.get('/b', set('X-Frame-Options', 'X-Content-Type-Options'), ok)"
  expect(told(some)).toBe('partial medium: /a')
})

test('late on the application, elsewhere on a path, a router or a route, and off in production', () => {
  expect(told("app.get('/a', ok)\napp.use(helmet())\napp.get('/b', ok)")).toBe('late high: /a')
  expect(told("app.get('/a', ok)\napp.use(set('X-Frame-Options', 'X-Content-Type-Options'))\napp.get('/b', ok)")).toBe('late high: /a')
  const router = 'const router = express.Router()\nrouter.use(helmet())'
  expect(told(`${router}\napp.get('/a', ok)\napp.use(router)\napp.get('/b', ok)`)).toBe('late high: /a')
  expect(told(`app.use('/b', helmet())\n${routes}`)).toBe('elsewhere high: /a')
  expect(told("app.get('/b', helmet(), ok)\napp.get('/a', ok)")).toBe('elsewhere high: /a')
  expect(
    told("const router = express.Router()\nrouter.use(helmet())\nrouter.get('/x', ok)\napp.use('/b', router)\napp.get('/a', ok)"),
  ).toBe('elsewhere high: /a')
  expect(told(`if (process.env.NODE_ENV === 'test') app.use(helmet())\n${routes}`)).toBe('development high: /a /b')
})

test('of several registrations the one that covers most explains, and one that is on before one that is off', () => {
  const development = "if (process.env.NODE_ENV === 'development') app.use(helmet())"
  expect(told(`${development}\napp.get('/a', helmet(), ok)\napp.get('/b', ok)`)).toBe('elsewhere high: /b')
  expect(told(`app.get('/x', helmet(), ok)\napp.get('/a', ok)\napp.use(helmet())\napp.get('/b', ok)`)).toBe('late high: /a')
})

test('a switch: what it is called, and less sure where headers are on unless it is set', () => {
  const on = shortfallIn(`if (process.env.SECURE) app.use(helmet())\n${routes}`)
  expect([on?.kind, on?.confidence, on?.flags, on?.missed.length, on?.answered]).toEqual(['optional', 'medium', ['SECURE'], 2, 2])
  expect(told(`if (!process.env.OPEN) app.use(helmet())\n${routes}`)).toBe('optional low: /a /b')
  expect(told(`app.get('/b', helmet(), ok)\nif (process.env.SECURE) app.use(helmet())\napp.get('/a', ok)`)).toBe('optional medium: /a')
})

test('of each protection that is missing one header is named', () => {
  expect(absentHeaders(['x-content-type-options'])).toEqual(['content-security-policy', 'strict-transport-security', 'x-frame-options'])
  expect(absentHeaders([])).toHaveLength(4)
})

// Variables that name where a project is deployed.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

const standing = (code: string): string =>
  modelOf(`
    //- /app.js
    const app = require('express')()
    const page = (req, res) => res.json({})
    ${code}
    app.listen(3000)
  `)
    .apps.flatMap(({ scope }) => scope.entries)
    .map(({ isOff, guards }) => (isOff ? 'off' : guards.length > 0 ? 'conditional' : 'on'))
    .join()

test.each([
  ["if (process.env.APP_ENV !== 'prod') app.get('/debug', page)", 'off'],
  ["if (process.env.APP_ENV === 'production') app.get('/', page)", 'on'],
  ["const { STAGE = 'dev' } = process.env\nif (STAGE == 'live') app.get('/', page)", 'on'],
  [
    "const config = { env: process.env.ENVIRONMENT || 'local' }\nconst isDev = config.env === 'local'\nif (isDev) app.get('/debug', page)",
    'off',
  ],
  ["if (['dev', 'staging'].includes(process.env.DEPLOY_ENV)) app.get('/debug', page)", 'off'],
  ["if (['prod', 'staging'].includes(process.env.DEPLOY_ENV)) app.get('/', page)", 'on'],
  ["switch (process.env.APP_ENV) { case 'dev': app.get('/debug', page); break; case 'prod': app.get('/', page) }", 'off,on'],
  ["if (process.env.APP_ENV !== 'prod' && process.env.DEBUG_ROUTES) app.get('/debug', page)", 'off'],
  ["if (process.env.REGION === 'prod') app.get('/', page)", 'conditional'],
  ["if (process.env.APP_ENV === 'eu') app.get('/', page)", 'conditional'],
  ["if (['dev', 'eu'].includes(process.env.APP_ENV)) app.get('/', page)", 'conditional'],
  ["if (process.env.APP_ENV > 'prod') app.get('/', page)", 'conditional'],
])('%s', (code, expected) => {
  expect(standing(code)).toBe(expected)
})

test('a stage that the configuration names is known, and none is assumed where NODE_ENV is not production', () => {
  const entriesWith = (environment: Record<string, string>): readonly boolean[] =>
    modelOf("const app = require('express')()\nif (process.env.APP_ENV === 'prod') app.get('/', (req, res) => res.end())\napp.listen(1)", {
      environment,
    })
      .apps.flatMap(({ scope }) => scope.entries)
      .map(({ isOff, guards }) => isOff || guards.length > 0)
  expect(entriesWith({ NODE_ENV: 'production', APP_ENV: 'staging' })).toEqual([true])
  expect(entriesWith({ NODE_ENV: 'development' })).toEqual([true])
  expect(entriesWith({ NODE_ENV: 'production' })).toEqual([false])
})

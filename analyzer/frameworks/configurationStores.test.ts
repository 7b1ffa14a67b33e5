// What node-config, nconf and convict give.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import type { Value } from '../link/value.js'

/** `PORT || 80`, `a: 1, b: 2`. */
function text(value: Value | undefined): string {
  if (value?.kind === 'literal') return String(value.value)
  if (value?.kind === 'environment') return value.name
  if (value?.kind === 'choice') return value.options.map(text).join(` ${value.operator} `)
  if (value?.kind === 'object') return [...value.properties].map(([key, one]) => `${key}: ${text(one)}`).join(', ')
  return value?.kind ?? 'nothing'
}

/** What `probe` is called with. */
function probed(files: string): readonly string[] {
  return modelOf(files).calls.flatMap(({ callee, args }) => (callee.kind === 'global' && callee.name === 'probe' ? [text(args[0])] : []))
}

test('node-config: the file of the environment in front of the default, and variables in front of both', () => {
  const files = (extension: string, wrap: (content: string) => string): string => `
    //- /api/package.json
    { "dependencies": { "config": "^3.3.0", "express": "^5.0.0" }, "scripts": { "start": "node src/app.js" } }
    //- /api/config/default.${extension}
    ${wrap('{ "port": 80, "limits": { "max": 5, "windowMs": 1000 }, "origin": "a", "secret": "b", "only": "c" }')}
    //- /api/config/production.${extension}
    ${wrap('{ "limits": { "max": 9 }, "origin": "https://a.example" }')}
    //- /api/config/custom-environment-variables.json
    { "secret": "APP_SECRET", "port": { "__name": "PORT", "__format": "json" }, "limits": { "max": "MAX" }, "extra": "EXTRA" }
    //- /api/src/app.js
    const config = require('config')
    const app = require('express')()
    probe(config.get('port'))
    probe(config.get('limits'))
    probe(config.get('limits.windowMs'))
    probe(config.get('origin'))
    probe(config.get('secret'))
    probe(config.get('only'))
    probe(config.get('extra'))
    probe(config.get('nowhere'))
    app.listen(3000)
  `
  const expected = ['PORT || 80', 'max: MAX || 9, windowMs: 1000', '1000', 'https://a.example', 'APP_SECRET || b', 'c', 'EXTRA', 'result']
  expect(probed(files('json', (content) => content))).toEqual(expected)
  expect(probed(files('js', (content) => `module.exports = ${content}`))).toEqual(expected)
})

test('nconf: stores in their order, and variables by their separator', () => {
  const code = (chain: string): readonly string[] =>
    probed(`
      //- /package.json
      { "dependencies": { "nconf": "^0.12.0", "express": "^5.0.0" }, "scripts": { "start": "node app.js" } }
      //- /conf/production.json
      { "session": { "secret": "s" } }
      //- /app.js
      const nconf = require('nconf')
      const path = require('path')
      const env = process.env.NODE_ENV || 'development'
      ${chain}
      const app = require('express')()
      probe(nconf.get('session:secret'))
      probe(nconf.get('port'))
      app.listen(3000)
    `)
  const rest = "nconf.defaults({ port: 3000, session: { secret: 'd' } })"
  expect(code(`nconf.argv().env('__').file('main', path.join(__dirname, 'conf', env + '.json')); ${rest}`)).toEqual([
    'session__secret || s',
    'port || 3000',
  ])
  expect(code(`nconf.env(); nconf.file({ file: './conf/production.json' }); ${rest}`)).toEqual(['s', 'port || 3000'])
  expect(code(`nconf.env({ separator: '_' }).${rest.slice(6)}`)).toEqual(['session_secret || d', 'port || 3000'])
  expect(code(`nconf.file('./conf/production.json')`)).toEqual(['s', 'result'])
})

test('convict: the variable of a setting in front of its default, unless something else is loaded', () => {
  const code = (load: string): readonly string[] =>
    probed(`
      //- /package.json
      { "type": "module", "dependencies": { "convict": "^6.2.0", "express": "^5.0.0" }, "scripts": { "start": "node app.js" } }
      //- /app.js
      import convict from 'convict'
      import express from 'express'
      const config = convict({
        port: { format: 'port', default: 80, env: 'PORT' },
        jwt: { ttl: { default: '12h' }, secret: { default: null, env: 'JWT_SECRET' } },
      })
      ${load}
      const app = express()
      probe(config.get('port'))
      probe(config.get('jwt.ttl'))
      probe(config.get('jwt.secret'))
      probe(config.get('jwt'))
      app.listen(3000)
    `)
  expect(code("config.validate({ allowed: 'strict' })")).toEqual(['PORT || 80', '12h', 'JWT_SECRET', 'result'])
  expect(code("config.loadFile('./production.json')")).toEqual(['result', 'result', 'result', 'result'])
})

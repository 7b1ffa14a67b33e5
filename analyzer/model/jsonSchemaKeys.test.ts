// Variables that JSON Schemas over the environment demand and fill in.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'
import { environmentChecks } from './secrets/environmentChecks.js'
import { environmentSchemas } from './secrets/environmentSchemas.js'

const application = (schema: string, head = ''): string => `
  //- /app.ts
  import Fastify from 'fastify'
  import env from '@fastify/env'
  ${head}
  const app = Fastify()
  await app.register(env, { dotenv: true, schema: ${schema} })
  await app.listen({ port: 3000 })
`

/** `PORT=3000?`: the fallback, and a question mark for what may be missing. */
function keysIn(text: string): readonly string[] | null {
  const [schema] = environmentSchemas(modelOf(text))
  return (
    schema?.keys?.map(
      ({ name, isRequired, fallback }) => `${name}${fallback === null ? '' : `=${String(fallback.value)}`}${isRequired ? '' : '?'}`,
    ) ?? null
  )
}

test('a schema that is written out', () => {
  const text = application(`{
    type: 'object',
    required: ['JWT_SECRET', 'HOST'],
    properties: { JWT_SECRET: { type: 'string', minLength: 32 }, HOST: { type: 'string', default: 'localhost' }, LEVEL: { type: 'string' } },
  }`)
  expect(keysIn(text)).toEqual(['JWT_SECRET', 'HOST=localhost?', 'LEVEL?'])
  const { isChecked } = environmentChecks(modelOf(text))
  expect(['JWT_SECRET', 'LEVEL', 'OTHER'].map(isChecked)).toEqual(['yes', 'no', 'no'])
})

test('TypeBox, with a constant schema', () => {
  const head = `import { Type } from '@sinclair/typebox'
  const schema = Type.Object({ JWT_SECRET: Type.String({ minLength: 32 }), HOST: Type.String({ default: 'localhost' }), LEVEL: Type.Optional(Type.String()) })`
  expect(keysIn(application('schema', head))).toEqual(['JWT_SECRET', 'HOST=localhost?', 'LEVEL?'])
})

test('fluent-json-schema, and env-schema without Fastify', () => {
  const chain = `S.object().prop('JWT_SECRET', S.string().required()).prop('HOST', S.string().default('localhost')).prop('LEVEL', S.string()).required(['LEVEL'])`
  expect(keysIn(application(chain, `import S from 'fluent-json-schema'`))?.toSorted()).toEqual(['HOST=localhost?', 'JWT_SECRET', 'LEVEL'])
  expect(
    keysIn(`
      //- /app.js
      const envSchema = require('env-schema')
      module.exports = envSchema({ schema: { required: ['JWT_SECRET'], properties: { JWT_SECRET: { type: 'string' } } } })
    `),
  ).toEqual(['JWT_SECRET'])
})

test('what is not understood may demand anything', () => {
  const text = application('loadSchema()', `import { loadSchema } from './missing.js'`)
  expect(keysIn(text)).toEqual(null)
  expect(environmentChecks(modelOf(text)).isChecked('JWT_SECRET')).toBe('unknown')
})

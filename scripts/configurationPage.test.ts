// The example on the page of the configuration.
import { expect, test } from 'vitest'
import { readConfiguration } from '../analyzer/check/configurationFile.js'
import { configurationExample } from './configurationPage.js'

test('the example is a configuration', () => {
  const ids = ['no-console', 'require-rate-limit', 'no-error-object-in-response']
  const outcome = readConfiguration(configurationExample, ids, { add: '', strip: '' })
  expect(outcome).toMatchObject({ configuration: { preset: 'strict', entries: ['src/server.ts'], gateway: ['hsts', 'compression'] } })
})

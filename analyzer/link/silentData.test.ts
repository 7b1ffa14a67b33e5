// Which data is looked into although nobody loads it.
import { expect, test } from 'vitest'
import { modelOf } from '../../testing/model.js'

function namesIn(texts: Readonly<Record<string, string>>): readonly string[] {
  const fixture = Object.entries(texts).map(([file, text]) => `//- /${file}\n${text}\n`)
  return modelOf(fixture.join('')).bindings.map(({ name }) => name)
}

test('translations that nobody loads are left alone', () => {
  expect(namesIn({ 'locales/de.json': '{ "greeting": "Hallo" }' })).toEqual([])
})

test('data that a module loads is what it is', () => {
  const texts = { 'locales/de.json': '{ "greeting": "Hallo" }', 'app.js': "const de = require('./locales/de.json')\n" }
  expect(namesIn(texts)).toContain('greeting')
})

test('what may be a secret, and settings, are looked into', () => {
  expect(namesIn({ 'data/people.json': '{ "queue": "amqp://shop:hunter2@queue" }' })).toEqual(['queue'])
  expect(namesIn({ 'config/default.json': '{ "port": 3000 }' })).toEqual(['port'])
  expect(namesIn({ 'app-settings.json': '{ "port": 3000 }' })).toEqual(['port'])
})

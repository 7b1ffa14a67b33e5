// What is left of a change annotation.
import { expect, test } from 'vitest'
import { withoutPreview } from './annotations.js'

test('the label stays, the demand for a preview goes', () => {
  const action = {
    title: 'a',
    edit: { documentChanges: [], changeAnnotations: { b: { label: 'c', description: 'd', needsConfirmation: true } } },
  }
  expect(withoutPreview(action)).toEqual({
    title: 'a',
    edit: { documentChanges: [], changeAnnotations: { b: { label: 'c', description: 'd', needsConfirmation: false } } },
  })
})

test('other actions stay as they are', () => {
  for (const action of [{ title: 'a' }, { title: 'a', edit: { changes: {} } }]) expect(withoutPreview(action)).toBe(action)
})

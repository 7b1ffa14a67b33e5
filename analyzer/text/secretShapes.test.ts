// Names that pass the first test for what people type: it has to let through all that the words of a name may say.
import { expect, test } from 'vitest'
import { mayBeTyped } from './secretShapes.js'

test('names of passwords and PINs pass, whatever their case', () => {
  const typed = 'password newPwd PASSWORD_2 user_passwd passPhrase oldPass pass passcode pin PIN userPin user_pin pinCode PIN_CODE pincode'
  expect(typed.split(' ').filter((name) => !mayBeTyped(name))).toEqual([])
})

test('words that only hold the same letters do not', () => {
  const others = 'mapping shipping typing spinner pinned ping PINGS opinion passenger passport passedTests compassion shoppingList'
  expect(others.split(' ').filter(mayBeTyped)).toEqual([])
})

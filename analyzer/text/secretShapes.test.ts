// Which documents may hold a secret, and which names may be of what people type.
import { expect, test } from 'vitest'
import { mayBeTyped, mayHoldSecrets } from './secretShapes.js'

const letters = 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'

test.each([
  `{ "key": "AKIAQ4FZ7N2LKJ3HXW5T" }`,
  `{ "key": "${'ghp'}_${letters}" }`,
  `{ "key": "${'sk-ant'}-api03-${letters}" }`,
  `{ "database": "postgres://shop:hunter2@db/shop" }`,
  `{ "database": "postgres:\\/\\/shop:hunter2@db\\/shop" }`,
  `{ "key": "\\u0041KIAQ4FZ7N2LKJ3HXW5T" }`,
])('%s may', (text) => expect(mayHoldSecrets(text)).toBe(true))

test.each([
  `{ "greeting": "Hello", "task-name": "A task" }`,
  `{ "home": "https://example.com/a?b=c" }`,
  `{ "mail": "me@example.com", "price": "12 \\u20ac" }`,
])('%s does not', (text) => expect(mayHoldSecrets(text)).toBe(false))

test('names of passwords and PINs pass, whatever their case', () => {
  const typed = 'password newPwd PASSWORD_2 user_passwd passPhrase oldPass pass passcode pin PIN userPin user_pin pinCode PIN_CODE pincode'
  expect(typed.split(' ').filter((name) => !mayBeTyped(name))).toEqual([])
})

test('words that only hold the same letters do not', () => {
  const others = 'mapping shipping typing spinner pinned ping PINGS opinion passenger passport passedTests compassion shoppingList'
  expect(others.split(' ').filter(mayBeTyped)).toEqual([])
})

// What looks like a secret, a placeholder, a weak key: the entropy of these texts alone could not tell them apart.
import { expect, test } from 'vitest'
import { isPlaceholder, looksLikeSecret, weaknessOf } from './secretText.js'

test.each([
  'changeme',
  'change-me',
  'your-256-bit-secret',
  'YOUR_API_KEY',
  '<token>',
  '${SECRET}',
  '{{ secret }}',
  'xxxxxxxx',
  '********',
  'example',
  'replace_with_key',
  '',
])('%s is a placeholder', (text) => expect(isPlaceholder(text)).toBe(true))

test.each(['user_password_2', 'S3cure!pw', 'a8f5f167f44f4964', 'changeling9Q', 'keyboard cat', 'settings-9x'])('%s is none', (text) =>
  expect(isPlaceholder(text)).toBe(false),
)

test.each([
  ['errors.auth.password.invalidFormat', 'password'],
  ['user:password:update', 'password'],
  ['access_token', 'token'],
  ['x-api-key', 'key'],
  ['JWT_SECRET', 'secret'],
  ['Password must have 8 characters', 'password'],
  ['https://login.example.com/oauth2/token', 'token'],
  ['/reset-password/9', 'password'],
  ['^(?=.*[A-Z])(?=.*\\d).{8,}$', 'password'],
  ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', 'secret'],
  ['$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy', 'password'],
  ['sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=', 'secret'],
  ['15m', 'token'],
  ['resetPassword', 'password'],
  ['Contraseña9', 'password'],
  ['partner-2024-q1', 'key'],
  ['stripe-webhook-2023-10', 'key'],
  ['phc_4fKq81ZtWmB7sVnD2xRyLcPjE9hGaU3oTiN6wQkXbY5', 'key'],
  ['pk_live_51Hq8fKqZtWmB7sVnD2xRy', 'key'],
  ['pk.eyJ1Ijoic2hvcCIsImEiOiJjbDgyIn0.Qk81ZtWmB7sVnD2xRyLcPj', 'token'],
] as const)('%s as a %s is no secret', (text, kind) => expect(looksLikeSecret(text, kind)).toBe(false))

test.each([
  ['hunter2', 'password'],
  ['123456', 'password'],
  ['S3cure!pw', 'password'],
  ['a8f5f167f44f4964', 'secret'],
  ['f3a9c1d27be84650a1f2', 'key'],
  ['phx_4fKq81ZtWmB7sVnD2xRyLcPjE9hGaU3oTiN6wQkXbY5', 'key'],
  ['eyJhbGciOiJIUzI1NiJ9.e30.Et9HFtf9R3GEMA0IICOfFMVXY7kkTX1wr4qCyhIf58U', 'token'],
] as const)('%s as a %s looks like one', (text, kind) => expect(looksLikeSecret(text, kind)).toBe(true))

test.each([
  ['secret', 'words'],
  ['mysupersecretkey12345', 'words'],
  ['keyboard cat', 'words'],
  ['shhhhh', 'repeats'],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'repeats'],
  ['1234567890', 'row of keys'],
  ['lkjhgfdsa', 'row of keys'],
  ['x9Kq2', '5 characters'],
])('%s is weak: %s', (text, why) => expect(weaknessOf(text, 32)).toContain(why))

test('a name of the project at the beginning is weak, a long random text is not', () => {
  expect(weaknessOf('petshop-2024-9x', 32, 'pet-shop')).toContain('name of the project')
  expect(weaknessOf('8f2b1c9d7e6a5f4b3c2d1e0f9a8b7c6d', 32, 'pet-shop')).toBeNull()
  expect(weaknessOf('shop9', 0)).toBeNull()
})
